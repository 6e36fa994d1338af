package io.weir.report;

import io.weir.store.CallStore;
import io.weir.store.StoreUnavailable;
import io.weir.store.Table;
import io.weir.store.Unit;
import java.util.ArrayList;
import java.util.List;

/**
 * How long calls take and where in them the time goes. Calls that Weir refused, or answered from
 * its cache, are left out: they are over in no time and would make everything look faster.
 */
public final class Latencies {
    private static final String LATENCY = "quantile_cont(closed_us, [0.5, 0.9, 0.95, 0.99])";
    private static final String FIRST_TOKEN =
            "(quantile_cont(first_token_us, [0.5, 0.95]) FILTER (WHERE stream))";
    private static final String OVERHEAD =
            "quantile_cont(CASE WHEN closed_us IS NOT NULL THEN greatest(closed_us - upstream_us, 0) END, [0.5, 0.99])";

    /** Tokens per second of a stream after its first one, which the wait for it would hide. */
    private static final String PACE =
            "quantile_cont(CASE WHEN stream AND %1$s > 1 AND last_byte_us > first_token_us THEN (%1$s - 1) * 1e6 / (last_byte_us - first_token_us) END, [0.5, 0.1])"
                    .formatted(Words.OUTPUT);

    /** Half of the calls take no longer. */
    public static final Measure P50_MS = latency("p50_ms", LATENCY + "[1]", 0.5);

    /** One call in ten takes longer. */
    public static final Measure P90_MS = latency("p90_ms", LATENCY + "[2]", 0.9);

    /** One call in twenty takes longer. */
    public static final Measure P95_MS = latency("p95_ms", LATENCY + "[3]", 0.95);

    /** One call in a hundred takes longer. */
    public static final Measure P99_MS = latency("p99_ms", LATENCY + "[4]", 0.99);

    /** No call takes longer. */
    public static final Measure MAX_MS = new Measure("max_ms", Unit.MS, Words.ms("max(closed_us)"));

    /** Half of the streams begin to speak by then. */
    public static final Measure FIRST_TOKEN_P50_MS =
            firstToken("first_token_p50_ms", FIRST_TOKEN + "[1]", 0.5);

    /** One stream in twenty begins to speak later. */
    public static final Measure FIRST_TOKEN_P95_MS =
            firstToken("first_token_p95_ms", FIRST_TOKEN + "[2]", 0.95);

    /** Half of the calls spend no more than that elsewhere than waiting for an upstream. */
    public static final Measure OVERHEAD_P50_US =
            Measure.quantile("overhead_p50_us", Unit.US, OVERHEAD + "[1]", Histogram.OVERHEAD, 0.5);

    /** One call in a hundred spends more than that elsewhere than waiting for an upstream. */
    public static final Measure OVERHEAD_P99_US =
            Measure.quantile(
                    "overhead_p99_us", Unit.US, OVERHEAD + "[2]", Histogram.OVERHEAD, 0.99);

    /** Half of the streams write faster, once they have begun. */
    public static final Measure PACE_P50 = pace("stream_tokens_per_second_p50", PACE + "[1]", 0.5);

    /** One stream in ten writes slower. */
    public static final Measure PACE_P10 = pace("stream_tokens_per_second_p10", PACE + "[2]", 0.1);

    /** What is worth knowing of any group of calls: the phases come last. */
    public static final List<Measure> ALL = all();

    private Latencies() {}

    /** All of them for each step. */
    public static Table overTime(CallStore store, ReportQuery query, Steps steps)
            throws StoreUnavailable {
        return Series.of(store, query.ungrouped().timed(), steps, ALL);
    }

    /** All of them, now and before, of all calls and of each group of a dimension. */
    public static Comparison compared(CallStore store, ReportQuery query, Dimension dimension)
            throws StoreUnavailable {
        return Comparison.of(store, query.timed(), List.of(dimension), ALL, Measure.CALLS);
    }

    private static List<Measure> all() {
        List<Measure> all = new ArrayList<>();
        all.add(Measure.CALLS);
        all.addAll(List.of(P50_MS, P90_MS, P95_MS, P99_MS));
        all.addAll(List.of(FIRST_TOKEN_P50_MS, FIRST_TOKEN_P95_MS, PACE_P50, PACE_P10));
        all.addAll(List.of(OVERHEAD_P50_US, OVERHEAD_P99_US));
        for (Phase phase : Phase.values()) {
            all.add(phase.measure());
        }
        return List.copyOf(all);
    }

    private static Measure latency(String name, String micros, double share) {
        return Measure.quantile(name, Unit.MS, Words.ms(micros), Histogram.CLOSED, share);
    }

    private static Measure firstToken(String name, String micros, double share) {
        return Measure.quantile(name, Unit.MS, Words.ms(micros), Histogram.FIRST_TOKEN, share);
    }

    private static Measure pace(String name, String sql, double share) {
        return Measure.quantile(name, Unit.PER_SECOND, sql, Histogram.PACE, share);
    }
}
