package io.weir.ledger;

import io.weir.call.CallRecord;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The records of the calls that ended last, as they were written. Whoever follows the journal
 * closely takes them from here: ten readers that each decode every record make ten times the
 * garbage, and calls wait while that is collected. Safe for any number of threads.
 */
final class RecentRecords {
    /** A call makes two entries, so of half as many calls. A power of two. */
    private static final int SLOTS = 2_048;

    /** Records with captured text are large, and are decoded when they are read. */
    private static final int MOST_BYTES = 8_192;

    private final AtomicReferenceArray<@Nullable Recent> slots = new AtomicReferenceArray<>(SLOTS);

    private record Recent(long sequence, CallRecord call) {}

    /** A record was written, with so many bytes. */
    void add(long sequence, CallRecord call, int bytes) {
        if (bytes <= MOST_BYTES) {
            slots.set(slot(sequence), new Recent(sequence, call));
        }
    }

    /** The record of an entry; empty where it was not written lately. */
    Optional<CallRecord> find(long sequence) {
        Recent recent = slots.get(slot(sequence));
        return recent != null && recent.sequence == sequence
                ? Optional.of(recent.call)
                : Optional.empty();
    }

    private static int slot(long sequence) {
        return (int) (sequence & (SLOTS - 1));
    }
}
