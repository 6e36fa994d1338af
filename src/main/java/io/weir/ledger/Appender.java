package io.weir.ledger;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The writing end. Under its lock an append takes its number, finishes its checksum and makes one
 * write; everything else happens before or after. {@link #force} belongs to one thread at a time.
 */
final class Appender {
    private final ReentrantLock lock = new ReentrantLock();
    private final ActiveSegment active;
    private final LongSupplier nanoTime;
    private final Map<UUID, Long> open = new HashMap<>();
    private boolean closed;
    private volatile long next;
    private volatile long forced;
    private volatile long forcedNanos;
    private final LongAdder failedForces = new LongAdder();
    private volatile @Nullable IOException appendFailure;
    private volatile @Nullable IOException forceFailure;

    /** What may not be on the disk yet: segments that are full, the active one, its last entry. */
    private record Unforced(
            List<SegmentWriter> older, @Nullable SegmentWriter current, long through) {}

    /**
     * Nothing is written before the first append, and never to what an earlier process wrote: Weir
     * starts on a full disk too.
     *
     * @param unfinished calls that are open from before
     */
    Appender(
            Segments segments,
            JournalSettings settings,
            long next,
            List<Entry> unfinished,
            LongSupplier nanoTime) {
        active = new ActiveSegment(segments, settings.segmentBytes(), nanoTime);
        this.nanoTime = nanoTime;
        this.next = next;
        unfinished.forEach(entry -> open.put(entry.id(), entry.sequence()));
        forced = next - 1;
        forcedNanos = nanoTime.getAsLong();
    }

    long append(Entry.Kind kind, UUID id, byte[] payload) throws JournalUnavailable {
        Frame frame = Frame.of(kind, id, payload);
        lock.lock();
        try {
            SegmentWriter writer = writer();
            long sequence = next;
            writer.append(frame.numbered(sequence));
            next = sequence + 1;
            track(kind, id, sequence);
            if (appendFailure != null) {
                appendFailure = null;
            }
            return sequence;
        } catch (IOException e) {
            appendFailure = e;
            throw unavailable(e);
        } finally {
            lock.unlock();
        }
    }

    /** The number of the last entry, 0 before the first. */
    long last() {
        return next - 1;
    }

    /** The number up to which everything is known to be on disk. */
    long forced() {
        return forced;
    }

    /** When everything written until then was known to be on disk. */
    long forcedNanos() {
        return forcedNanos;
    }

    /** How often the disk refused to take what was written: such entries may be lost. */
    long failedForces() {
        return failedForces.sum();
    }

    /** Why the last append or force failed; null where it did not. */
    @Nullable IOException failure() {
        IOException append = appendFailure;
        return append == null ? forceFailure : append;
    }

    int openCalls() {
        lock.lock();
        try {
            return open.size();
        } finally {
            lock.unlock();
        }
    }

    boolean isOpen(UUID id) {
        lock.lock();
        try {
            return open.containsKey(id);
        } finally {
            lock.unlock();
        }
    }

    /** The opening entry of the oldest call that is open; the next entry's number where none is. */
    long oldestOpen() {
        lock.lock();
        try {
            return open.values().stream().mapToLong(Long::longValue).min().orElse(next);
        } finally {
            lock.unlock();
        }
    }

    /** Brings everything appended so far onto the disk. */
    void force() {
        Unforced unforced = unforced();
        IOException failure = forceAndClose(unforced.older());
        SegmentWriter current = unforced.current();
        if (current != null && unforced.through() > forced) {
            failure = force(current, failure);
        }
        forceFailure = failure;
        if (failure == null) {
            forced = unforced.through();
            forcedNanos = nanoTime.getAsLong();
        } else {
            failedForces.increment();
        }
    }

    /** Forces what is there and takes no more. */
    void close() throws IOException {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
        force();
        SegmentWriter last = active.current();
        if (last != null) {
            last.close();
        }
        IOException failure = forceFailure;
        if (failure != null) {
            throw failure;
        }
    }

    private Unforced unforced() {
        lock.lock();
        try {
            return new Unforced(active.takeFull(), active.current(), next - 1);
        } finally {
            lock.unlock();
        }
    }

    private static @Nullable IOException forceAndClose(List<SegmentWriter> writers) {
        IOException failure = null;
        for (SegmentWriter writer : writers) {
            try (writer) {
                writer.force();
            } catch (IOException e) {
                failure = e;
            }
        }
        return failure;
    }

    private static @Nullable IOException force(
            SegmentWriter writer, @Nullable IOException earlierFailure) {
        try {
            writer.force();
            return earlierFailure;
        } catch (IOException e) {
            return e;
        }
    }

    private void track(Entry.Kind kind, UUID id, long sequence) {
        switch (kind) {
            case OPENED -> open.putIfAbsent(id, sequence);
            case CLOSED -> open.remove(id);
            case PRICED -> {}
        }
    }

    private SegmentWriter writer() throws IOException {
        if (closed) {
            throw new JournalUnavailable("the journal is closed", null);
        }
        SegmentWriter writer = active.writable();
        return writer == null ? active.begin(new SegmentHeader(next, oldestOpen())) : writer;
    }

    private static JournalUnavailable unavailable(IOException cause) {
        return cause instanceof JournalUnavailable already
                ? already
                : new JournalUnavailable(
                        "the journal cannot be written ("
                                + cause.getMessage()
                                + "): free space on its disk, or give it another",
                        cause);
    }
}
