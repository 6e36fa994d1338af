package io.weir.report;

import io.weir.report.Anomaly.Kind;
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
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is out of the usual, key by key and model by model, each measured against its own past. Five
 * minutes that are not over are not judged, nor is anything of which less than half an hour is
 * known.
 */
final class AnomaliesReport implements Report {
    private static final Duration LONGEST = Duration.ofDays(31);

    /** A median latency may stay where it is while more calls are slow; this much must show. */
    private static final double LEAST_FACTOR_OF_LATENCY = 1.3;

    private static final List<Column> COLUMNS =
            List.of(
                    new Column("kind", Unit.TEXT),
                    new Column("scope", Unit.TEXT),
                    new Column("name", Unit.TEXT),
                    new Column("from", Unit.TIME),
                    new Column("until", Unit.TIME),
                    new Column("over", Unit.FLAG),
                    new Column("measure", Unit.TEXT),
                    new Column("observed", Unit.NUMBER),
                    new Column("usual", Unit.NUMBER),
                    new Column("factor", Unit.RATIO),
                    new Column("score", Unit.NUMBER),
                    new Column("calls", Unit.CALLS),
                    new Column("cost_nano_usd", Unit.NANO_USD),
                    new Column("filter", Unit.TEXT),
                    new Column("reads", Unit.SENTENCE));

    private static final List<Column> PERCENTILES =
            List.of(new Column("usual", Unit.MS), new Column("observed", Unit.MS));

    @Override
    public String name() {
        return "anomalies";
    }

    @Override
    public String summary() {
        return "What is out of the usual for a key or a model: errors, latency, calls, spend, size, loops; nothing to configure.";
    }

    @Override
    public Table run(ReportQuery query, CallStore store) throws StoreUnavailable {
        check(query);
        Instant until = Rollup.start(query.until());
        Instant from = Rollup.start(query.since(), Duration.ofHours(1));
        List<Anomaly> found = new ArrayList<>();
        if (from.isBefore(until)) {
            for (Dimension scope : scopes(query)) {
                HistoryQuery question = new HistoryQuery(scope, from, until, query.filter());
                for (History series : question.of(store)) {
                    found.addAll(AnomalySearch.in(series));
                }
            }
            if (scopes(query).contains(Dimension.KEY)) {
                found.addAll(new LoopQuery(from, until, query.filter()).of(store));
            }
        }
        return table(found, query, store);
    }

    private static void check(ReportQuery query) {
        if (!query.filter().rolledUp()) {
            throw new IllegalArgumentException(
                    "anomalies are looked for by model, key, project, endpoint, outcome, error, status, upstream and stream, not by user, id or latency");
        }
        if (Duration.between(query.since(), query.until()).compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "anomalies are looked for in at most 31 days at once: ask for a shorter time");
        }
    }

    private static List<Dimension> scopes(ReportQuery query) {
        List<Dimension> scopes = List.of(Dimension.KEY, Dimension.MODEL);
        List<Dimension> asked = scopes.stream().filter(query.by()::contains).toList();
        return asked.isEmpty() ? scopes : asked;
    }

    private static Table table(List<Anomaly> found, ReportQuery query, CallStore store)
            throws StoreUnavailable {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        found.sort(
                Comparator.comparing(Anomaly::from)
                        .reversed()
                        .thenComparing(Anomaly::score, Comparator.reverseOrder())
                        .thenComparing(Anomaly::name)
                        .thenComparing(Anomaly::kind));
        for (Anomaly anomaly : found) {
            if (anomaly.until().isAfter(query.since())) {
                Anomaly measured = measured(anomaly, query.filter(), store);
                if (matters(measured)) {
                    rows.add(row(measured));
                }
            }
        }
        return new Table(COLUMNS, rows);
    }

    private static boolean matters(Anomaly anomaly) {
        return !isLatency(anomaly) || anomaly.factor() >= LEAST_FACTOR_OF_LATENCY;
    }

    private static boolean isLatency(Anomaly anomaly) {
        return anomaly.kind() == Kind.LATENCY || anomaly.kind() == Kind.FIRST_TOKEN;
    }

    /** A share of slow calls as what it means: the percentile then and before. */
    private static Anomaly measured(Anomaly anomaly, CallFilter filter, CallStore store)
            throws StoreUnavailable {
        if (!isLatency(anomaly)) {
            return anomaly;
        }
        CallFilter of = filter.with(anomaly.scope(), anomaly.name());
        Condition condition =
                of.since(anomaly.from().minus(HistoryQuery.PAST))
                        .until(anomaly.until())
                        .condition();
        String sql =
                "SELECT max(p) FILTER (WHERE NOT later), max(p) FILTER (WHERE later) FROM (SELECT later, "
                        + Rollup.ms(0.95)
                        + " AS p FROM ("
                        + Rollup.histogram(
                                "later, ",
                                anomaly.kind() == Kind.LATENCY ? "closed" : "first_token",
                                "(SELECT *, received_at >= ? AS later FROM rollups WHERE "
                                        + condition.sql()
                                        + ")")
                        + ") GROUP BY later)";
        List<Object> parameters = new ArrayList<>();
        parameters.add(anomaly.from());
        parameters.addAll(condition.parameters());
        List<@Nullable Object> row = store.table(sql, parameters, PERCENTILES).rows().getFirst();
        return row.get(0) instanceof Double usual && row.get(1) instanceof Double observed
                ? anomaly.measured(observed, usual)
                : anomaly;
    }

    private static List<@Nullable Object> row(Anomaly of) {
        return Arrays.asList(
                of.kind().word(),
                of.scope(),
                of.name(),
                of.from(),
                of.until(),
                of.over(),
                of.kind().measure(),
                rounded(of.observed()),
                rounded(of.usual()),
                Double.isFinite(of.factor()) ? rounded(of.factor()) : null,
                rounded(of.score()),
                of.calls(),
                of.costNanoUsd(),
                AnomalyText.filter(of),
                AnomalyText.line(of));
    }

    private static Double rounded(double value) {
        return Math.rint(value * 1_000) / 1_000;
    }
}
