package io.weir.report;

import io.weir.store.CallStore;
import io.weir.store.Column;
import io.weir.store.Condition;
import io.weir.store.StoreUnavailable;
import io.weir.store.Table;
import io.weir.store.Unit;
import java.util.ArrayList;
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
        Condition condition = query.condition();
        List<Object> parameters = new ArrayList<>();
        parameters.add(steps.widthMicros());
        parameters.addAll(condition.parameters());
        parameters.addAll(groups);
        String sql =
                """
                WITH named AS (SELECT epoch_us(received_at) // ? AS step,
                    coalesce(%s::VARCHAR, '') AS its_name, * FROM calls WHERE %s)
                SELECT step, %s AS its_group, %s
                FROM named GROUP BY step, its_group ORDER BY step, its_group
                """
                        .formatted(dimension.sql(), condition.sql(), shown(groups), measure.sql());
        List<Column> columns =
                List.of(
                        new Column(Series.TIME, Unit.TIME),
                        new Column(GROUP, Unit.TEXT),
                        measure.column());
        return Series.timed(store.table(sql, parameters, columns), steps);
    }

    private static String shown(List<String> groups) {
        return groups.isEmpty()
                ? "NULL::VARCHAR"
                : "CASE WHEN its_name IN (%s) THEN its_name END"
                        .formatted(String.join(", ", Collections.nCopies(groups.size(), "?")));
    }
}
