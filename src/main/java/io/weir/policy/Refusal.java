package io.weir.policy;

import io.weir.limit.Asked;
import io.weir.limit.Decision;
import io.weir.limit.Measure;
import io.weir.wire.ApiError;
import io.weir.wire.Headers;
import io.weir.wire.Money;
import org.jspecify.annotations.Nullable;

/** A refusal by a limit or a budget, in OpenAI's words, so that SDKs do what they should. */
final class Refusal {
    private static final int TOO_MANY = 429;

    private Refusal() {}

    static ApiError of(Asked asked, Decision.Refused why) {
        return switch (why.reason()) {
            case LIMIT -> limit(asked, why);
            case TOO_LARGE ->
                    ApiError.of(
                            TOO_MANY,
                            type(why.measure()),
                            "rate_limit_exceeded",
                            "Request too large for %s on %s: Limit %d, Requested %d (rule '%s'). Ask for less: a smaller prompt or max_tokens."
                                    .formatted(
                                            model(asked),
                                            words(why.measure()),
                                            why.limit(),
                                            why.wanted(),
                                            why.rule()));
            case BUDGET ->
                    spent(
                            why.rule(),
                            "of $%s%s, and this call may cost $%s"
                                    .formatted(
                                            Money.usd(why.limit()),
                                            of(why.slot()),
                                            Money.usd(why.wanted())));
            case BUDGET_UNKNOWN ->
                    ApiError.of(
                            503,
                            "server_error",
                            "budget_unknown",
                            "What has been spent of the budget '%s' is not known yet. Retry in a moment."
                                    .formatted(why.rule()));
            case UNPRICED ->
                    ApiError.of(
                            403,
                            "invalid_request_error",
                            "model_without_price",
                            "The model %s has no price, and the budget '%s' wants one. Use another model, or have its price entered."
                                    .formatted(model(asked), why.rule()));
            case UNMETERED ->
                    ApiError.of(
                            403,
                            "invalid_request_error",
                            "not_metered",
                            "What this request costs is not metered here, and the budget '%s' allows only what is. Whoever runs this gateway can allow it: unmetered: allow."
                                    .formatted(why.rule()));
        };
    }

    /** The money of a budget is spent. */
    static ApiError spent(String rule, String more) {
        return ApiError.of(
                TOO_MANY,
                "insufficient_quota",
                "insufficient_quota",
                "You exceeded your current quota: the budget '%s' is spent, %s. Ask whoever runs this gateway."
                        .formatted(rule, more));
    }

    /** When to try again, and whether. */
    static Headers fields(Decision.Refused why) {
        if (why.reason() == Decision.Reason.UNPRICED || why.reason() == Decision.Reason.UNMETERED) {
            return Headers.NONE;
        }
        long millis = Math.max(1, Math.ceilDiv(why.after().toNanos(), 1_000_000L));
        boolean worthWhile =
                why.reason() == Decision.Reason.LIMIT
                        || why.reason() == Decision.Reason.BUDGET_UNKNOWN;
        return Headers.of(
                "retry-after",
                Long.toString(Math.ceilDiv(millis, 1_000L)),
                "retry-after-ms",
                Long.toString(millis),
                "x-should-retry",
                Boolean.toString(worthWhile));
    }

    private static ApiError limit(Asked asked, Decision.Refused why) {
        return ApiError.of(
                TOO_MANY,
                type(why.measure()),
                "rate_limit_exceeded",
                "Rate limit reached for %s%s on %s: Limit %d, Used %d, Requested %d (rule '%s'). Please try again in %s."
                        .formatted(
                                model(asked),
                                of(why.slot()),
                                words(why.measure()),
                                why.limit(),
                                why.used(),
                                why.wanted(),
                                why.rule(),
                                Allowance.words(why.after())));
    }

    private static String type(@Nullable Measure measure) {
        return measure != null && measure.countsTokens() ? "tokens" : "requests";
    }

    private static String words(@Nullable Measure measure) {
        return measure == null ? "" : measure.words();
    }

    private static String of(String slot) {
        return slot.isEmpty() ? "" : " of " + slot;
    }

    private static String model(Asked asked) {
        String model = asked.caller().model();
        return model.isEmpty()
                ? "requests"
                : model.length() > 100 ? model.substring(0, 100) + "…" : model;
    }
}
