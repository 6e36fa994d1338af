package io.weir.limit;

import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * How many tokens answers had lately: a histogram whose buckets are an eighth of a doubling wide.
 * Old answers fade. Written by several without a lock: what two lose of each other is nothing to an
 * estimate.
 */
final class Outputs {
    private static final int PER_DOUBLING = 8;
    private static final int BUCKETS = 24 * PER_DOUBLING;
    private static final int FADE_AT = 1_024;
    private static final int LOOK_EVERY = 16;
    private static final int ENOUGH = 8;
    private static final double SHARE = 0.95;

    private final AtomicIntegerArray counts = new AtomicIntegerArray(BUCKETS);
    private volatile int seen;
    private volatile long usual = -1;

    /** What 95 of 100 answers stay within; -1 where too few have been seen. */
    long usual() {
        return usual;
    }

    void add(long tokens) {
        counts.incrementAndGet(bucket(tokens));
        int now = seen + 1;
        seen = now;
        if (now % LOOK_EVERY == 0 || now == ENOUGH) {
            look();
        }
    }

    private void look() {
        int all = 0;
        for (int i = 0; i < BUCKETS; i++) {
            all += counts.get(i);
        }
        int below = 0;
        int at = 0;
        while (at < BUCKETS - 1 && below + counts.get(at) < all * SHARE) {
            below += counts.get(at++);
        }
        usual = (long) Math.ceil(Math.pow(2, (double) (at + 1) / PER_DOUBLING));
        if (all > FADE_AT) {
            for (int i = 0; i < BUCKETS; i++) {
                counts.updateAndGet(i, count -> count / 2);
            }
        }
    }

    private static int bucket(long tokens) {
        double doublings = Math.log((double) Math.max(1, tokens)) / Math.log(2);
        return (int) Math.min(BUCKETS - 1, doublings * PER_DOUBLING);
    }
}
