package io.weir.limit;

import java.math.BigInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The generic cell rate algorithm: a bucket of one period's allowance that fills evenly. Its state
 * is the time at which it will be full again, one number that is compared and set, so that no call
 * waits for another. Times are nanoseconds of a monotonic clock, compared by their difference.
 *
 * @see <a href="https://www.itu.int/rec/T-REC-I.371">ITU-T I.371, annex A</a>
 */
final class Gcra {
    /** So much is never allowed at once. */
    static final long NEVER = Long.MAX_VALUE;

    private final long periodNanos;
    private final AtomicLong fullAt;
    private volatile long allowance;

    Gcra(long allowance, long periodNanos, long now) {
        this.allowance = allowance;
        this.periodNanos = periodNanos;
        this.fullAt = new AtomicLong(now);
    }

    long allowance() {
        return allowance;
    }

    /** Allows another amount from now on; what part of the period is used stays. */
    void allowance(long other) {
        allowance = other;
    }

    /** How much later the bucket is full for so many units. */
    long nanos(long units) {
        long most = Long.MAX_VALUE / periodNanos;
        if (units <= most) {
            return units * periodNanos / allowance;
        }
        return BigInteger.valueOf(units)
                .multiply(BigInteger.valueOf(periodNanos))
                .divide(BigInteger.valueOf(allowance))
                .min(BigInteger.valueOf(Long.MAX_VALUE / 4))
                .longValue();
    }

    /**
     * Takes so many nanoseconds of the bucket, if they are there.
     *
     * @return how many nanoseconds later they will be there, {@link #NEVER}, or, where they were
     *     taken, how long it now is until the bucket is full: that as a negative number, or 0
     */
    long take(long now, long nanos) {
        if (nanos > periodNanos) {
            return NEVER;
        }
        while (true) {
            long before = fullAt.get();
            long from = before - now > 0 ? before : now;
            long wait = from + nanos - now - periodNanos;
            if (wait > 0) {
                return wait;
            }
            if (fullAt.compareAndSet(before, from + nanos)) {
                return now - from - nanos;
            }
        }
    }

    /** How many nanoseconds later so many of the bucket will be there; 0 where they are. */
    long delay(long now, long nanos) {
        return nanos > periodNanos ? NEVER : Math.max(0, untilFull(now) + nanos - periodNanos);
    }

    /** Takes further what was taken too little, also beyond the limit. */
    void takeMore(long now, long nanos) {
        while (true) {
            long before = fullAt.get();
            long from = before - now < 0 ? now : before;
            if (fullAt.compareAndSet(before, from + nanos)) {
                return;
            }
        }
    }

    /**
     * Gives back what was taken too much, but for what time has given back since.
     *
     * @param fullAfter when the bucket would have been full right after the taking
     */
    void giveBack(long now, long nanos, long fullAfter) {
        fullAt.addAndGet(-Math.min(nanos, Math.max(0, fullAfter - now)));
    }

    /** Units that could be taken now. */
    long remaining(long now) {
        long left = periodNanos - untilFull(now);
        return left <= 0 ? 0 : (long) ((double) left / periodNanos * allowance + 1e-6);
    }

    /** Nanoseconds until it is full; 0 where it is. */
    long untilFull(long now) {
        return Math.max(0, fullAt.get() - now);
    }
}
