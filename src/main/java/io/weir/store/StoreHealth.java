package io.weir.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How the store is.
 *
 * @param problem what is wrong and what to do, null where nothing is
 * @param bytesOnDisk of the database file and its log
 * @param calls stored, -1 where it could not be asked
 * @param appliedThrough the journal's last sequence that is in the store, -1 where it could not be
 *     asked
 * @param oldest when the oldest stored call was received, null where there is none
 * @param newest when the newest stored call was received, null where there is none
 */
public record StoreHealth(
        @Nullable String problem,
        long bytesOnDisk,
        long calls,
        long appliedThrough,
        @Nullable Instant oldest,
        @Nullable Instant newest) {
    /** Whether nothing is wrong. */
    public boolean ok() {
        return problem == null;
    }
}
