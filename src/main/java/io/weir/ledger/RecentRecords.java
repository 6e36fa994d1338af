package io.weir.ledger;

import io.weir.call.CallRecord;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The records of the calls that ended last, as they were written. Whoever follows the journal
 * closely takes them from here: ten readers that each decode every record make ten times the
 * garbage, ten that each hold a second's records of their own ten times as much that outlives a
 * collection, and calls wait while that is collected. Safe for any number of threads.
 */
final class RecentRecords {
    /** A call makes two entries, so of half as many calls. A power of two. */
    private static final int SLOTS = 2_048;

    /** Records with captured text are large, and are decoded when they are read. */
    private static final int MOST_BYTES = 8_192;

    private final AtomicReferenceArray<@Nullable Recent> slots = new AtomicReferenceArray<>(SLOTS);

    /**
     * A record.
     *
     * @param json as it was written; everybody's, so nobody may change it
     */
    record Recent(long sequence, CallRecord call, byte[] json) {}

    /** A record was written. */
    void add(long sequence, CallRecord call, byte[] json) {
        if (json.length <= MOST_BYTES) {
            slots.set(slot(sequence), new Recent(sequence, call, json));
        }
    }

    /** The record of an entry; empty where it was not written lately. */
    Optional<Recent> find(long sequence) {
        Recent recent = slots.get(slot(sequence));
        return recent != null && recent.sequence == sequence
                ? Optional.of(recent)
                : Optional.empty();
    }

    /** The same as it was written; null where it was not lately. */
    byte @Nullable [] json(long sequence) {
        return find(sequence).map(Recent::json).orElse(null);
    }

    private static int slot(long sequence) {
        return (int) (sequence & (SLOTS - 1));
    }
}
