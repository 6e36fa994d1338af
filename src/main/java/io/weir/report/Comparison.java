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
import org.jspecify.annotations.Nullable;

/**
 * A window's figures beside those of the same length of time before it, asked in one question.
 *
 * @param totals {@value #NOW} and the measures: one row for the window and one for the time before;
 *     either is missing without a call
 * @param groups {@value #NOW}, {@value #DIMENSION}, {@value #VALUE} and the measures, for the
 *     largest groups of each dimension
 */
public record Comparison(Table totals, Table groups) {
    /** The name of the column that tells the window's figures from those before. */
    public static final String NOW = "now";

    /** The name of the column with the word of the dimension that a row is about. */
    public static final String DIMENSION = "dimension";

    /** The name of the column with the group that a row is about. */
    public static final String VALUE = "value";

    /** Whoever makes up a new model's name with each call must not fill a page. */
    private static final int MOST_GROUPS = 200;

    private static final String ITS_NOW = "its_now";

    private static final List<Column> GROUP =
            List.of(
                    new Column(NOW, Unit.FLAG),
                    new Column(DIMENSION, Unit.TEXT),
                    new Column(VALUE, Unit.TEXT));

    /** The figures without groups. */
    public static Comparison of(CallStore store, ReportQuery query, List<Measure> measures)
            throws StoreUnavailable {
        return of(store, query, List.of(), measures, measures.getFirst());
    }

    /**
     * The figures of all, and of each group of each of these dimensions.
     *
     * @param size the one of the measures by which groups are large
     */
    public static Comparison of(
            CallStore store,
            ReportQuery query,
            List<Dimension> dimensions,
            List<Measure> measures,
            Measure size)
            throws StoreUnavailable {
        GroupKey now = new GroupKey(ITS_NOW, "received_at >= ?", List.of(query.since()));
        List<GroupKey> keys = new ArrayList<>(List.of(now));
        List<List<GroupKey>> sets = new ArrayList<>(List.of(List.of(now)));
        for (Dimension dimension : dimensions) {
            GroupKey key = GroupKey.of(dimension);
            keys.add(key);
            sets.add(List.of(now, key));
        }
        Condition both = query.filter().since(query.before()).until(query.until()).condition();
        GroupedFigures figures = new GroupedFigures(query.source(), keys, sets, measures, both);
        List<Column> columns = new ArrayList<>(GROUP);
        measures.forEach(measure -> columns.add(measure.column()));
        return split(
                store.table(
                        largest(dimensions, measures, size, figures.sql()),
                        figures.parameters(),
                        columns));
    }

    /** Rows without a dimension are the totals. */
    private static Comparison split(Table all) {
        List<Column> columns = new ArrayList<>(all.columns());
        columns.subList(1, GROUP.size()).clear();
        List<List<@Nullable Object>> totals = new ArrayList<>();
        List<List<@Nullable Object>> groups = new ArrayList<>();
        for (List<@Nullable Object> row : all.rows()) {
            if (row.get(1) == null) {
                List<@Nullable Object> total = new ArrayList<>(row);
                total.subList(1, GROUP.size()).clear();
                totals.add(total);
            } else {
                groups.add(row);
            }
        }
        return new Comparison(new Table(columns, totals), new Table(all.columns(), groups));
    }

    private static String largest(
            List<Dimension> dimensions, List<Measure> measures, Measure size, String figures) {
        String order = size.alias() + " DESC NULLS LAST, value";
        return """
        SELECT its_now, dimension, value, %1$s
        FROM (SELECT *, %2$s AS dimension, %3$s AS value FROM %4$s)
        QUALIFY row_number() OVER (PARTITION BY its_now, dimension ORDER BY %5$s) <= %6$d
        ORDER BY dimension, if(dimension IS NULL, its_now, NULL) DESC, %5$s, its_now DESC
        """
                .formatted(
                        measures.stream().map(Measure::alias).collect(Collectors.joining(", ")),
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
                .collect(Collectors.joining(" ", "CASE place ", " WHEN -1 THEN '' END"));
    }
}
