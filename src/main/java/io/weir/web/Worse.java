package io.weir.web;

import io.weir.report.Measure;
import io.weir.report.Trouble;
import java.util.Optional;

/**
 * A figure that is clearly worse than in the time before.
 *
 * @param figure what it is called
 * @param href the page that says why
 */
record Worse(String figure, Figure before, Figure now, String href) {
    /** Percentiles and rates of fewer calls go up and down by chance. */
    private static final int ENOUGH_CALLS = 20;

    private static final double NOTABLE = 1.1;

    /**
     * The figure's, if it is worse; of less than {@value #ENOUGH_CALLS} calls nothing is said.
     *
     * @param handful what is added to both sides, so that from next to nothing to little is no news
     */
    static Optional<Worse> of(
            String name, Measure measure, double handful, Periods periods, Why why) {
        double was = periods.before().number(measure);
        double is = periods.now().number(measure);
        boolean few =
                !(periods.before().number(Measure.CALLS) >= ENOUGH_CALLS
                        && periods.now().number(Measure.CALLS) >= ENOUGH_CALLS);
        if (few || !((is + handful) / (was + handful) >= NOTABLE)) {
            return Optional.empty();
        }
        return Optional.of(
                new Worse(
                        name,
                        periods.before().figure(measure),
                        periods.now().figure(measure),
                        Links.why(why.view(), why.what())));
    }

    /** The same calls in two times. */
    record Periods(Period before, Period now) {}

    /** The question that an answer would be worth having to. */
    record Why(ViewQuery view, Trouble what) {}
}
