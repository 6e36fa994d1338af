package io.weir.report;

import io.weir.store.CallStore;
import io.weir.store.Column;
import io.weir.store.StoreUnavailable;
import io.weir.store.Table;
import io.weir.store.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * GroupedFigures over time, in one question: a row for each step, and each group in it, that has
 * calls.
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
        List<GroupKey> keys = new ArrayList<>();
        keys.add(step(steps));
        query.by().forEach(dimension -> keys.add(GroupKey.of(dimension)));
        GroupedFigures figures =
                new GroupedFigures(query.source(), keys, measures, query.condition());
        String names = keys.stream().map(GroupKey::name).collect(Collectors.joining(", "));
        String sql =
                "SELECT %1$s, %2$s FROM %3$s ORDER BY %1$s"
                        .formatted(
                                names,
                                measures.stream()
                                        .map(Measure::alias)
                                        .collect(Collectors.joining(", ")),
                                figures.sql());
        return timed(store.table(sql, figures.parameters(), columns(query, measures)), steps);
    }

    /** The number of the step in which a call was received. */
    static GroupKey step(Steps steps) {
        return new GroupKey("step", "epoch_us(received_at) // ?", List.of(steps.widthMicros()));
    }

    /** A table whose first column has the numbers of steps, with their times instead. */
    static Table timed(Table numbered, Steps steps) {
        return new Table(
                numbered.columns(),
                numbered.rows().stream().map(row -> timed(row, steps)).toList());
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
