package io.weir.store;

import io.weir.call.CallRecord;
import org.jspecify.annotations.Nullable;

/**
 * Which page of a list is meant.
 *
 * @param limit how many calls it may hold, 1 to {@value #MAX_LIMIT}
 * @param after the {@link CallPage#next()} of the page before, null for the first
 * @param before the {@link CallPage#previous()} of the page after; the calls just before that one
 *     are meant, which goes before {@code after}; null where none is
 */
public record PageRequest(int limit, @Nullable String after, @Nullable String before) {
    /** The longest page. */
    public static final int MAX_LIMIT = 1_000;

    public PageRequest {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException(
                    "limit is %d, and has to be 1 to %d".formatted(limit, MAX_LIMIT));
        }
    }

    /** The calls after a page's end. */
    public PageRequest(int limit, @Nullable String after) {
        this(limit, after, null);
    }

    /** The newest calls. */
    public static PageRequest first(int limit) {
        return new PageRequest(limit, null);
    }

    /** The calls received before that one. */
    public static PageRequest olderThan(CallRecord call, int limit) {
        return new PageRequest(limit, Cursor.at(call).text());
    }

    /** The calls received after that one, those nearest to it. */
    public static PageRequest newerThan(CallRecord call, int limit) {
        return new PageRequest(limit, null, Cursor.at(call).text());
    }
}
