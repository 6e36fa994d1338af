package io.weir.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class StatisticsTest {
    @Test
    void scoresHitsByTheBinomialTail() {
        // 0.5^10, and by hand 10 * 0.01^9 * 0.99 + 0.01^10.
        assertThat(Statistics.scoreOfHits(10, 10, 0.5)).isCloseTo(3.0103, within(1e-4));
        assertThat(Statistics.scoreOfHits(9, 10, 0.01)).isCloseTo(17.0039, within(1e-4));
    }

    @Test
    void agreesWithCountingEachCase() {
        for (int hits = 3; hits <= 12; hits++) {
            double tail = 0;
            for (int mask = 0; mask < 1 << 12; mask++) {
                int ones = Integer.bitCount(mask);
                tail += ones >= hits ? Math.pow(0.2, ones) * Math.pow(0.8, 12 - ones) : 0;
            }
            assertThat(Statistics.scoreOfHits(hits, 12, 0.2))
                    .isCloseTo(-Math.log10(tail), within(1e-6));
        }
    }

    @Test
    void scoresNothingThatIsBelowWhatIsExpected() {
        assertThat(Statistics.scoreOfHits(5, 100, 0.05)).isZero();
        assertThat(Statistics.scoreOfHits(0, 0, 0.05)).isZero();
        assertThat(Statistics.scoreOfDeviations(-3)).isZero();
    }

    @Test
    void staysExactForManyTrials() {
        // Six deviations above, by the normal distribution 1e-9; the binomial has a longer tail.
        long expected = 100_000;
        long above = expected + 6 * 300;
        assertThat(Statistics.scoreOfHits(above, 1_000_000, 0.1)).isBetween(8.5, 9.1);
    }

    @Test
    void findsQuantilesBetweenValues() {
        assertThat(Statistics.median(4, 1, 3, 2)).isEqualTo(2.5);
        assertThat(Statistics.quantile(0.25, 10, 20, 30, 40, 50)).isEqualTo(20);
        assertThat(Statistics.median()).isNaN();
    }
}
