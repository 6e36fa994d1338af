package io.weir.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HistogramTest {
    private static final double[] PERCENTS = {0, 1, 10, 50, 90, 99, 99.9, 99.99, 100};

    @Test
    void percentilesAreWithinHalfAPercentOfTheExactOnes() {
        Random random = new Random(7);
        for (int round = 0; round < 30; round++) {
            long[] values = new long[1 + random.nextInt(20_000)];
            Histogram histogram = new Histogram();
            for (int i = 0; i < values.length; i++) {
                values[i] = (long) Math.exp(random.nextDouble() * 26);
                histogram.record(values[i]);
            }
            Arrays.sort(values);
            for (double percent : PERCENTS) {
                long exact = values[rank(percent, values.length) - 1];
                assertThat((double) histogram.percentile(percent))
                        .as("p%s of %d", percent, values.length)
                        .isCloseTo((double) exact, within(exact * 0.005 + 0.5));
            }
        }
    }

    private static int rank(double percent, int count) {
        return Math.clamp((int) Math.ceil(percent / 100 * count), 1, count);
    }

    @Test
    void countsTheSameInPartsAndTogether() {
        Random random = new Random(8);
        Histogram together = new Histogram();
        Histogram one = new Histogram();
        Histogram other = new Histogram();
        for (int i = 0; i < 10_000; i++) {
            long value = random.nextLong(5_000_000_000L);
            together.record(value);
            (random.nextBoolean() ? one : other).record(value);
        }
        one.add(other);
        assertThat(one.count()).isEqualTo(10_000);
        assertThat(one.mean()).isEqualTo(together.mean());
        assertThat(one.max()).isEqualTo(together.max());
        for (double percent : PERCENTS) {
            assertThat(one.percentile(percent)).isEqualTo(together.percentile(percent));
        }
    }

    @Test
    void keepsSmallValuesAndTheMaximumExactly() {
        Histogram histogram = new Histogram();
        for (long value = 0; value < 256; value++) {
            histogram.record(value);
        }
        histogram.record(123_456_789_012L);
        assertThat(histogram.percentile(25)).isEqualTo(64);
        assertThat(histogram.percentile(100)).isEqualTo(123_456_789_012L);
    }

    @Test
    void takesWhatIsOutOfRange() {
        Histogram histogram = new Histogram();
        histogram.record(-5);
        histogram.record(Long.MAX_VALUE / 4);
        assertThat(histogram.percentile(1)).isZero();
        assertThat(histogram.max()).isEqualTo(Long.MAX_VALUE / 4);
    }

    @Test
    void isZeroWhenEmpty() {
        Histogram histogram = new Histogram();
        assertThat(histogram.percentile(99)).isZero();
        assertThat(histogram.max()).isZero();
        assertThat(histogram.mean()).isZero();
    }

    @Test
    void itsBucketsHoldEveryValue() {
        Histogram histogram = new Histogram();
        for (long value = 1; value < 1_000_000; value += 997) {
            histogram.record(value);
        }
        long[] seen = new long[1];
        histogram.forEachBucket((value, count) -> seen[0] += count);
        assertThat(seen[0]).isEqualTo(histogram.count());
    }
}
