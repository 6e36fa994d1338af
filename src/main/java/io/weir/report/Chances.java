package io.weir.report;

/** How likely a difference is where there is none. */
final class Chances {
    private Chances() {}

    /**
     * That one rate is so far above the other by chance: the signed root of the likelihood ratio (a
     * G-test), which holds for counts as small as some five where a chi-squared does not.
     */
    static double higher(Tally one, Tally other) {
        // Half a call less, for counts are whole and the curve is not.
        double bad = one.amount() - 0.5;
        if (bad <= 0 || one.calls() <= 0 || other.calls() <= 0) {
            return 1;
        }
        double all = (bad + other.amount()) / (one.calls() + other.calls());
        if (bad / one.calls() <= other.rate()) {
            return 1;
        }
        double ratio = divergence(bad, one.calls(), all);
        ratio += divergence(other.amount(), other.calls(), all);
        return above(Math.sqrt(2 * Math.max(0, ratio)));
    }

    /**
     * That a standard normal variable is above: the rational Chebyshev fit of erfc in Numerical
     * Recipes (6.2), good to a part in ten million everywhere.
     */
    static double above(double deviations) {
        if (deviations < 0) {
            return 1 - above(-deviations);
        }
        double x = deviations / Math.sqrt(2);
        double t = 1 / (1 + x / 2);
        double[] fit = {
            0.17087277,
            -0.82215223,
            1.48851587,
            -1.13520398,
            0.27886807,
            -0.18628806,
            0.09678418,
            0.37409196,
            1.00002368,
            -1.26551223
        };
        double sum = 0;
        for (double coefficient : fit) {
            sum = sum * t + coefficient;
        }
        return t * Math.exp(-x * x + sum) / 2;
    }

    private static double divergence(double bad, double calls, double rate) {
        double good = calls - bad;
        return (bad > 0 ? bad * Math.log(bad / (calls * rate)) : 0)
                + (good > 0 ? good * Math.log(good / (calls * (1 - rate))) : 0);
    }
}
