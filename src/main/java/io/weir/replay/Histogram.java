package io.weir.replay;

/**
 * Counts values in buckets that grow with the value: exact below 256, 128 buckets a doubling above,
 * so that a percentile is within 0.4 % of the exact one. Recording is one shift and one addition.
 * One thread writes at a time; whoever hands it on sees to the ordering.
 */
public final class Histogram {
    private static final int BITS = 7;
    private static final int EXACT_BELOW = 1 << (BITS + 1);

    /** 73 minutes in nanoseconds; larger values count as this one, the maximum stays exact. */
    private static final long LARGEST = (1L << 42) - 1;

    private final long[] counts = new long[index(LARGEST) + 1];
    private long count;
    private long sum;
    private long min = Long.MAX_VALUE;
    private long max;

    /** Counts one value; a negative one counts as 0. */
    public void record(long value) {
        long counted = Math.max(0, value);
        counts[index(Math.min(counted, LARGEST))]++;
        count++;
        sum += counted;
        min = Math.min(min, counted);
        max = Math.max(max, counted);
    }

    /** Counts everything that the other one has counted. */
    public void add(Histogram other) {
        for (int i = 0; i < counts.length; i++) {
            counts[i] += other.counts[i];
        }
        count += other.count;
        sum += other.sum;
        min = Math.min(min, other.min);
        max = Math.max(max, other.max);
    }

    /** How many values were counted. */
    public long count() {
        return count;
    }

    /** The largest value, exactly; 0 when empty. */
    public long max() {
        return max;
    }

    /** The mean, exactly; 0 when empty. */
    public double mean() {
        return count == 0 ? 0 : (double) sum / count;
    }

    /**
     * The value that {@code percent} of the values do not exceed (nearest rank); 0 when empty.
     *
     * @param percent 0 to 100
     */
    public long percentile(double percent) {
        long rank = Math.max(1, (long) Math.ceil(percent / 100 * count));
        if (rank >= count) {
            return max;
        }
        long seen = 0;
        for (int i = 0; i < counts.length; i++) {
            seen += counts[i];
            if (seen >= rank) {
                return Math.clamp(middle(i), min, max);
            }
        }
        return max;
    }

    /** Every bucket that counted something, smallest first. */
    public void forEachBucket(BucketVisitor visitor) {
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] > 0) {
                visitor.visit(middle(i), counts[i]);
            }
        }
    }

    private static int index(long value) {
        if (value < EXACT_BELOW) {
            return (int) value;
        }
        int shift = 63 - Long.numberOfLeadingZeros(value) - BITS;
        return (shift << BITS) + (int) (value >>> shift);
    }

    private static long middle(int index) {
        if (index < EXACT_BELOW) {
            return index;
        }
        int shift = (index >>> BITS) - 1;
        long low = (long) (index - (shift << BITS)) << shift;
        return low + (1L << shift) / 2;
    }

    /** Sees the buckets of a histogram. */
    @FunctionalInterface
    public interface BucketVisitor {
        /** A bucket around {@code value} with {@code count} values in it. */
        void visit(long value, long count);
    }
}
