package io.weir.cli;

import io.weir.call.Cost;
import io.weir.wire.Usage;

/**
 * What a call used and cost.
 *
 * @param confidence how well the tokens are known: {@code provider}, {@code estimated}, {@code
 *     partial}, {@code none}
 */
record CallCost(long inputTokens, long outputTokens, String confidence, Cost cost) {
    /** Nothing known about the call. */
    static final CallCost UNKNOWN =
            new CallCost(0, 0, "none", new Cost.Unpriced("the answer carried no usage"));

    /** What the answer itself says. */
    static CallCost of(Usage usage, Cost cost) {
        return new CallCost(usage.inputTotal(), usage.outputTotal(), "provider", cost);
    }

    /** Both together; unknown parts stay out of the sum. */
    CallCost plus(CallCost other) {
        return new CallCost(
                inputTokens + other.inputTokens,
                outputTokens + other.outputTokens,
                confidence,
                sum(cost, other.cost));
    }

    private static Cost sum(Cost one, Cost other) {
        Long left = one.nanoUsdOrNull();
        Long right = other.nanoUsdOrNull();
        if (left == null || right == null) {
            return left == null ? one : other;
        }
        return new Cost.Priced(left + right, "sum");
    }

    /** Tokens and money in one line. */
    String text() {
        String tokens =
                "%s tokens in, %s out"
                        .formatted(Amounts.count(inputTokens), Amounts.count(outputTokens));
        String known =
                switch (confidence) {
                    case "provider" -> tokens;
                    case "none" -> "tokens unknown";
                    default -> tokens + " (" + confidence + ")";
                };
        return known + " · " + money();
    }

    private String money() {
        return switch (cost) {
            case Cost.Priced priced -> Amounts.dollars(priced.nanoUsd());
            case Cost.Free free -> "free";
            case Cost.Unpriced unpriced -> "cost unknown: " + Printable.line(unpriced.reason());
        };
    }
}
