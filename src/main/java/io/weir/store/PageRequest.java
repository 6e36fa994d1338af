package io.weir.store;

import org.jspecify.annotations.Nullable;

/**
 * Which page of a list is meant.
 *
 * @param limit how many calls it may hold, 1 to {@value #MAX_LIMIT}
 * @param after the {@link CallPage#next()} of the page before, null for the first
 */
public record PageRequest(int limit, @Nullable String after) {
    /** The longest page. */
    public static final int MAX_LIMIT = 1_000;

    public PageRequest {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException(
                    "limit is %d, and has to be 1 to %d".formatted(limit, MAX_LIMIT));
        }
    }

    /** The newest calls. */
    public static PageRequest first(int limit) {
        return new PageRequest(limit, null);
    }
}
