package io.weir.report;

import io.weir.report.Measure.Rolled;
import io.weir.store.Unit;
import java.util.List;

/** The figures about money, each under one name everywhere. */
public final class SpendMeasures {
    private static final String PRICED = "cost_state = 'priced'";

    /** Calls with a price. */
    public static final Measure PRICED_CALLS = Measure.count("priced_calls", PRICED);

    /** Calls whose tokens the provider counted. */
    public static final Measure PROVIDER_CALLS =
            Measure.count("provider_calls", "usage_confidence = 'provider'");

    /** What was spent on tokens that the provider itself counted. */
    public static final Measure PROVIDER_COST =
            cost("provider_cost_nano_usd", "usage_confidence = 'provider'");

    /** What was spent on tokens that Weir counted, because the provider gave none. */
    public static final Measure ESTIMATED_COST =
            cost("estimated_cost_nano_usd", "usage_confidence = 'estimated'");

    /** What was spent on calls that were cut, so that more may be billed. */
    public static final Measure PARTIAL_COST =
            cost("partial_cost_nano_usd", "usage_confidence = 'partial'");

    /** What a call with a price costs. */
    public static final Measure COST_PER_CALL =
            rate(
                    "cost_per_call_nano_usd",
                    "sum(cost_nano_usd) FILTER (WHERE %s)".formatted(PRICED),
                    Words.count(PRICED),
                    Rollup.count(PRICED));

    /** What a thousand tokens of answers cost, their prompts included. */
    public static final Measure COST_PER_1K_OUTPUT_TOKENS =
            rate(
                    "cost_per_1k_output_tokens_nano_usd",
                    "1000 * sum(cost_nano_usd) FILTER (WHERE %s)".formatted(PRICED),
                    "sum(%s) FILTER (WHERE %s)".formatted(Words.OUTPUT, PRICED),
                    "sum(%s) FILTER (WHERE %s)".formatted(Words.OUTPUT, PRICED));

    /** Tokens of calls that should have a price and have none. */
    public static final Measure UNPRICED_TOKENS =
            Measure.sum(
                    "unpriced_tokens",
                    Unit.TOKENS,
                    "coalesce(sum(%s + %s) FILTER (WHERE cost_state = 'unpriced'), 0)"
                            .formatted(Words.INPUT, Words.OUTPUT));

    /** Tokens of prompts that the provider had in its cache. */
    public static final Measure CACHE_READ_TOKENS =
            Measure.sum("cache_read_tokens", Unit.TOKENS, "coalesce(sum(cache_read_tokens), 0)");

    /** The part of the prompts' tokens that the provider had in its cache. */
    public static final Measure CACHE_SHARE =
            Measure.sum(
                    "cache_share",
                    Unit.SHARE,
                    "sum(cache_read_tokens) / nullif(sum(%s), 0)".formatted(Words.INPUT));

    /** Calls that were answered by Weir's own cache, and so cost nothing. */
    public static final Measure CACHE_HITS = Measure.count("cache_hits", "cache = 'hit'");

    /** What those would have cost, as far as that is known. */
    public static final Measure CACHE_SAVED =
            Measure.sum(
                    "cache_saved_nano_usd",
                    Unit.NANO_USD,
                    "coalesce(sum(cache_saved_nano_usd), 0)");

    /** What a page about money shows of any group of calls. */
    public static final List<Measure> ALL =
            List.of(
                    Measure.CALLS,
                    Measures.COST,
                    PRICED_CALLS,
                    Measures.UNPRICED_CALLS,
                    UNPRICED_TOKENS,
                    PROVIDER_CALLS,
                    PROVIDER_COST,
                    ESTIMATED_COST,
                    PARTIAL_COST,
                    Measures.ESTIMATED_CALLS,
                    Measures.PARTIAL_CALLS,
                    COST_PER_CALL,
                    COST_PER_1K_OUTPUT_TOKENS,
                    Measures.INPUT_TOKENS,
                    Measures.OUTPUT_TOKENS,
                    CACHE_READ_TOKENS,
                    CACHE_SHARE,
                    CACHE_HITS,
                    CACHE_SAVED);

    private SpendMeasures() {}

    private static Measure cost(String name, String condition) {
        return Measure.sum(name, Unit.NANO_USD, Words.cost(condition));
    }

    private static Measure rate(String name, String amount, String of, String rolledOf) {
        return new Measure(
                name,
                Unit.NANO_USD,
                nearest(amount, of),
                new Rolled.Sum(nearest(amount, rolledOf)));
    }

    /** Rounded to the nearest whole nano-dollar, in integers. */
    private static String nearest(String amount, String of) {
        return "(%s + (%s) // 2) // nullif(%s, 0)".formatted(amount, of, of);
    }
}
