package io.weir.store;

/**
 * What retention has deleted.
 *
 * @param contents captured texts
 * @param calls calls, with their attempts
 * @param rollups rows of sums
 */
public record Deleted(long contents, long calls, long rollups) {
    static final Deleted NOTHING = new Deleted(0, 0, 0);

    Deleted plus(Deleted other) {
        return new Deleted(contents + other.contents, calls + other.calls, rollups + other.rollups);
    }
}
