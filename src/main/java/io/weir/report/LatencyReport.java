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
    /** The pace of a stream after its first token, which the time to it would hide. */
    private static final String TOKEN_TIME =
            "quantile_cont(CASE WHEN stream AND %s > 1 THEN (last_byte_us - first_token_us) / (%s - 1) END, 0.5)"
                    .formatted(Words.OUTPUT, Words.OUTPUT);

    private static final List<Measure> MEASURES =
            List.of(
                    Measure.CALLS,
                    Latencies.P50_MS,
                    Latencies.P90_MS,
                    Latencies.P95_MS,
                    Latencies.P99_MS,
                    Latencies.MAX_MS,
                    Latencies.FIRST_TOKEN_P50_MS,
                    Latencies.FIRST_TOKEN_P95_MS,
                    new Measure("output_token_p50_ms", Unit.MS, Words.ms(TOKEN_TIME)),
                    Latencies.OVERHEAD_P50_US,
                    Latencies.OVERHEAD_P99_US,
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
        return new Grouping(query.timed(), MEASURES, "calls").of(store);
    }
}
