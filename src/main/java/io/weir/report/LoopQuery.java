package io.weir.report;

import io.weir.store.CallFilter;
import io.weir.store.CallStore;
import io.weir.store.Column;
import io.weir.store.Condition;
import io.weir.store.StoreUnavailable;
import io.weir.store.Unit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the same call made again and again: of one key, to one model, of a size that differs by no
 * more than 4 %, at short regular intervals.
 */
final class LoopQuery {
    private static final Duration PAST = Duration.ofDays(7);

    /** One in seven seconds: a health check is rarer. */
    private static final long LEAST_CALLS = 40;

    private static final List<Column> COLUMNS =
            List.of(
                    new Column("key", Unit.TEXT),
                    new Column("model", Unit.TEXT),
                    new Column("endpoint", Unit.TEXT),
                    new Column("grid", Unit.NUMBER),
                    new Column("size", Unit.NUMBER),
                    new Column("cell", Unit.TIME),
                    new Column("calls", Unit.CALLS),
                    new Column("cost_nano_usd", Unit.NANO_USD),
                    new Column("short_gap_us", Unit.US),
                    new Column("long_gap_us", Unit.US),
                    new Column("key_since", Unit.TIME));

    private final Instant from;
    private final Instant until;
    private final CallFilter filter;

    LoopQuery(Instant from, Instant until, CallFilter filter) {
        this.from = from;
        this.until = until;
        this.filter = filter;
    }

    List<Anomaly> of(CallStore store) throws StoreUnavailable {
        Condition condition = filter.since(from.minus(PAST)).until(until).condition();
        List<Object> parameters = new ArrayList<>(condition.parameters());
        parameters.add(from);
        Map<Repeated, RepeatedCells> groups = new LinkedHashMap<>();
        for (List<@Nullable Object> row :
                store.table(sql(condition.sql()), parameters, COLUMNS).rows()) {
            add(row, groups);
        }
        List<Anomaly> loops = new ArrayList<>();
        groups.forEach((group, cells) ->
                cells.loops(group.key, group.model, from, until, LEAST_CALLS)
                        .forEach(loop -> addOnce(loop, loops)));
        return loops;
    }

    /** Two grids of sizes, one half a step beside the other, so that no edge cuts a loop in two. */
    private static String sql(String condition) {
        return """
        WITH seen AS (
            SELECT key_name AS name, coalesce(%2$s, '') AS model, endpoint, grid,
                floor(ln(request_bytes + 1) * 25 + grid / 2)::BIGINT AS size,
                time_bucket(INTERVAL 5 MINUTE, received_at) AS cell, received_at, cost_nano_usd
            FROM calls, (VALUES (0), (1)) AS grids (grid)
            WHERE key_name IS NOT NULL AND %1$s),
        looping AS (
            SELECT DISTINCT name, model, endpoint, grid, size FROM (
                SELECT name, model, endpoint, grid, size, cell FROM seen WHERE cell >= ?
                GROUP BY ALL HAVING count(*) >= %3$d)),
        gaps AS (
            SELECT *, epoch_us(received_at) - epoch_us(lag(received_at) OVER (
                PARTITION BY name, model, endpoint, grid, size ORDER BY received_at)) AS gap
            FROM seen SEMI JOIN looping USING (name, model, endpoint, grid, size)),
        known AS (SELECT name, min(cell) AS since FROM seen GROUP BY name)
        SELECT name, model, endpoint, grid, size, cell, count(*), coalesce(sum(cost_nano_usd), 0),
            quantile_cont(gap, 0.25), quantile_cont(gap, 0.75), any_value(since)
        FROM gaps JOIN known USING (name)
        GROUP BY name, model, endpoint, grid, size, cell
        ORDER BY name, model, endpoint, grid, size, cell
        """
                .formatted(condition, Words.MODEL, LEAST_CALLS);
    }

    /** Of the same loop in both grids the one that has more of it stays. */
    private static void addOnce(Anomaly loop, List<Anomaly> loops) {
        for (int i = 0; i < loops.size(); i++) {
            Anomaly other = loops.get(i);
            if (loop.overlaps(other)) {
                if (loop.calls() > other.calls()) {
                    loops.set(i, loop);
                }
                return;
            }
        }
        loops.add(loop);
    }

    private static void add(List<@Nullable Object> row, Map<Repeated, RepeatedCells> groups) {
        if (row.get(5) instanceof Instant cell
                && row.get(6) instanceof Long calls
                && row.get(7) instanceof Long cost
                && row.get(10) instanceof Instant keySince) {
            Repeated group =
                    new Repeated(
                            String.valueOf(row.get(0)),
                            String.valueOf(row.get(1)),
                            row.subList(2, 5).toString());
            double shortGap = row.get(8) instanceof Double gap ? gap : 0;
            double longGap = row.get(9) instanceof Double gap ? gap : Double.POSITIVE_INFINITY;
            groups.computeIfAbsent(group, g -> new RepeatedCells(keySince))
                    .add(new RepeatedCells.One(cell, calls, cost, shortGap, longGap));
        }
    }

    /**
     * Calls that are as good as the same.
     *
     * @param rest endpoint, grid and size
     */
    private record Repeated(String key, String model, String rest) {}
}
