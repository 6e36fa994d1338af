package io.weir.reconcile;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * What a provider has of a {@link Slot}.
 *
 * @param input tokens, cached ones among them
 * @param apart requests of a batch, or of another service tier than the default one
 * @param usd as the provider's decimals add up, however many digits they have
 */
record Billed(long requests, long input, long output, long apart, BigDecimal usd) {
    static final Billed NOTHING = new Billed(0, 0, 0, 0, BigDecimal.ZERO);

    private static final int NANO_DIGITS = 9;

    /** Some use, without its cost. */
    static Billed used(long requests, long input, long output, boolean apart) {
        return new Billed(requests, input, output, apart ? requests : 0, BigDecimal.ZERO);
    }

    /** A cost, without what it is for. */
    static Billed cost(BigDecimal usd) {
        return new Billed(0, 0, 0, 0, usd);
    }

    /** Both together. */
    Billed plus(Billed other) {
        return new Billed(
                Math.addExact(requests, other.requests),
                Math.addExact(input, other.input),
                Math.addExact(output, other.output),
                Math.addExact(apart, other.apart),
                usd.add(other.usd));
    }

    /** Input and output. */
    long tokens() {
        return Math.addExact(input, output);
    }

    /** The cost, rounded once, when all of it has been added up. */
    long nanoUsd() {
        return usd.movePointRight(NANO_DIGITS).setScale(0, RoundingMode.HALF_UP).longValueExact();
    }
}
