package io.weir.web;

import io.weir.report.FailureClass;
import io.weir.report.Failures;
import io.weir.store.Table;
import io.weir.store.Unit;
import io.weir.web.Delta.Meaning;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A type of error, as a page shows it.
 *
 * @param tone the colour of its class
 * @param href the view of the calls that failed so
 * @param callsHref the address of these calls, one by one
 * @param change of its part in all calls, from the time before
 * @param bar its share, of 100
 * @param firstSeen in ISO form
 * @param message of the newest example; empty where there is none
 */
record ErrorType(
        String type,
        String className,
        String tone,
        String href,
        String callsHref,
        Figure calls,
        Delta change,
        Figure share,
        int bar,
        String firstSeen,
        String lastSeen,
        String models,
        String keys,
        String message,
        String example) {
    private static final double SURE = 3;

    /**
     * All those of a table of {@link Failures#types}.
     *
     * @param growth how many calls there are for each one in the time before; NaN where there was
     *     none
     */
    static List<ErrorType> of(Table types, Visit visit, double growth) {
        List<ErrorType> all = new ArrayList<>();
        for (int row = 0; row < types.rows().size(); row++) {
            all.add(of(types, row, visit, growth));
        }
        return all;
    }

    private static ErrorType of(Table types, int row, Visit visit, double growth) {
        String type = text(types, row, "error");
        String className = text(types, row, Failures.CLASS);
        double share = number(types, row, "share_of_errors");
        ViewQuery narrowed = narrowed(visit.view(), type, "");
        return new ErrorType(
                type,
                className,
                tone(className),
                narrowed.href(visit.path()),
                Links.calls(narrowed),
                Figures.of(Unit.CALLS, types.cell(row, "calls")),
                change(
                        number(types, row, "calls_before") * growth,
                        number(types, row, "calls"),
                        growth),
                Figures.share(share),
                (int) Math.round(100 * share),
                text(types, row, "first_seen"),
                text(types, row, "last_seen"),
                some(types, row, "models"),
                some(types, row, "keys"),
                text(types, row, "example_message"),
                text(types, row, "example_call"));
    }

    /**
     * From as many as were to be expected. A difference within three standard deviations is as well
     * chance, and neither good nor bad.
     */
    static Delta change(double expected, double calls, double growth) {
        Delta delta = Delta.of(expected, calls, Meaning.LESS_IS_BETTER);
        boolean clear = Math.abs(calls - expected) >= SURE * Math.sqrt(calls + growth * expected);
        return clear ? delta : new Delta(delta.text(), delta.arrow(), "plain");
    }

    /**
     * The view of the calls that failed so. What has no type of its own is called by its status or
     * its outcome.
     *
     * @param status 0 or empty where calls with any are meant
     */
    static ViewQuery narrowed(ViewQuery view, String type, String status) {
        if (type.matches("status_\\d{3}")) {
            return view.with("status", type.substring("status_".length()));
        }
        return status.isEmpty() || status.equals("0")
                ? view.with("error", type)
                : view.with("error", type).with("status", status);
    }

    private static String tone(String className) {
        for (FailureClass each : FailureClass.values()) {
            if (each.word().equals(className)) {
                return FailureCounts.tone(each);
            }
        }
        return "plain";
    }

    private static double number(Table types, int row, String column) {
        return types.cell(row, column) instanceof Number number ? number.doubleValue() : 0;
    }

    private static String some(Table types, int row, String column) {
        String names = text(types, row, column);
        boolean more = number(types, row, "more_" + column) > 0;
        return more ? names + " and " + types.cell(row, "more_" + column) + " more" : names;
    }

    private static String text(Table types, int row, String column) {
        return Objects.toString(types.cell(row, column), "");
    }
}
