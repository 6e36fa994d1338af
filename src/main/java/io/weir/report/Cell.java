package io.weir.report;

/**
 * What the calls of some minutes come to.
 *
 * @param tokens in and out
 * @param timed calls whose latency is known
 * @param slow those of them that took much longer than three quarters usually do
 * @param firstTokens calls whose first token's time is known
 * @param slowFirstTokens those of them that waited for it much longer than three quarters usually
 *     do
 */
record Cell(
        long calls,
        long errors,
        long costNanoUsd,
        long tokens,
        long timed,
        long slow,
        long firstTokens,
        long slowFirstTokens) {
    static final Cell NONE = new Cell(0, 0, 0, 0, 0, 0, 0, 0);

    Cell plus(Cell other) {
        return new Cell(
                calls + other.calls,
                errors + other.errors,
                costNanoUsd + other.costNanoUsd,
                tokens + other.tokens,
                timed + other.timed,
                slow + other.slow,
                firstTokens + other.firstTokens,
                slowFirstTokens + other.slowFirstTokens);
    }

    /** Calls that did not fail, the ones that use tokens. */
    long succeeded() {
        return calls - errors;
    }
}
