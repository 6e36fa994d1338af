package io.weir.report;

import io.weir.store.CallStore;
import io.weir.store.Column;
import io.weir.store.StoreUnavailable;
import io.weir.store.Table;
import io.weir.store.Unit;
import java.util.Collections;
import java.util.List;

/** A figure over time for a few groups, and for all the others together. */
public final class GroupSeries {
    /** The name of the column with the group; empty for calls without one, null for the others. */
    public static final String GROUP = "group_name";

    private GroupSeries() {}

    /**
     * The table: {@value Series#TIME}, {@value #GROUP}, the measure; oldest first.
     *
     * @param steps of the query's window
     * @param groups that get a row of their own in each step in which they have calls
     */
    public static Table of(
            CallStore store,
            ReportQuery query,
            Steps steps,
            Dimension dimension,
            List<String> groups,
            Measure measure)
            throws StoreUnavailable {
        List<GroupKey> keys = List.of(Series.step(steps), shown(dimension, groups));
        GroupedFigures figures =
                new GroupedFigures(query.source(), keys, List.of(measure), query.condition());
        String sql =
                "SELECT step, its_group, %s FROM %s ORDER BY step, its_group"
                        .formatted(measure.alias(), figures.sql());
        List<Column> columns =
                List.of(
                        new Column(Series.TIME, Unit.TIME),
                        new Column(GROUP, Unit.TEXT),
                        measure.column());
        return Series.timed(store.table(sql, figures.parameters(), columns), steps);
    }

    private static GroupKey shown(Dimension dimension, List<String> groups) {
        String name = "coalesce(%s::VARCHAR, '')".formatted(dimension.sql());
        String marks = String.join(", ", Collections.nCopies(groups.size(), "?"));
        return new GroupKey(
                "its_group",
                groups.isEmpty()
                        ? "NULL::VARCHAR"
                        : "CASE WHEN %1$s IN (%2$s) THEN %1$s END".formatted(name, marks),
                List.copyOf(groups));
    }
}
