package io.weir.ledger;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * How the journal is.
 *
 * @param failure why the last append or force failed; empty while both work
 * @param bytesOnDisk of all segments
 * @param freeBytes left on its disk, -1 where the system does not say
 * @param firstSequence the oldest entry's number that can still be there
 * @param lastSequence the newest entry's number, 0 before the first
 * @param forcedSequence the entry up to which everything is forced onto the disk
 * @param sinceForced how long ago everything written was known to be on the disk
 * @param failedForces how often the disk refused what was written, since the journal was opened
 * @param openCalls calls opened and not closed
 * @param tornBytes what was cut off the end when the journal was opened: a crash in mid-write
 * @param missingEntries entries found damaged or gone since the journal was opened
 * @param readerLag for each registered reader, how many entries it has not committed
 */
public record JournalHealth(
        Optional<String> failure,
        long bytesOnDisk,
        long freeBytes,
        long firstSequence,
        long lastSequence,
        long forcedSequence,
        Duration sinceForced,
        long failedForces,
        int openCalls,
        long tornBytes,
        long missingEntries,
        Map<String, Long> readerLag) {
    public JournalHealth {
        readerLag = Map.copyOf(readerLag);
    }

    /** Whether entries are taken and reach the disk. */
    public boolean healthy() {
        return failure.isEmpty();
    }
}
