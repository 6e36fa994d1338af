package io.weir.report;

import io.weir.store.CallStore;
import io.weir.store.Column;
import io.weir.store.Condition;
import io.weir.store.StoreUnavailable;
import io.weir.store.Table;
import io.weir.store.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Figures over time, in one question: a row for each step, and each group in it, that has calls.
 */
public final class Series {
    /** The name of the first column: when the step begins. */
    public static final String TIME = "time";

    private Series() {}

    /**
     * The table: {@value #TIME}, the query's dimensions, the measures; oldest first.
     *
     * @param steps of the query's window
     */
    public static Table of(CallStore store, ReportQuery query, Steps steps, List<Measure> measures)
            throws StoreUnavailable {
        Condition condition = query.condition();
        List<Object> parameters = new ArrayList<>();
        parameters.add(steps.widthMicros());
        parameters.addAll(condition.parameters());
        return timed(
                store.table(sql(query, measures, condition), parameters, columns(query, measures)),
                steps);
    }

    /** A table whose first column has the numbers of steps, with their times instead. */
    static Table timed(Table numbered, Steps steps) {
        return new Table(
                numbered.columns(),
                numbered.rows().stream().map(row -> timed(row, steps)).toList());
    }

    private static String sql(ReportQuery query, List<Measure> measures, Condition condition) {
        String groups =
                query.by().stream()
                        .map(by -> ", " + by.sql() + " AS by_" + by.word())
                        .collect(Collectors.joining());
        String figures =
                measures.stream()
                        .map(measure -> ", " + measure.sql() + " AS its_" + measure.name())
                        .collect(Collectors.joining());
        return "SELECT epoch_us(received_at) // ? AS step"
                + groups
                + figures
                + " FROM calls WHERE "
                + condition.sql()
                + " GROUP BY step"
                + query.by().stream().map(by -> ", by_" + by.word()).collect(Collectors.joining())
                + " ORDER BY step";
    }

    private static List<Column> columns(ReportQuery query, List<Measure> measures) {
        List<Column> columns = new ArrayList<>();
        columns.add(new Column(TIME, Unit.TIME));
        query.by().forEach(by -> columns.add(by.column()));
        measures.forEach(measure -> columns.add(measure.column()));
        return columns;
    }

    private static List<@Nullable Object> timed(List<@Nullable Object> row, Steps steps) {
        List<@Nullable Object> timed = new ArrayList<>(row);
        if (row.getFirst() instanceof Long number) {
            timed.set(0, steps.time(number));
        }
        return timed;
    }
}
