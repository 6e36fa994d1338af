package io.weir.report;

import io.weir.store.CallStore;
import io.weir.store.StoreUnavailable;
import io.weir.store.Table;
import io.weir.store.Unit;
import java.util.List;

/** The figures one looks at first. */
final class OverviewReport implements Report {
    private static final List<Measure> MEASURES =
            List.of(
                    Measure.CALLS,
                    new Measure("errors", Unit.CALLS, "count(" + Words.ERROR + ")"),
                    new Measure(
                            "error_rate",
                            Unit.SHARE,
                            "count(" + Words.ERROR + ") / nullif(count(*), 0)"),
                    new Measure(
                            "p50_ms",
                            Unit.MS,
                            Words.ms("quantile_cont(closed_us, [0.5, 0.95])[1]")),
                    new Measure(
                            "p95_ms",
                            Unit.MS,
                            Words.ms("quantile_cont(closed_us, [0.5, 0.95])[2]")),
                    new Measure(
                            "total_input_tokens",
                            Unit.TOKENS,
                            "coalesce(sum(" + Words.INPUT + "), 0)"),
                    new Measure(
                            "total_output_tokens",
                            Unit.TOKENS,
                            "coalesce(sum(" + Words.OUTPUT + "), 0)"),
                    new Measure("cost_nano_usd", Unit.NANO_USD, Words.cost("true")),
                    new Measure(
                            "unpriced_calls",
                            Unit.CALLS,
                            "count(*) FILTER (WHERE cost_state = 'unpriced')"),
                    new Measure("keys", Unit.NUMBER, "count(DISTINCT key_id)"),
                    new Measure("models", Unit.NUMBER, "count(DISTINCT " + Words.MODEL + ")"),
                    new Measure("first_call", Unit.TIME, "min(received_at)"),
                    new Measure("last_call", Unit.TIME, "max(received_at)"));

    @Override
    public String name() {
        return "overview";
    }

    @Override
    public String summary() {
        return "The figures one looks at first: calls, errors, latency, tokens, money.";
    }

    @Override
    public Table run(ReportQuery query, CallStore store) throws StoreUnavailable {
        return new Grouping(query, MEASURES, "calls").of(store);
    }
}
