package io.weir.report;

import java.util.Arrays;

/**
 * What is needed to tell chance from change. A score is how unlikely chance is, as the number of
 * zeros behind the point: 6 is once in a million. Beyond {@value #MOST} nothing is said.
 */
final class Statistics {
    /** Of a normal variable, the square's median: what a median of squares is divided by. */
    static final double MEDIAN_OF_SQUARES = 0.4549;

    static final double MOST = 999;

    private static final double LN_10 = Math.log(10);

    private Statistics() {}

    static double median(double... values) {
        return quantile(0.5, values);
    }

    /** The value below which that share of them lies; NaN where there is none. */
    static double quantile(double share, double... values) {
        if (values.length == 0) {
            return Double.NaN;
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double place = share * (sorted.length - 1);
        int below = (int) place;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }

    /** The score of so many standard deviations above; 0 for any below. */
    static double scoreOfDeviations(double deviations) {
        return deviations <= 0 ? 0 : Math.min(MOST, deviations * deviations / 2 / LN_10);
    }

    /** The score of at least so many hits in so many trials, each with that probability. */
    static double scoreOfHits(long hits, long trials, double probability) {
        if (hits <= trials * probability) {
            return 0;
        }
        double odds = Math.log(probability) - Math.log1p(-probability);
        double term =
                logChoose(trials, hits)
                        + hits * Math.log(probability)
                        + (trials - hits) * Math.log1p(-probability);
        double first = term;
        double sum = 1;
        for (long k = hits; k < trials && term - first > -40; k++) {
            term += Math.log((double) (trials - k) / (k + 1)) + odds;
            sum += Math.exp(term - first);
        }
        return Math.clamp(-(first + Math.log(sum)) / LN_10, 0, MOST);
    }

    private static double logChoose(long of, long taken) {
        return logFactorial(of) - logFactorial(taken) - logFactorial(of - taken);
    }

    /** Stirling's series, exact to ten digits from 10 on. */
    private static double logFactorial(long n) {
        if (n < 10) {
            double product = 1;
            for (long i = 2; i <= n; i++) {
                product *= i;
            }
            return Math.log(product);
        }
        double x = n;
        return x * Math.log(x)
                - x
                + Math.log(2 * Math.PI * x) / 2
                + 1 / (12 * x)
                - 1 / (360 * x * x * x);
    }
}
