package io.weir.web;

import io.weir.report.Comparison;
import io.weir.report.Measure;
import io.weir.store.Table;
import org.jspecify.annotations.Nullable;

/**
 * The figures of a group of calls in one time.
 *
 * @param row of the table; -1 where there was no call
 */
record Period(Table table, int row) {
    /** Of a table of {@link Comparison#totals}: the window, or the time before it. */
    static Period of(Table totals, boolean now) {
        for (int row = 0; row < totals.rows().size(); row++) {
            if (Boolean.valueOf(now).equals(totals.cell(row, Comparison.NOW))) {
                return new Period(totals, row);
            }
        }
        return new Period(totals, -1);
    }

    /** Whether there was no call. */
    boolean isEmpty() {
        return row < 0;
    }

    /** A figure; null where there is none. */
    @Nullable Object cell(Measure measure) {
        return row < 0 ? null : table.cell(row, measure.name());
    }

    /** A figure, formatted; what is counted is zero where nothing was. */
    Figure figure(Measure measure) {
        Object cell = cell(measure);
        return cell == null && row < 0 && counts(measure)
                ? Figures.of(measure.unit(), 0L)
                : Figures.of(measure.unit(), cell);
    }

    /** A figure to reckon with: NaN where there is none. */
    double number(Measure measure) {
        return cell(measure) instanceof Number number
                ? number.doubleValue()
                : row < 0 && counts(measure) ? 0 : Double.NaN;
    }

    /** An average over calls as their sum: 0 where there is none. */
    double sum(Measure average) {
        double sum = number(average) * number(Measure.CALLS);
        return Double.isNaN(sum) ? 0 : sum;
    }

    private static boolean counts(Measure measure) {
        return switch (measure.unit()) {
            case CALLS, TOKENS, NANO_USD -> true;
            case TEXT, SENTENCE, FLAG, TIME, NUMBER, MS, US, SHARE, RATIO, PER_SECOND, USD -> false;
        };
    }
}
