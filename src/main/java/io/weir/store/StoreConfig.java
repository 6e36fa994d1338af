package io.weir.store;

import java.time.Duration;

/**
 * How much of the machine the store may take.
 *
 * @param memoryLimitBytes what DuckDB may hold in memory; it is outside the Java heap
 * @param threads that may work on one question; with more than one, waiting for each other costs a
 *     third more CPU a stored call
 * @param minFreeBytes nothing is written while less than this is free on the disk
 * @param readConnections reads that may run side by side; more have to wait
 * @param readWait how long a read waits for its turn
 * @param readLimit how long one read may run
 * @param reopenPause the least time between two tries to open a database that cannot be opened
 */
public record StoreConfig(
        long memoryLimitBytes,
        int threads,
        long minFreeBytes,
        int readConnections,
        Duration readWait,
        Duration readLimit,
        Duration reopenPause) {
    /** What a small machine can spare. */
    public static final StoreConfig DEFAULTS =
            new StoreConfig(
                    512L << 20,
                    1,
                    256L << 20,
                    2,
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(20),
                    Duration.ofSeconds(5));

    public StoreConfig {
        requireAtLeast(64L << 20, memoryLimitBytes, "memoryLimitBytes");
        requireAtLeast(1, threads, "threads");
        requireAtLeast(0, minFreeBytes, "minFreeBytes");
        requireAtLeast(1, readConnections, "readConnections");
        requireAtLeast(0, readWait.toMillis(), "readWait in ms");
        requireAtLeast(1_000, readLimit.toMillis(), "readLimit in ms");
        requireAtLeast(0, reopenPause.toMillis(), "reopenPause in ms");
    }

    private static void requireAtLeast(long least, long value, String name) {
        if (value < least) {
            throw new IllegalArgumentException(
                    "store: %s is %d, and has to be at least %d".formatted(name, value, least));
        }
    }
}
