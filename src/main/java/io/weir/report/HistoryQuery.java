package io.weir.report;

import io.weir.store.CallFilter;
import io.weir.store.CallStore;
import io.weir.store.Column;
import io.weir.store.Condition;
import io.weir.store.StoreUnavailable;
import io.weir.store.Table;
import io.weir.store.Unit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the busiest series of a scope: hours of the past, then cells of the time that is looked
 * into.
 */
final class HistoryQuery {
    /** Two of each weekday, and one day for the first. */
    static final Duration PAST = Duration.ofDays(15);

    private static final int MOST_SERIES = 60;

    /** What one answer of the store may hold, less than its bound. */
    private static final int MOST_ROWS = 90_000;

    /** What makes a call slow: 1.65 times what three quarters take at most. */
    private static final String SLOW = Rollup.log(0.75) + " + 10";

    private static final List<Column> COLUMNS =
            List.of(
                    new Column("name", Unit.TEXT),
                    new Column("cell", Unit.TIME),
                    new Column("calls", Unit.CALLS),
                    new Column("errors", Unit.CALLS),
                    new Column("cost_nano_usd", Unit.NANO_USD),
                    new Column("tokens", Unit.TOKENS),
                    new Column("timed", Unit.CALLS),
                    new Column("slow", Unit.CALLS),
                    new Column("first_tokens", Unit.CALLS),
                    new Column("slow_first_tokens", Unit.CALLS));

    private final Dimension scope;
    private final Instant from;
    private final Instant until;
    private final CallFilter filter;

    /**
     * A question.
     *
     * @param from a full hour
     */
    HistoryQuery(Dimension scope, Instant from, Instant until, CallFilter filter) {
        this.scope = scope;
        this.from = from;
        this.until = until;
        this.filter = filter;
    }

    List<History> of(CallStore store) throws StoreUnavailable {
        Condition condition = filter.since(from.minus(PAST)).until(until).condition();
        List<Object> parameters = new ArrayList<>();
        parameters.add(from);
        parameters.addAll(condition.parameters());
        return series(store.table(sql(condition.sql()), parameters, COLUMNS));
    }

    private String sql(String condition) {
        long rows = Duration.between(from, until).dividedBy(Rollup.WIDTH) + PAST.toHours();
        return """
        WITH seen AS MATERIALIZED (
            SELECT %1$s AS name,
                if(received_at >= ?, received_at, date_trunc('hour', received_at)) AS cell,
                calls, if(%2$s IS NULL, 0, calls) AS errors, cost_nano_usd,
                if(%2$s IS NULL, %3$s + %4$s, 0) AS tokens,
                closed_logs, closed_counts, first_token_logs, first_token_counts
            FROM rollups WHERE name IS NOT NULL AND %5$s),
        busiest AS (
            SELECT name FROM seen GROUP BY name ORDER BY sum(calls) DESC, name LIMIT %6$d),
        sums AS (
            SELECT name, cell, sum(calls) AS calls, sum(errors) AS errors,
                coalesce(sum(cost_nano_usd), 0) AS cost, sum(tokens) AS tokens
            FROM seen SEMI JOIN busiest USING (name) GROUP BY name, cell),
        closed AS (%7$s),
        first_token AS (%8$s)
        SELECT name, cell, calls, errors, cost, tokens,
            coalesce(closed.n, 0), coalesce(closed.slow, 0),
            coalesce(first_token.n, 0), coalesce(first_token.slow, 0)
        FROM sums LEFT JOIN closed USING (name, cell) LEFT JOIN first_token USING (name, cell)
        ORDER BY name, cell
        """
                .formatted(
                        scope.sql(),
                        Words.ERROR,
                        Words.INPUT,
                        Words.OUTPUT,
                        condition,
                        Math.min(MOST_SERIES, MOST_ROWS / rows),
                        slow("closed"),
                        slow("first_token"));
    }

    private static String slow(String what) {
        return """
        SELECT name, cell, sum(n) AS n, coalesce(sum(n) FILTER (WHERE log > bound), 0) AS slow
        FROM (
            SELECT name, cell, unnest(%1$s_logs) AS log, unnest(%1$s_counts) AS n FROM seen)
        JOIN (SELECT name, %2$s AS bound FROM (%3$s) GROUP BY name) USING (name)
        GROUP BY name, cell\
        """
                .formatted(what, SLOW, Rollup.histogram("name, ", what, "seen"));
    }

    private List<History> series(Table table) {
        Map<String, Map<Instant, Cell>> names = new LinkedHashMap<>();
        for (List<@Nullable Object> row : table.rows()) {
            if (row.get(0) instanceof String name && row.get(1) instanceof Instant at) {
                names.computeIfAbsent(name, n -> new HashMap<>()).put(at, cell(row));
            }
        }
        List<History> series = new ArrayList<>();
        names.forEach((name, cells) -> series.add(series(name, cells)));
        return series;
    }

    private History series(String name, Map<Instant, Cell> found) {
        int size = (int) Duration.between(from, until).dividedBy(Rollup.WIDTH);
        List<Cell> cells = new ArrayList<>(Collections.nCopies(size, Cell.NONE));
        Map<Long, Cell> hours = new HashMap<>();
        found.forEach((at, cell) -> {
            if (at.isBefore(from)) {
                hours.put(History.hour(at), cell);
            } else {
                cells.set((int) Duration.between(from, at).dividedBy(Rollup.WIDTH), cell);
            }
        });
        return new History(scope.word(), name, from, cells, hours);
    }

    private static Cell cell(List<@Nullable Object> row) {
        return new Cell(
                number(row, 2),
                number(row, 3),
                number(row, 4),
                number(row, 5),
                number(row, 6),
                number(row, 7),
                number(row, 8),
                number(row, 9));
    }

    private static long number(List<@Nullable Object> row, int column) {
        return row.get(column) instanceof Long number ? number : 0;
    }
}
