package io.weir.report;

import io.weir.report.Measure.Rolled;
import io.weir.store.Unit;
import java.util.List;
import java.util.Set;

/** The figures that pages show, each under one name everywhere. */
public final class Measures {
    /** Calls that failed, wherever. */
    public static final Measure ERRORS = Measure.count("errors", Words.FAILED);

    /** The part of the calls that failed. */
    public static final Measure ERROR_RATE =
            new Measure(
                    "error_rate",
                    Unit.SHARE,
                    Words.count(Words.FAILED) + " / nullif(count(*), 0)",
                    new Rolled.Sum(Rollup.count(Words.FAILED) + " / nullif(sum(calls), 0)"));

    /** Half of the calls take no longer; without those that were over at once. */
    public static final Measure P50_MS = latency("p50_ms", 0.5, 1);

    /** One call in twenty takes longer. */
    public static final Measure P95_MS = latency("p95_ms", 0.95, 2);

    /** One call in a hundred takes longer. */
    public static final Measure P99_MS = latency("p99_ms", 0.99, 3);

    /** Half of the streams begin to speak by then. */
    public static final Measure FIRST_TOKEN_P50_MS =
            Measure.quantile(
                    "first_token_p50_ms",
                    Unit.MS,
                    Words.ms("(quantile_cont(first_token_us, 0.5) FILTER (WHERE stream))"),
                    Histogram.FIRST_TOKEN,
                    0.5);

    /** One stream in twenty begins to speak later. */
    public static final Measure FIRST_TOKEN_P95_MS =
            Measure.quantile(
                    "first_token_p95_ms",
                    Unit.MS,
                    Words.ms("(quantile_cont(first_token_us, 0.95) FILTER (WHERE stream))"),
                    Histogram.FIRST_TOKEN,
                    0.95);

    /** Tokens of prompts, cached ones included. */
    public static final Measure INPUT_TOKENS =
            Measure.sum("input_tokens", Unit.TOKENS, "coalesce(sum(" + Words.INPUT + "), 0)");

    /** Tokens of answers, reasoning included. */
    public static final Measure OUTPUT_TOKENS =
            Measure.sum("output_tokens", Unit.TOKENS, "coalesce(sum(" + Words.OUTPUT + "), 0)");

    /** All tokens. */
    public static final Measure TOKENS =
            Measure.sum(
                    "tokens",
                    Unit.TOKENS,
                    "coalesce(sum(" + Words.INPUT + " + " + Words.OUTPUT + "), 0)");

    /** What the calls cost that have a price. */
    public static final Measure COST =
            Measure.sum("cost_nano_usd", Unit.NANO_USD, Words.cost("true"));

    /** Calls that should have a price and have none. */
    public static final Measure UNPRICED_CALLS =
            Measure.count("unpriced_calls", "cost_state = 'unpriced'");

    /** Calls whose tokens Weir counted, because the provider gave no usage. */
    public static final Measure ESTIMATED_CALLS = confidence("estimated");

    /** Calls that were cut, so that more may be billed than was counted. */
    public static final Measure PARTIAL_CALLS = confidence("partial");

    /** What an overview of any group of calls shows. */
    public static final List<Measure> OVERVIEW =
            List.of(
                    Measure.CALLS,
                    ERRORS,
                    ERROR_RATE,
                    P50_MS,
                    P95_MS,
                    P99_MS,
                    FIRST_TOKEN_P50_MS,
                    INPUT_TOKENS,
                    OUTPUT_TOKENS,
                    COST,
                    UNPRICED_CALLS,
                    ESTIMATED_CALLS,
                    PARTIAL_CALLS);

    private Measures() {}

    /** Calls that failed in one of those ways, as a part of all. */
    public static Measure errorRate(Set<FailureClass> classes) {
        String failed = FailureClass.among(classes);
        return new Measure(
                "error_rate",
                Unit.SHARE,
                Words.count(failed) + " / nullif(count(*), 0)",
                new Rolled.Sum(Rollup.count(failed) + " / nullif(sum(calls), 0)"));
    }

    /** One aggregate for all three, which the database then works out once. */
    private static Measure latency(String name, double share, int which) {
        return Measure.quantile(
                name,
                Unit.MS,
                Words.ms(
                        "(quantile_cont(closed_us, [0.5, 0.95, 0.99]) FILTER (WHERE "
                                + Words.TIMED
                                + "))["
                                + which
                                + "]"),
                Histogram.CLOSED,
                share);
    }

    private static Measure confidence(String word) {
        return Measure.count(word + "_calls", "usage_confidence = '" + word + "'");
    }
}
