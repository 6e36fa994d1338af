package io.weir.report;

import io.weir.wire.Span;
import java.util.List;
import java.util.Optional;

/**
 * What a report sets the calls of its time against.
 *
 * @param against the other time; without one, as long as the report's own and just before it
 * @param troubles what makes a call bad
 */
public record Contrast(Optional<Span> against, List<Trouble> troubles) {
    /** The time just before, and every trouble. */
    public static final Contrast USUAL = new Contrast(Optional.empty(), List.of(Trouble.values()));

    public Contrast {
        troubles = troubles.stream().distinct().sorted().toList();
        if (troubles.isEmpty()) {
            throw new IllegalArgumentException("what is empty; say slow, failed or costly");
        }
    }
}
