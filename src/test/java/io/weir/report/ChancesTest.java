package io.weir.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ChancesTest {
    @Test
    void knowsTheNormalCurve() {
        assertThat(Chances.above(0)).isCloseTo(0.5, within(1e-6));
        assertThat(Chances.above(1.644854)).isCloseTo(0.05, within(1e-6));
        assertThat(Chances.above(-1.644854)).isCloseTo(0.95, within(1e-6));
        assertThat(Chances.above(6)).isCloseTo(9.8659e-10, within(1e-13));
        assertThat(Chances.above(60)).isZero();
    }

    @Test
    void findsNoDifferenceWhereThereIsNone() {
        assertThat(Chances.higher(tally(1_000, 50), tally(1_000, 50))).isEqualTo(1);
        assertThat(Chances.higher(tally(1_000, 40), tally(1_000, 50))).isEqualTo(1);
        assertThat(Chances.higher(tally(10, 0), tally(10, 0))).isEqualTo(1);
        assertThat(Chances.higher(Tally.NONE, tally(10, 5))).isEqualTo(1);
    }

    @Test
    void isSurerTheMoreThereIs() {
        double few = Chances.higher(tally(20, 6), tally(1_000, 50));
        double many = Chances.higher(tally(200, 60), tally(10_000, 500));
        assertThat(many).isLessThan(1e-9).isLessThan(few);
        assertThat(few).isBetween(1e-4, 1e-2);
    }

    /** Fisher's exact test gives 1.0 %: an approximation must not be far more certain. */
    @Test
    void isCautiousWithSmallCounts() {
        assertThat(Chances.higher(tally(10, 5), tally(40, 4))).isBetween(0.005, 0.03);
    }

    private static Tally tally(double calls, double bad) {
        return new Tally(calls, bad, bad);
    }
}
