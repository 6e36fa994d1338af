package io.weir.profile;

import java.util.Arrays;

/** Durations in nanoseconds, for their quantiles. Past the bound further ones only count. */
final class Samples {
    private static final int MOST = 1 << 20;

    private long[] values = new long[64];
    private int kept;
    private long count;
    private long sum;

    void add(long nanos) {
        count++;
        sum += nanos;
        if (kept == MOST) {
            return;
        }
        if (kept == values.length) {
            values = Arrays.copyOf(values, 2 * kept);
        }
        values[kept++] = nanos;
    }

    long count() {
        return count;
    }

    long sum() {
        return sum;
    }

    /** The smallest value that so large a part of them does not exceed; 0 where there is none. */
    long quantile(double part) {
        if (kept == 0) {
            return 0;
        }
        long[] sorted = Arrays.copyOf(values, kept);
        Arrays.sort(sorted);
        return sorted[Math.clamp((long) Math.ceil(part * kept) - 1, 0, kept - 1)];
    }
}
