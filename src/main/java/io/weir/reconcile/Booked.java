package io.weir.reconcile;

/**
 * What the ledger has of a {@link Slot}.
 *
 * @param input tokens, cached ones among them
 * @param nanoUsd of the calls that have a price
 * @param unpriced calls that have none
 * @param unsure calls whose usage the provider did not tell: Weir counted it, or they broke off
 * @param unsureTokens what they used as far as Weir knows
 */
record Booked(
        long calls,
        long input,
        long output,
        long nanoUsd,
        long unpriced,
        long unsure,
        long unsureTokens) {
    static final Booked NOTHING = new Booked(0, 0, 0, 0, 0, 0, 0);

    /** Both together. */
    Booked plus(Booked other) {
        return new Booked(
                Math.addExact(calls, other.calls),
                Math.addExact(input, other.input),
                Math.addExact(output, other.output),
                Math.addExact(nanoUsd, other.nanoUsd),
                Math.addExact(unpriced, other.unpriced),
                Math.addExact(unsure, other.unsure),
                Math.addExact(unsureTokens, other.unsureTokens));
    }

    /** Input and output. */
    long tokens() {
        return Math.addExact(input, output);
    }
}
