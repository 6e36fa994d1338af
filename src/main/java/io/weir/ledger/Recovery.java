package io.weir.ledger;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an earlier process has left, read once when the journal opens.
 *
 * <p>Which calls were open is found without a checkpoint: each segment's header names the oldest
 * call that was open when it began, and a segment stays while such a call needs it. So the scan
 * begins at the entry that the last header names, and what it reads is bounded by how long the
 * longest call has lasted, not by how far a reader lags. Copying the open calls' entries into each
 * new segment would bound it tighter, but takes memory for every open call, a pause at each roll,
 * entries that readers see twice, and a rule for copies that a full disk cuts short.
 */
final class Recovery {
    private final Segments segments;
    private final Damage damage;
    private final Map<UUID, Entry> unfinished = new LinkedHashMap<>();
    private long expected = 1;
    private long tornBytes;

    private Recovery(Segments segments, Damage damage) {
        this.segments = segments;
        this.damage = damage;
    }

    static Recovery of(Segments segments, Damage damage) throws IOException {
        Recovery recovery = new Recovery(segments, damage);
        List<Segment> all = segments.all();
        if (!all.isEmpty()) {
            recovery.scan(all);
        }
        return recovery;
    }

    /** The number after the last entry that could be read. */
    long next() {
        return expected;
    }

    /** What was cut off the last segment's end. */
    long tornBytes() {
        return tornBytes;
    }

    /** The opening entries of calls that have no closing one, in their order. */
    List<Entry> unfinished() {
        return List.copyOf(unfinished.values());
    }

    private void scan(List<Segment> all) throws IOException {
        Segment from = segments.holding(oldestOpen(all));
        long start = from == null ? 1 : from.first();
        expected = start;
        for (Segment segment : all) {
            if (segment.first() >= start) {
                scan(segment, segment == all.getLast());
            }
        }
    }

    /** Where the last header is damaged, everything is read. */
    private static long oldestOpen(List<Segment> all) throws IOException {
        for (Segment segment : all.reversed()) {
            Optional<SegmentHeader> header = segment.header();
            if (header.isPresent()) {
                return header.get().oldestOpen();
            }
            if (segment.endBytes() > SegmentHeader.BYTES) {
                break;
            }
        }
        return all.getFirst().first();
    }

    private void scan(Segment segment, boolean last) throws IOException {
        expectFrom(segment.first());
        try (SegmentReader reader = new SegmentReader(segment, KnownPayloads.NONE)) {
            @Nullable Entry entry = reader.next(segment.endBytes());
            while (entry != null) {
                expectFrom(entry.sequence());
                expected = entry.sequence() + 1;
                track(entry);
                entry = reader.next(segment.endBytes());
            }
            if (last) {
                cut(segment, reader.goodEnd());
            }
        }
    }

    private void expectFrom(long sequence) {
        if (sequence > expected) {
            damage.missing(expected, sequence - expected);
            expected = sequence;
        }
    }

    private void track(Entry entry) {
        switch (entry.kind()) {
            case OPENED -> unfinished.putIfAbsent(entry.id(), entry);
            case CLOSED -> unfinished.remove(entry.id());
            case PRICED -> {}
        }
    }

    /** A last segment without an entry goes: its number is given again. */
    private void cut(Segment segment, long goodEnd) throws IOException {
        tornBytes = Math.max(0, segment.endBytes() - goodEnd);
        if (goodEnd == SegmentHeader.BYTES) {
            Files.delete(segment.path());
            segments.remove(segment);
            return;
        }
        try (RandomAccessFile file = new RandomAccessFile(segment.path().toFile(), "rw")) {
            file.setLength(goodEnd);
            file.getFD().sync();
        }
        segment.end(goodEnd);
    }
}
