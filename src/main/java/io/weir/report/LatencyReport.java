package io.weir.report;

import io.weir.store.CallStore;
import io.weir.store.StoreUnavailable;
import io.weir.store.Table;
import io.weir.store.Unit;
import java.util.List;

/**
 * How long calls take. Calls that Weir refused are left out: they are over in no time and would
 * make everything look faster.
 */
final class LatencyReport implements Report {
    private static final String LATENCY = "quantile_cont(closed_us, [0.5, 0.9, 0.95, 0.99])";
    private static final String FIRST_TOKEN =
            "(quantile_cont(first_token_us, [0.5, 0.95]) FILTER (WHERE stream))";
    private static final String OVERHEAD =
            "quantile_cont(greatest(closed_us - upstream_us, 0), [0.5, 0.99])";

    /** The pace of a stream after its first token, which the time to it would hide. */
    private static final String TOKEN_TIME =
            "quantile_cont(CASE WHEN stream AND %s > 1 THEN (last_byte_us - first_token_us) / (%s - 1) END, 0.5)"
                    .formatted(Words.OUTPUT, Words.OUTPUT);

    private static final List<Measure> MEASURES =
            List.of(
                    Measure.CALLS,
                    new Measure("p50_ms", Unit.MS, Words.ms(LATENCY + "[1]")),
                    new Measure("p90_ms", Unit.MS, Words.ms(LATENCY + "[2]")),
                    new Measure("p95_ms", Unit.MS, Words.ms(LATENCY + "[3]")),
                    new Measure("p99_ms", Unit.MS, Words.ms(LATENCY + "[4]")),
                    new Measure("max_ms", Unit.MS, Words.ms("max(closed_us)")),
                    new Measure("first_token_p50_ms", Unit.MS, Words.ms(FIRST_TOKEN + "[1]")),
                    new Measure("first_token_p95_ms", Unit.MS, Words.ms(FIRST_TOKEN + "[2]")),
                    new Measure("output_token_p50_ms", Unit.MS, Words.ms(TOKEN_TIME)),
                    new Measure("overhead_p50_us", Unit.US, OVERHEAD + "[1]"),
                    new Measure("overhead_p99_us", Unit.US, OVERHEAD + "[2]"),
                    new Measure(
                            "output_tokens_per_second",
                            Unit.PER_SECOND,
                            "sum(%s) * 1e6 / nullif(sum(closed_us) FILTER (WHERE %s > 0), 0)"
                                    .formatted(Words.OUTPUT, Words.OUTPUT)));

    @Override
    public String name() {
        return "latency";
    }

    @Override
    public String summary() {
        return "How long calls take, to their end and to their first token, and what Weir adds; without calls that Weir refused.";
    }

    @Override
    public Table run(ReportQuery query, CallStore store) throws StoreUnavailable {
        return new Grouping(query.notRefused(), MEASURES, "calls").of(store);
    }
}
