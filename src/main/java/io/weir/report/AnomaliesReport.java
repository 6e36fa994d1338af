package io.weir.report;

import io.weir.store.CallStore;
import io.weir.store.Column;
import io.weir.store.StoreUnavailable;
import io.weir.store.Table;
import io.weir.store.Unit;
import java.time.Duration;
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
        AnomalyFinder finder = new AnomalyFinder(store, query.filter(), scopes(query));
        return table(finder.between(query.since(), query.until()));
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
        List<Dimension> asked = AnomalyFinder.SCOPES.stream().filter(query.by()::contains).toList();
        return asked.isEmpty() ? AnomalyFinder.SCOPES : asked;
    }

    /** A row each, the latest first. */
    static Table table(List<Anomaly> found) {
        return new Table(
                COLUMNS,
                found.stream()
                        .sorted(
                                Comparator.comparing(Anomaly::from)
                                        .reversed()
                                        .thenComparing(Anomaly::score, Comparator.reverseOrder())
                                        .thenComparing(Anomaly::name)
                                        .thenComparing(Anomaly::kind))
                        .map(AnomaliesReport::row)
                        .toList());
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
