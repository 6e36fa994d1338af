package io.weir.report;

import io.weir.store.CallStore;
import io.weir.store.Column;
import io.weir.store.Condition;
import io.weir.store.StoreUnavailable;
import io.weir.store.Table;
import io.weir.store.Unit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A window's figures beside those of the same length of time before it, each in one question. */
public final class Comparison {
    /** The name of the column that tells the window's figures from those before. */
    public static final String NOW = "now";

    /** The name of the column with the word of the dimension that a row is about. */
    public static final String DIMENSION = "dimension";

    /** The name of the column with the group that a row is about. */
    public static final String VALUE = "value";

    /** Whoever makes up a new model's name with each call must not fill a page. */
    private static final int MOST_GROUPS = 200;

    private static final Column NOW_COLUMN = new Column(NOW, Unit.FLAG);

    private Comparison() {}

    /** One row for the window and one for the time before; either is missing without a call. */
    public static Table totals(CallStore store, ReportQuery query, List<Measure> measures)
            throws StoreUnavailable {
        List<Column> columns = new ArrayList<>();
        columns.add(NOW_COLUMN);
        measures.forEach(measure -> columns.add(measure.column()));
        Condition condition = both(query);
        String sql =
                "SELECT received_at >= ? AS its_now, "
                        + figures(measures)
                        + " FROM calls WHERE "
                        + condition.sql()
                        + " GROUP BY its_now ORDER BY its_now DESC";
        return store.table(sql, parameters(query, condition), columns);
    }

    /**
     * The same for each group of each of these dimensions, in a single pass over the calls: {@value
     * #NOW}, {@value #DIMENSION}, {@value #VALUE}, the measures; the largest groups by calls only.
     */
    public static Table groups(
            CallStore store, ReportQuery query, List<Dimension> dimensions, List<Measure> measures)
            throws StoreUnavailable {
        return groups(store, query, dimensions, measures, Measure.CALLS);
    }

    /** The same with the largest groups by another of the measures. */
    public static Table groups(
            CallStore store,
            ReportQuery query,
            List<Dimension> dimensions,
            List<Measure> measures,
            Measure size)
            throws StoreUnavailable {
        List<Column> columns = new ArrayList<>();
        columns.add(NOW_COLUMN);
        columns.add(new Column(DIMENSION, Unit.TEXT));
        columns.add(new Column(VALUE, Unit.TEXT));
        measures.forEach(measure -> columns.add(measure.column()));
        Condition condition = both(query);
        return store.table(
                sql(dimensions, measures, size, condition), parameters(query, condition), columns);
    }

    private static String sql(
            List<Dimension> dimensions, List<Measure> measures, Measure size, Condition condition) {
        return """
        WITH picked AS (SELECT received_at >= ? AS its_now, %1$s, * FROM calls WHERE %2$s)
        SELECT its_now, CASE %3$s END AS dimension, CASE %4$s END AS value, %5$s
        FROM picked GROUP BY GROUPING SETS (%6$s)
        QUALIFY row_number() OVER (PARTITION BY its_now, dimension ORDER BY %8$s) <= %7$d
        ORDER BY dimension, %8$s, value
        """
                .formatted(
                        each(dimensions, "%2$s AS by_%1$s", ", "),
                        condition.sql(),
                        each(dimensions, "WHEN grouping(by_%1$s) = 0 THEN '%1$s'", " "),
                        each(dimensions, "WHEN grouping(by_%1$s) = 0 THEN by_%1$s::VARCHAR", " "),
                        figures(measures),
                        each(dimensions, "(its_now, by_%1$s)", ", "),
                        MOST_GROUPS,
                        size.sql() + " DESC NULLS LAST");
    }

    private static String each(List<Dimension> dimensions, String form, String between) {
        return dimensions.stream()
                .map(dimension -> form.formatted(dimension.word(), dimension.sql()))
                .collect(Collectors.joining(between));
    }

    private static String figures(List<Measure> measures) {
        return measures.stream()
                .map(measure -> measure.sql() + " AS its_" + measure.name())
                .collect(Collectors.joining(", "));
    }

    private static Condition both(ReportQuery query) {
        Duration span = Duration.between(query.since(), query.until());
        return query.filter().since(query.since().minus(span)).until(query.until()).condition();
    }

    private static List<Object> parameters(ReportQuery query, Condition condition) {
        List<Object> parameters = new ArrayList<>();
        parameters.add(query.since());
        parameters.addAll(condition.parameters());
        return parameters;
    }
}
