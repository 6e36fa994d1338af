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

/**
 * What goes wrong: a row for each class of error in each group, beside the group's own figures, and
 * one row without a class for a group in which nothing went wrong.
 */
final class ErrorsReport implements Report {
    private static final List<Column> COLUMNS =
            List.of(
                    new Column("calls", Unit.CALLS),
                    new Column("errors", Unit.CALLS),
                    new Column("error_rate", Unit.SHARE),
                    new Column("error_type", Unit.TEXT),
                    new Column("count", Unit.CALLS),
                    new Column("share_of_errors", Unit.SHARE),
                    new Column("first_seen", Unit.TIME),
                    new Column("last_seen", Unit.TIME),
                    new Column("example_message", Unit.TEXT),
                    new Column("example_call", Unit.TEXT));

    @Override
    public String name() {
        return "errors";
    }

    @Override
    public String summary() {
        return "What goes wrong: how often, since when, and an example of each class of error.";
    }

    @Override
    public Table run(ReportQuery query, CallStore store) throws StoreUnavailable {
        List<Column> columns = new ArrayList<>();
        query.by().forEach(dimension -> columns.add(dimension.column()));
        columns.addAll(COLUMNS);
        Condition condition = query.condition();
        return store.table(sql(query.by(), condition), condition.parameters(), columns);
    }

    /** Classes first, then their group's sums beside each; no classless row beside others. */
    private static String sql(List<Dimension> by, Condition condition) {
        String groups = by.stream().map(d -> "by_" + d.word()).collect(Collectors.joining(", "));
        return """
        WITH classes AS (
            SELECT %1$s %2$s AS error, count(*) AS n,
                min(received_at) AS first_seen, max(received_at) AS last_seen,
                arg_max(error_message, received_at) AS message,
                arg_max(id, received_at) AS example
            FROM calls WHERE %3$s GROUP BY ALL),
        sums AS (
            SELECT *, sum(n) OVER (%4$s) AS calls,
                coalesce(sum(n) FILTER (WHERE error IS NOT NULL) OVER (%4$s), 0) AS errors
            FROM classes)
        SELECT %5$s calls, errors, errors / calls, error, if(error IS NULL, 0, n),
            if(error IS NULL, NULL, n / errors),
            if(error IS NULL, NULL, first_seen), if(error IS NULL, NULL, last_seen),
            if(error IS NULL, NULL, message), if(error IS NULL, NULL, example)
        FROM sums WHERE error IS NOT NULL OR errors = 0
        ORDER BY %6$s n DESC, error
        """
                .formatted(
                        by.stream()
                                .map(d -> d.sql() + " AS by_" + d.word() + ", ")
                                .collect(Collectors.joining()),
                        Words.ERROR,
                        condition.sql(),
                        groups.isEmpty() ? "" : "PARTITION BY " + groups,
                        groups.isEmpty() ? "" : groups + ", ",
                        order(by));
    }

    private static String order(List<Dimension> by) {
        String times =
                by.stream()
                        .filter(Dimension::isTime)
                        .map(d -> "by_" + d.word() + ", ")
                        .collect(Collectors.joining());
        String others =
                by.stream()
                        .filter(d -> !d.isTime())
                        .map(d -> "by_" + d.word() + " NULLS LAST, ")
                        .collect(Collectors.joining());
        return times + "errors DESC, calls DESC, " + others;
    }
}
