package io.weir.report;

import io.weir.store.CallStore;
import io.weir.store.Column;
import io.weir.store.Condition;
import io.weir.store.StoreUnavailable;
import io.weir.store.Table;
import io.weir.store.Unit;
import java.util.ArrayList;
import java.util.List;

/** What goes wrong: how much of it when, and what kinds of it there are. */
public final class Failures {
    /** The name of the column with the words of a {@link FailureClass}. */
    public static final String CLASS = "class";

    /** Whoever makes up a new error with each call must not fill a page. */
    private static final int MOST_TYPES = 200;

    private static final List<Column> OVER_TIME =
            List.of(
                    new Column(Series.TIME, Unit.TIME),
                    new Column(CLASS, Unit.TEXT),
                    Measure.CALLS.column());

    private static final List<Column> TYPES =
            List.of(
                    new Column(CLASS, Unit.TEXT),
                    new Column("error", Unit.TEXT),
                    new Column("calls", Unit.CALLS),
                    new Column("calls_before", Unit.CALLS),
                    new Column("share_of_errors", Unit.SHARE),
                    new Column("first_seen", Unit.TIME),
                    new Column("last_seen", Unit.TIME),
                    new Column("models", Unit.TEXT),
                    new Column("more_models", Unit.NUMBER),
                    new Column("keys", Unit.TEXT),
                    new Column("more_keys", Unit.NUMBER),
                    new Column("example_message", Unit.TEXT),
                    new Column("example_call", Unit.TEXT));

    private Failures() {}

    /**
     * How many calls of each class there are in each step; of no class are those that went well.
     */
    public static Table overTime(CallStore store, ReportQuery query, Steps steps)
            throws StoreUnavailable {
        Condition condition = query.condition();
        List<Object> parameters = new ArrayList<>();
        parameters.add(steps.widthMicros());
        parameters.addAll(condition.parameters());
        String sql =
                """
                SELECT epoch_us(received_at) // ? AS step, %s AS class, %s
                FROM %s WHERE %s GROUP BY step, class ORDER BY step, class
                """
                        .formatted(
                                FailureClass.sql(),
                                query.source().count("true"),
                                query.source().relation(),
                                condition.sql());
        return Series.timed(store.table(sql, parameters, OVER_TIME), steps);
    }

    /**
     * Each type of error with whom it meets most, the most frequent first; and how often it came in
     * the same time before.
     */
    public static Table types(CallStore store, ReportQuery query) throws StoreUnavailable {
        Condition both = query.filter().since(query.before()).until(query.until()).condition();
        List<Object> parameters = new ArrayList<>();
        parameters.add(query.since());
        parameters.addAll(both.parameters());
        String sql =
                """
                WITH failed AS (
                    SELECT received_at >= ? AS its_now, %1$s AS class, %2$s AS error,
                        %3$s AS model, key_name, received_at, id, error_message
                    FROM calls WHERE %4$s AND %8$s),
                before AS (
                    SELECT class, error, count(*) AS n FROM failed WHERE NOT its_now
                    GROUP BY class, error)
                SELECT f.class, f.error, count(*) AS n, coalesce(any_value(before.n), 0),
                    count(*) / sum(count(*)) OVER (), min(received_at), max(received_at),
                    %5$s, %6$s, arg_max(error_message, received_at), arg_max(id, received_at)
                FROM failed AS f LEFT JOIN before USING (class, error)
                WHERE its_now
                GROUP BY f.class, f.error ORDER BY n DESC, f.class, f.error LIMIT %7$d
                """
                        .formatted(
                                FailureClass.sql(),
                                Words.ERROR,
                                Words.MODEL,
                                both.sql(),
                                top("model"),
                                top("key_name"),
                                MOST_TYPES,
                                Words.FAILED);
        return store.table(sql, parameters, TYPES);
    }

    /** The three values that come most often, and how many others there are. */
    private static String top(String column) {
        return "array_to_string(approx_top_k(%1$s, 3), ', '), greatest(count(DISTINCT %1$s) - 3, 0)"
                .formatted(column);
    }
}
