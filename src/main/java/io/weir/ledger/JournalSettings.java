package io.weir.ledger;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Where and how the journal is kept.
 *
 * @param directory its own directory, made where it is missing
 * @param segmentBytes a segment that has grown to this is followed by a new one
 * @param forceEvery how long an entry may wait until it is forced onto the disk. A crash of the
 *     process loses nothing; a crash of the machine loses at most this.
 */
public record JournalSettings(Path directory, long segmentBytes, Duration forceEvery) {
    private static final long DEFAULT_SEGMENT_BYTES = 64L << 20;
    private static final Duration DEFAULT_FORCE_EVERY = Duration.ofMillis(50);

    public JournalSettings {
        if (segmentBytes < SegmentHeader.BYTES) {
            throw new IllegalArgumentException(
                    "a segment has at least %d bytes, not %d"
                            .formatted(SegmentHeader.BYTES, segmentBytes));
        }
        if (!forceEvery.isPositive()) {
            throw new IllegalArgumentException("forceEvery is positive, not " + forceEvery);
        }
    }

    /** The journal of a data directory: its folder {@code journal}, segments of 64 MiB, 50 ms. */
    public static JournalSettings in(Path dataDirectory) {
        return new JournalSettings(
                dataDirectory.resolve("journal"), DEFAULT_SEGMENT_BYTES, DEFAULT_FORCE_EVERY);
    }
}
