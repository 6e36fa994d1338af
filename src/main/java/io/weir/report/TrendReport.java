package io.weir.report;

import io.weir.store.CallStore;
import io.weir.store.Column;
import io.weir.store.Condition;
import io.weir.store.StoreUnavailable;
import io.weir.store.Table;
import io.weir.store.Unit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How the figures go over time, a row a step and group. It reads the sums of calls by five minutes
 * where the time is long or the calls are gone, else the calls themselves; its percentiles are then
 * at most 2.5 % beside.
 */
final class TrendReport implements Report {
    /** Up to here the calls themselves are read fast enough. */
    private static final Duration SHORT = Duration.ofDays(2);

    private static final List<Column> COLUMNS =
            List.of(
                    new Column("calls", Unit.CALLS),
                    new Column("errors", Unit.CALLS),
                    new Column("error_rate", Unit.SHARE),
                    new Column("p50_ms", Unit.MS),
                    new Column("p95_ms", Unit.MS),
                    new Column("p99_ms", Unit.MS),
                    new Column("first_token_p95_ms", Unit.MS),
                    new Column("total_input_tokens", Unit.TOKENS),
                    new Column("total_output_tokens", Unit.TOKENS),
                    new Column("cost_nano_usd", Unit.NANO_USD),
                    new Column("source", Unit.TEXT));

    @Override
    public String name() {
        return "trend";
    }

    @Override
    public String summary() {
        return "How calls, errors, latency, tokens and cost go over time, by --step 5m, 1h or 1d; long times from sums of five minutes.";
    }

    @Override
    public Table run(ReportQuery query, CallStore store) throws StoreUnavailable {
        Step step = query.step() == null ? fitting(query) : query.step();
        List<Column> columns = new ArrayList<>();
        columns.add(new Column("time", Unit.TIME));
        query.by().forEach(dimension -> columns.add(dimension.column()));
        columns.addAll(COLUMNS);
        Instant since = step.start(query.since());
        Condition condition = query.filter().since(since).until(query.until()).condition();
        String sql =
                fromRollups(query, since, store)
                        ? rollups(step, query.by(), condition.sql())
                        : calls(step, query.by(), condition.sql());
        return store.table(sql, condition.parameters(), columns);
    }

    private static Step fitting(ReportQuery query) {
        return Step.fitting(query.since(), query.until());
    }

    private static boolean fromRollups(ReportQuery query, Instant since, CallStore store)
            throws StoreUnavailable {
        boolean possible =
                query.filter().rolledUp() && query.by().stream().allMatch(Dimension::rolledUp);
        boolean isLong = Duration.between(since, query.until()).compareTo(SHORT) > 0;
        return possible && (isLong || callsAreGone(since, store));
    }

    private static boolean callsAreGone(Instant since, CallStore store) throws StoreUnavailable {
        String sql =
                """
                SELECT (SELECT min(received_at) FROM rollups WHERE received_at >= ?)
                    < coalesce((SELECT time_bucket(INTERVAL 5 MINUTE, min(received_at)) FROM calls),
                        'infinity'::TIMESTAMP)
                """;
        List<Column> gone = List.of(new Column("gone", Unit.FLAG));
        return Boolean.TRUE.equals(store.table(sql, List.of(since), gone).cell(0, "gone"));
    }

    private static String calls(Step step, List<Dimension> by, String condition) {
        return """
        SELECT time_bucket(%1$s, received_at) AS step, %2$s count(*) AS calls, count(%3$s),
            count(%3$s) / count(*), %4$s, %5$s, %6$s, %7$s,
            sum(%8$s), sum(%9$s), %10$s, 'calls'
        FROM calls WHERE %11$s GROUP BY step%12$s ORDER BY step, calls DESC%12$s
        """
                .formatted(
                        step.sql(),
                        selected(by),
                        Words.ERROR,
                        exact("closed_us", 0.5, "outcome <> 'refused'"),
                        exact("closed_us", 0.95, "outcome <> 'refused'"),
                        exact("closed_us", 0.99, "outcome <> 'refused'"),
                        exact("first_token_us", 0.95, "stream"),
                        Words.INPUT,
                        Words.OUTPUT,
                        Words.cost("true"),
                        condition,
                        names(by));
    }

    private static String exact(String micros, double share, String condition) {
        return Words.ms(
                "quantile_cont(%s, %s) FILTER (WHERE %s)".formatted(micros, share, condition));
    }

    private static String rollups(Step step, List<Dimension> by, String condition) {
        String names = names(by);
        String groups = "step" + names + ", ";
        return """
        WITH seen AS NOT MATERIALIZED (
            SELECT time_bucket(%2$s, received_at) AS step, %3$s * FROM rollups WHERE %4$s),
        sums AS (
            SELECT step%1$s, sum(calls)::BIGINT AS calls,
                coalesce(sum(calls) FILTER (WHERE %5$s IS NOT NULL), 0)::BIGINT AS errors,
                sum(%6$s) AS input, sum(%7$s) AS output, %8$s AS cost
            FROM seen GROUP BY step%1$s),
        closed AS (SELECT step%1$s, %9$s AS p50, %10$s AS p95, %11$s AS p99 FROM (%12$s) GROUP BY ALL),
        first_token AS (SELECT step%1$s, %10$s AS first_p95 FROM (%13$s) GROUP BY ALL)
        SELECT sums.step%14$s, calls, errors, errors / calls, p50, p95, p99, first_p95, input,
            output, cost, 'rollups'
        FROM sums LEFT JOIN closed ON %15$s LEFT JOIN first_token ON %16$s
        ORDER BY sums.step, calls DESC%14$s
        """
                .formatted(
                        names,
                        step.sql(),
                        selected(by),
                        condition,
                        Words.ERROR,
                        Words.INPUT,
                        Words.OUTPUT,
                        Words.cost("true"),
                        Rollup.ms(0.5),
                        Rollup.ms(0.95),
                        Rollup.ms(0.99),
                        Rollup.histogram(groups, "closed", "seen"),
                        Rollup.histogram(groups, "first_token", "seen"),
                        names.replace("by_", "sums.by_"),
                        sameGroup(by, "closed"),
                        sameGroup(by, "first_token"));
    }

    /** A group's name may be missing: nothing is not distinct from nothing. */
    private static String sameGroup(List<Dimension> by, String other) {
        return "sums.step = %s.step".formatted(other)
                + by.stream()
                        .map(d ->
                                " AND sums.by_%2$s IS NOT DISTINCT FROM %1$s.by_%2$s"
                                        .formatted(other, d.word()))
                        .collect(Collectors.joining());
    }

    private static String selected(List<Dimension> by) {
        return by.stream()
                .map(d -> d.sql() + " AS by_" + d.word() + ", ")
                .collect(Collectors.joining());
    }

    private static String names(List<Dimension> by) {
        return by.stream().map(d -> ", by_" + d.word()).collect(Collectors.joining());
    }
}
