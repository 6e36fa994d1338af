package io.weir.report;

import io.weir.report.Anomaly.Kind;
import io.weir.store.CallFilter;
import io.weir.store.CallStore;
import io.weir.store.Column;
import io.weir.store.Condition;
import io.weir.store.StoreUnavailable;
import io.weir.store.Unit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds what is out of the usual in a time.
 *
 * @param scopes of {@link Dimension#KEY} and {@link Dimension#MODEL}
 */
record AnomalyFinder(CallStore store, CallFilter filter, List<Dimension> scopes) {
    static final List<Dimension> SCOPES = List.of(Dimension.KEY, Dimension.MODEL);

    /** A median latency may stay where it is while more calls are slow; this much must show. */
    private static final double LEAST_FACTOR_OF_LATENCY = 1.3;

    private static final List<Column> PERCENTILES =
            List.of(new Column("usual", Unit.MS), new Column("observed", Unit.MS));

    /** What was still out of the usual at {@code since}, or became so later. */
    List<Anomaly> between(Instant since, Instant until) throws StoreUnavailable {
        Instant from = Rollup.start(since, Duration.ofHours(1));
        Instant to = Rollup.start(until);
        List<Anomaly> found = new ArrayList<>();
        if (!from.isBefore(to)) {
            return found;
        }
        for (Dimension scope : scopes) {
            for (History history : new HistoryQuery(scope, from, to, filter).of(store)) {
                found.addAll(AnomalySearch.in(history));
            }
        }
        if (scopes.contains(Dimension.KEY)) {
            found.addAll(new LoopQuery(from, to, filter).of(store));
        }
        List<Anomaly> told = new ArrayList<>();
        for (Anomaly anomaly : found) {
            if (anomaly.until().isAfter(since)) {
                Anomaly measured = measured(anomaly);
                if (matters(measured)) {
                    told.add(measured);
                }
            }
        }
        return told;
    }

    private static boolean matters(Anomaly anomaly) {
        return !isLatency(anomaly) || anomaly.factor() >= LEAST_FACTOR_OF_LATENCY;
    }

    private static boolean isLatency(Anomaly anomaly) {
        return anomaly.kind() == Kind.LATENCY || anomaly.kind() == Kind.FIRST_TOKEN;
    }

    /** A share of slow calls as what it means: the percentile then and before. */
    private Anomaly measured(Anomaly anomaly) throws StoreUnavailable {
        if (!isLatency(anomaly)) {
            return anomaly;
        }
        CallFilter of = filter.with(anomaly.scope(), anomaly.name());
        Condition condition =
                of.since(anomaly.from().minus(HistoryQuery.PAST))
                        .until(anomaly.until())
                        .condition();
        Histogram histogram =
                anomaly.kind() == Kind.LATENCY ? Histogram.CLOSED : Histogram.FIRST_TOKEN;
        String sql =
                "SELECT max(p) FILTER (WHERE NOT later), max(p) FILTER (WHERE later) FROM (SELECT later, "
                        + histogram.quantile(0.95)
                        + " AS p FROM ("
                        + Rollup.histogram(
                                "later, ",
                                histogram.word(),
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
}
