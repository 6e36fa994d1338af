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
import java.util.stream.IntStream;

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

    private static final String ITS_NOW = "its_now";

    private static final Column NOW_COLUMN = new Column(NOW, Unit.FLAG);

    private Comparison() {}

    /** One row for the window and one for the time before; either is missing without a call. */
    public static Table totals(CallStore store, ReportQuery query, List<Measure> measures)
            throws StoreUnavailable {
        List<Column> columns = new ArrayList<>();
        columns.add(NOW_COLUMN);
        measures.forEach(measure -> columns.add(measure.column()));
        GroupedFigures figures =
                new GroupedFigures(query.source(), List.of(now(query)), measures, both(query));
        String sql =
                "SELECT %s, %s FROM %s ORDER BY its_now DESC"
                        .formatted(ITS_NOW, aliases(measures), figures.sql());
        return store.table(sql, figures.parameters(), columns);
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
        GroupKey now = now(query);
        List<GroupKey> keys = new ArrayList<>(List.of(now));
        List<List<GroupKey>> sets = new ArrayList<>();
        for (Dimension dimension : dimensions) {
            GroupKey key = GroupKey.of(dimension);
            keys.add(key);
            sets.add(List.of(now, key));
        }
        GroupedFigures figures =
                new GroupedFigures(query.source(), keys, sets, measures, both(query));
        return store.table(
                largest(dimensions, measures, size, figures.sql()), figures.parameters(), columns);
    }

    private static String largest(
            List<Dimension> dimensions, List<Measure> measures, Measure size, String figures) {
        String order = size.alias() + " DESC NULLS LAST, value";
        return """
        SELECT %1$s, dimension, value, %2$s
        FROM (SELECT *, CASE place %3$s END AS dimension, CASE place %4$s END AS value FROM %5$s)
        QUALIFY row_number() OVER (PARTITION BY its_now, dimension ORDER BY %6$s) <= %7$d
        ORDER BY dimension, %6$s
        """
                .formatted(
                        ITS_NOW,
                        aliases(measures),
                        places(dimensions, "WHEN %2$d THEN '%1$s'"),
                        places(dimensions, "WHEN %2$d THEN by_%1$s::VARCHAR"),
                        figures,
                        order,
                        MOST_GROUPS);
    }

    /** Of the bits of a place the first key has the highest; those not grouped by are set. */
    private static String places(List<Dimension> dimensions, String form) {
        int all = (1 << dimensions.size()) - 1;
        return IntStream.range(0, dimensions.size())
                .mapToObj(i ->
                        form.formatted(
                                dimensions.get(i).word(),
                                all & ~(1 << (dimensions.size() - 1 - i))))
                .collect(Collectors.joining(" "));
    }

    private static String aliases(List<Measure> measures) {
        return measures.stream().map(Measure::alias).collect(Collectors.joining(", "));
    }

    private static GroupKey now(ReportQuery query) {
        return new GroupKey(ITS_NOW, "received_at >= ?", List.of(query.since()));
    }

    private static Condition both(ReportQuery query) {
        return query.filter().since(query.before()).until(query.until()).condition();
    }
}
