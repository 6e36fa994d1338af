package io.weir.emulator;

import java.time.InstantSource;

/**
 * What is left of a limit that nobody enforces, for the {@code x-ratelimit-*} headers: a bucket
 * that fills up in a minute. Guarded by its own lock.
 */
final class RateGauge {
    private static final double MINUTE_MS = 60_000;

    private final long limit;
    private final InstantSource clock;
    private double used;
    private long atMs;

    RateGauge(long limit, InstantSource clock) {
        this.limit = limit;
        this.clock = clock;
        this.atMs = clock.millis();
    }

    /** The limit, per minute. */
    long limit() {
        return limit;
    }

    /** Takes so much. */
    synchronized Reading take(long amount) {
        long nowMs = clock.millis();
        used = Math.max(0, used - Math.max(0, nowMs - atMs) * limit / MINUTE_MS);
        atMs = nowMs;
        used = Math.min((double) limit, used + amount);
        return new Reading(limit - (long) Math.ceil(used), (long) (used * MINUTE_MS / limit));
    }

    /**
     * What is left.
     *
     * @param resetMs until nothing is used
     */
    record Reading(long remaining, long resetMs) {
        /** As the API writes it: {@code 6ms}, {@code 1.234s}, {@code 1m0s}. */
        String reset() {
            if (resetMs < 1_000) {
                return resetMs + "ms";
            }
            if (resetMs < MINUTE_MS) {
                return resetMs / 1_000 + "." + resetMs % 1_000 / 100 + "s";
            }
            return resetMs / 60_000 + "m" + resetMs / 1_000 % 60 + "s";
        }
    }
}
