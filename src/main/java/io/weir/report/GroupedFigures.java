package io.weir.report;

import io.weir.report.Measure.Rolled;
import io.weir.store.Condition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What is asked for figures of groups of calls, in the words of whichever source has them: a
 * relation with a column for each key, {@code place}, which tells the sets of keys apart, and the
 * {@link Measure#alias} of each measure.
 *
 * @param keys by what calls can be grouped
 * @param sets which keys make groups together; a key that does not is null
 * @param condition which calls
 */
record GroupedFigures(
        Source source,
        List<GroupKey> keys,
        List<List<GroupKey>> sets,
        List<Measure> measures,
        Condition condition) {
    GroupedFigures {
        keys = List.copyOf(keys);
        sets = List.copyOf(sets);
        measures = List.copyOf(measures);
    }

    /** With groups that all keys make together. */
    GroupedFigures(
            Source source, List<GroupKey> keys, List<Measure> measures, Condition condition) {
        this(source, keys, List.of(keys), measures, condition);
    }

    /** The parameters of the relation. */
    List<Object> parameters() {
        List<Object> parameters = new ArrayList<>();
        keys.forEach(key -> parameters.addAll(key.parameters()));
        parameters.addAll(condition.parameters());
        return parameters;
    }

    /** The relation, in parentheses. */
    String sql() {
        String picked =
                "SELECT %s* FROM %s WHERE %s"
                        .formatted(each("%2$s AS %1$s, "), source.relation(), condition.sql());
        return switch (source) {
            case CALLS ->
                    "(SELECT %s, %s FROM (%s) GROUP BY %s)"
                            .formatted(
                                    place(),
                                    figures(measures.stream().map(Measure::sql).toList()),
                                    picked,
                                    grouping(""));
            case ROLLUPS -> "(WITH picked AS NOT MATERIALIZED (%s) %s)".formatted(picked, rolled());
        };
    }

    /** Sums, and beside them the quantiles of each histogram that is asked for. */
    private String rolled() {
        List<Histogram> histograms =
                Arrays.stream(Histogram.values())
                        .filter(histogram -> !quantiles(histogram).isEmpty())
                        .toList();
        List<Measure> sums =
                measures.stream().filter(it -> it.rolled() instanceof Rolled.Sum).toList();
        return """
        SELECT sums.*%s FROM (SELECT %s%s FROM picked GROUP BY %s) AS sums%s\
        """
                .formatted(
                        measures.stream()
                                .filter(measure -> measure.rolled() instanceof Rolled.Quantile)
                                .map(measure -> ", " + measure.alias())
                                .collect(Collectors.joining()),
                        place(),
                        sums.stream()
                                .map(it -> ", " + rolledSum(it) + " AS " + it.alias())
                                .collect(Collectors.joining()),
                        grouping(""),
                        histograms.stream().map(this::joined).collect(Collectors.joining()));
    }

    private static String rolledSum(Measure measure) {
        return measure.rolled() instanceof Rolled.Sum(String sql) ? sql : "NULL";
    }

    private List<Measure> quantiles(Histogram of) {
        return measures.stream()
                .filter(it ->
                        it.rolled() instanceof Rolled.Quantile quantile && quantile.of() == of)
                .toList();
    }

    /**
     * A histogram's buckets are added up by all keys together first: the sets that are made of that
     * are small.
     */
    private String joined(Histogram histogram) {
        String word = histogram.word();
        String names = each("%1$s, ");
        String quantiles =
                quantiles(histogram).stream()
                        .map(it -> ", " + quantile(it) + " AS " + it.alias())
                        .collect(Collectors.joining());
        return """
         LEFT JOIN (SELECT %1$s place%2$s FROM (
            SELECT *, sum(n) OVER (PARTITION BY %1$s place ORDER BY log) AS upto,
                sum(n) OVER (PARTITION BY %1$s place) AS total
            FROM (SELECT %3$s, log, sum(n) AS n
                FROM (SELECT %1$s log, sum(n) AS n FROM (%4$s) GROUP BY ALL) GROUP BY %5$s))
            GROUP BY ALL) AS %6$s ON sums.place = %6$s.place%7$s\
        """
                .formatted(
                        names,
                        quantiles,
                        place(),
                        histogram.values(names, "picked"),
                        grouping(", log"),
                        word,
                        keys.stream()
                                .map(key ->
                                        " AND sums.%1$s IS NOT DISTINCT FROM %2$s.%1$s"
                                                .formatted(key.name(), word))
                                .collect(Collectors.joining()));
    }

    private static String quantile(Measure measure) {
        return measure.rolled() instanceof Rolled.Quantile(Histogram of, double share)
                ? of.quantile(share)
                : "NULL";
    }

    private String place() {
        String names = keys.stream().map(GroupKey::name).collect(Collectors.joining(", "));
        return names + ", grouping_id(" + names + ") AS place";
    }

    private String figures(List<String> expressions) {
        List<String> figures = new ArrayList<>();
        for (int i = 0; i < measures.size(); i++) {
            figures.add(expressions.get(i) + " AS " + measures.get(i).alias());
        }
        return String.join(", ", figures);
    }

    private String grouping(String more) {
        return sets.stream()
                .map(set -> set.stream().map(GroupKey::name).collect(Collectors.joining(", ")))
                .map(set -> "(" + set + more + ")")
                .collect(Collectors.joining(", ", "GROUPING SETS (", ")"));
    }

    private String each(String form) {
        return keys.stream()
                .map(key -> form.formatted(key.name(), key.sql()))
                .collect(Collectors.joining());
    }
}
