package io.weir.alert;

import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A group of calls of which a rule's condition holds, or did.
 *
 * @param group what its calls have in common, by dimension: {@code model} to {@code gpt-4o}; empty
 *     for a rule that groups by nothing. Names may be a user's, and are hostile wherever they are
 *     shown
 * @param sentence what is the matter, for people; with the same names in it
 * @param value of the rule's metric, in its unit
 * @param since when the condition began to hold
 * @param until when it ended; null while it holds
 */
public record Alert(
        SortedMap<String, String> group,
        String sentence,
        double value,
        Instant since,
        @Nullable Instant until) {
    public Alert {
        group = new TreeMap<>(group);
    }

    /** Whether its condition holds. */
    public boolean firing() {
        return until == null;
    }
}
