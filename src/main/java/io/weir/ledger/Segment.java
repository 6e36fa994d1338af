package io.weir.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One file of the journal, named after the number of its first entry. Its one writer moves the end;
 * anybody may read up to there.
 */
final class Segment {
    static final String SUFFIX = ".wal";

    private final Path path;
    private final long first;
    private volatile long endBytes;
    private volatile boolean sealed;

    private Segment(Path path, long first, long endBytes, boolean sealed) {
        this.path = path;
        this.first = first;
        this.endBytes = endBytes;
        this.sealed = sealed;
    }

    /** A segment about to be written. */
    static Segment fresh(Path directory, long first) {
        return new Segment(
                directory.resolve("%020d%s".formatted(first, SUFFIX)),
                first,
                SegmentHeader.BYTES,
                false);
    }

    /** A segment that an earlier process has left. */
    static Segment found(Path path, long first) throws IOException {
        return new Segment(path, first, Files.size(path), true);
    }

    Path path() {
        return path;
    }

    long first() {
        return first;
    }

    /** The offset after the last complete entry. */
    long endBytes() {
        return endBytes;
    }

    /** Whether the end moves no more. To be asked before the end is. */
    boolean sealed() {
        return sealed;
    }

    void end(long bytes) {
        endBytes = bytes;
    }

    void seal() {
        sealed = true;
    }

    Optional<SegmentHeader> header() throws IOException {
        try (InputStream file = Files.newInputStream(path)) {
            return SegmentHeader.decoded(file.readNBytes(SegmentHeader.BYTES), path);
        }
    }
}
