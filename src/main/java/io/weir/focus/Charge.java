package io.weir.focus;

import io.weir.prices.Part;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All calls of a day that share who made them, what answered and what it was priced with.
 *
 * @param upstream the upstream's name: the account at its provider
 * @param model the one that answered, or was asked for where the answer names none
 * @param priceId the entry of the price book; null where there is no price
 * @param state the ledger's word for its cost: free, unpriced, or the word for one with a price
 * @param reason why there is no price; null where there is one
 * @param tags a JSON array of the latest call's tags; null where it has none
 * @param costNanoUsd what the ledger has of them; null where they have no price
 * @param tokens of each part that was used
 * @param estimated those of them that Weir counted itself
 */
record Charge(
        String upstream,
        String provider,
        @Nullable String project,
        @Nullable String keyId,
        @Nullable String keyName,
        String model,
        @Nullable String priceId,
        String state,
        @Nullable String reason,
        @Nullable String tags,
        long calls,
        @Nullable Long costNanoUsd,
        Map<Part, Long> tokens,
        Map<Part, Long> estimated) {
    /** The digits of a dollar that pico-dollars have. */
    static final int PICO_DIGITS = 12;

    private static final long PICO_IN_NANO = 1_000;

    Charge {
        tokens = Map.copyOf(tokens);
        estimated = Map.copyOf(estimated);
    }

    /** All tokens together. */
    long allTokens() {
        return tokens.values().stream().mapToLong(Long::longValue).sum();
    }

    /** All tokens that Weir counted itself. */
    long allEstimated() {
        return estimated.values().stream().mapToLong(Long::longValue).sum();
    }

    /** What the ledger has, in dollars; null where it has nothing. */
    @Nullable BigDecimal usd() {
        return costNanoUsd == null ? null : BigDecimal.valueOf(costNanoUsd, 9);
    }

    /**
     * What rounding each call to the nano-dollar has made of the exact product of tokens and
     * prices; null where the difference is more than rounding can make, so that these are not the
     * prices that were used.
     */
    @Nullable BigDecimal rounding(BigInteger exactPicoUsd) {
        if (costNanoUsd == null) {
            return null;
        }
        BigInteger ledger = BigInteger.valueOf(costNanoUsd).multiply(nano(1));
        BigInteger rounding = ledger.subtract(exactPicoUsd);
        boolean possible = rounding.abs().shiftLeft(1).compareTo(nano(calls)) <= 0;
        return possible ? new BigDecimal(rounding, PICO_DIGITS) : null;
    }

    private static BigInteger nano(long count) {
        return BigInteger.valueOf(count).multiply(BigInteger.valueOf(PICO_IN_NANO));
    }
}
