package io.weir.call;

import org.jspecify.annotations.Nullable;

/**
 * What a call costs. A call that should have a price and has none is {@link Unpriced}: that is not
 * zero.
 */
public sealed interface Cost {
    /**
     * An amount.
     *
     * @param nanoUsd billionths of a US dollar
     * @param priceId the entry of the price book it was computed with: model, date, tier
     */
    record Priced(long nanoUsd, String priceId) implements Cost {}

    /**
     * Tokens were used, and the price book has no price for them.
     *
     * @param reason why, in words for an operator
     */
    record Unpriced(String reason) implements Cost {}

    /** Nothing to pay for: a refused call, a list of models, a read of a stored answer. */
    record Free() implements Cost {}

    /** The stored word for the kind. */
    default String state() {
        return switch (this) {
            case Priced priced -> "priced";
            case Unpriced unpriced -> "unpriced";
            case Free free -> "free";
        };
    }

    /** The amount in billionths of a dollar; null where it is unknown. */
    default @Nullable Long nanoUsdOrNull() {
        return switch (this) {
            case Priced priced -> priced.nanoUsd();
            case Free free -> 0L;
            case Unpriced unpriced -> null;
        };
    }
}
