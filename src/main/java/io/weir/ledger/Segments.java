package io.weir.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The segments there are, by their first number. Its lock is for deleting only. */
final class Segments {
    private static final Pattern NAME = Pattern.compile("\\d{20}\\.wal");

    private final Path directory;
    private final NavigableMap<Long, Segment> byFirst = new ConcurrentSkipListMap<>();
    private final ReentrantLock deleting = new ReentrantLock();

    Segments(Path directory) {
        this.directory = directory;
    }

    /** Those that earlier processes have left in the directory. */
    static Segments found(Path directory) throws IOException {
        Segments segments = new Segments(directory);
        try (Stream<Path> files = Files.list(directory)) {
            for (Path path : files.toList()) {
                String name = path.getFileName().toString();
                if (NAME.matcher(name).matches()) {
                    long first = Long.parseLong(name, 0, 20, 10);
                    segments.add(Segment.found(path, first));
                }
            }
        }
        return segments;
    }

    Path directory() {
        return directory;
    }

    void add(Segment segment) {
        byFirst.put(segment.first(), segment);
    }

    void remove(Segment segment) {
        byFirst.remove(segment.first(), segment);
    }

    /** In their order. */
    List<Segment> all() {
        return List.copyOf(byFirst.values());
    }

    /** The segment in which that entry is, or would be; the oldest where it is gone. */
    @Nullable Segment holding(long sequence) {
        Map.Entry<Long, Segment> at = byFirst.floorEntry(sequence);
        at = at == null ? byFirst.firstEntry() : at;
        return at == null ? null : at.getValue();
    }

    /** The segment that follows a sealed one. */
    @Nullable Segment after(Segment segment) {
        Segment sameName = byFirst.get(segment.first());
        if (sameName != null && sameName != segment) {
            return sameName;
        }
        Map.Entry<Long, Segment> next = byFirst.higherEntry(segment.first());
        return next == null ? null : next.getValue();
    }

    /** The number of the oldest entry that can be there; empty where no segment is. */
    OptionalLong first() {
        Map.Entry<Long, Segment> oldest = byFirst.firstEntry();
        return oldest == null ? OptionalLong.empty() : OptionalLong.of(oldest.getKey());
    }

    long bytes() {
        return byFirst.values().stream().mapToLong(Segment::endBytes).sum();
    }

    /** How much the segments take in which that entry and all later ones are. */
    long bytesFrom(long sequence) {
        Long first = byFirst.floorKey(sequence);
        NavigableMap<Long, Segment> from = first == null ? byFirst : byFirst.tailMap(first, true);
        return from.values().stream().mapToLong(Segment::endBytes).sum();
    }

    /** Whether a segment has only entries before that number. */
    boolean anyBefore(long sequence) {
        Map.Entry<Long, Segment> oldest = byFirst.firstEntry();
        return oldest != null && endsBefore(oldest.getKey(), sequence);
    }

    /** Deletes the segments that have only entries before that number. */
    void deleteBefore(long sequence) throws IOException {
        deleting.lock();
        try {
            Map.Entry<Long, Segment> oldest = byFirst.firstEntry();
            while (oldest != null && endsBefore(oldest.getKey(), sequence)) {
                Files.deleteIfExists(oldest.getValue().path());
                byFirst.remove(oldest.getKey());
                oldest = byFirst.firstEntry();
            }
        } finally {
            deleting.unlock();
        }
    }

    /** The last segment has no successor and never ends before anything. */
    private boolean endsBefore(long first, long sequence) {
        Long next = byFirst.higherKey(first);
        return next != null && next <= sequence;
    }
}
