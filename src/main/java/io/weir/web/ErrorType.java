package io.weir.web;

import io.weir.report.FailureClass;
import io.weir.report.Failures;
import io.weir.store.Table;
import io.weir.store.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A type of error, as a page shows it.
 *
 * @param tone the colour of its class
 * @param href the view of the calls that failed so
 * @param bar its share, of 100
 * @param firstSeen in ISO form
 * @param message of the newest example; empty where there is none
 */
record ErrorType(
        String type,
        String className,
        String tone,
        String href,
        Figure calls,
        Figure share,
        int bar,
        String firstSeen,
        String lastSeen,
        String models,
        String keys,
        String message,
        String example) {
    /** All those of a table of {@link Failures#types}. */
    static List<ErrorType> of(Table types, Visit visit) {
        List<ErrorType> all = new ArrayList<>();
        for (int row = 0; row < types.rows().size(); row++) {
            all.add(of(types, row, visit));
        }
        return all;
    }

    private static ErrorType of(Table types, int row, Visit visit) {
        String type = text(types, row, "error");
        String className = text(types, row, Failures.CLASS);
        double share =
                types.cell(row, "share_of_errors") instanceof Number number
                        ? number.doubleValue()
                        : 0;
        return new ErrorType(
                type,
                className,
                tone(className),
                narrowed(visit.view(), type).href(visit.path()),
                Figures.of(Unit.CALLS, types.cell(row, "calls")),
                Figures.share(share),
                (int) Math.round(100 * share),
                text(types, row, "first_seen"),
                text(types, row, "last_seen"),
                some(types, row, "models"),
                some(types, row, "keys"),
                text(types, row, "example_message"),
                text(types, row, "example_call"));
    }

    /** What has no type of its own is called by its status or its outcome. */
    private static ViewQuery narrowed(ViewQuery view, String type) {
        return type.matches("status_\\d{3}")
                ? view.with("status", type.substring("status_".length()))
                : view.with("error", type);
    }

    private static String tone(String className) {
        for (FailureClass each : FailureClass.values()) {
            if (each.word().equals(className)) {
                return FailureCounts.tone(each);
            }
        }
        return "plain";
    }

    private static String some(Table types, int row, String column) {
        String names = text(types, row, column);
        boolean more =
                types.cell(row, "more_" + column) instanceof Number number
                        && number.longValue() > 0;
        return more ? names + " and " + types.cell(row, "more_" + column) + " more" : names;
    }

    private static String text(Table types, int row, String column) {
        return Objects.toString(types.cell(row, column), "");
    }
}
