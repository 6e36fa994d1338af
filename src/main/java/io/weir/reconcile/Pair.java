package io.weir.reconcile;

/**
 * Both sides of a {@link Slot}, with what a {@link Cause} is found by.
 *
 * @param usageKnown whether the bill says how much was used
 * @param before by how many nano-dollars the bill is above the ledger on the day before
 * @param after the same on the day after
 */
record Pair(
        Slot slot,
        Billed billed,
        Booked booked,
        boolean usageKnown,
        long before,
        long after,
        Tolerance tolerance) {
    /** Counts that are so near each other are of the same calls, at whatever prices. */
    private static final Tolerance SAME_CALLS = Tolerance.of("0.1%");

    /** By how many nano-dollars the bill is above the ledger. */
    long difference() {
        return Math.subtractExact(billed.nanoUsd(), booked.nanoUsd());
    }

    /** Whether the amounts agree. */
    boolean agrees() {
        return tolerance.allows(billed.nanoUsd(), booked.nanoUsd());
    }

    /** Whether both sides speak of the same calls, as far as can be told. */
    boolean sameUse() {
        return usageKnown
                && SAME_CALLS.nearly(billed.tokens(), booked.tokens())
                && booked.calls() > 0;
    }

    /** How many tokens the provider has beyond the ledger's. */
    long moreTokens() {
        return billed.tokens() - booked.tokens();
    }

    /** How many requests the provider has beyond the ledger's. */
    long moreRequests() {
        return billed.requests() - booked.calls();
    }

    /** Thousandths of the ledger's amount that the bill is; -1 where the ledger has none. */
    long perMille() {
        return booked.nanoUsd() <= 0
                ? -1
                : Math.round(1_000.0 * billed.nanoUsd() / booked.nanoUsd());
    }

    /** Whether a neighbouring day is off by as much the other way. */
    boolean cancelledBy(long neighbour) {
        long here = difference();
        return Long.signum(here) == -Long.signum(neighbour)
                && neighbour != 0
                && tolerance.allows(here, -neighbour);
    }
}
