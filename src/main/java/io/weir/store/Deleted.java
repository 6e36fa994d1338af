package io.weir.store;

/**
 * What retention has deleted.
 *
 * @param contents captured texts
 * @param calls calls, with their attempts
 */
public record Deleted(long contents, long calls) {
    Deleted plus(Deleted other) {
        return new Deleted(contents + other.contents, calls + other.calls);
    }
}
