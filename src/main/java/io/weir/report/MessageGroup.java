package io.weir.report;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Failed calls of one class, model and key, with nearly the same message.
 *
 * @param message the newest of them
 * @param errorsBeside failed calls in the same group of the query, whatever their message
 */
record MessageGroup(
        String error,
        @Nullable String code,
        long status,
        @Nullable String model,
        @Nullable String key,
        long calls,
        Instant firstSeen,
        Instant lastSeen,
        @Nullable String message,
        String example,
        long errorsBeside) {
    /** A row of what {@link PatternsReport} asks the store for. */
    static MessageGroup of(List<@Nullable Object> cells) {
        return new MessageGroup(
                (String) Objects.requireNonNull(cells.get(0)),
                (String) cells.get(1),
                (Long) Objects.requireNonNull(cells.get(2)),
                (String) cells.get(3),
                (String) cells.get(4),
                (Long) Objects.requireNonNull(cells.get(5)),
                (Instant) Objects.requireNonNull(cells.get(6)),
                (Instant) Objects.requireNonNull(cells.get(7)),
                (String) cells.get(8),
                (String) Objects.requireNonNull(cells.get(9)),
                (Long) Objects.requireNonNull(cells.get(10)));
    }

    /** What messages must have in common to have a pattern in common. */
    String kind() {
        return error + ' ' + status + ' ' + code;
    }
}
