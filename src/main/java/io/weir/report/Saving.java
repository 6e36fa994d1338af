package io.weir.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one way would have saved.
 *
 * @param certainty how sure that is
 * @param parts the sums, one for each group that was asked for; one in all where none was
 * @param evidence what was found, or what is lacking, in a sentence or two
 * @param groups the calls behind it, what saves most first; not more than {@link
 *     SavingsQuestion#MOST_GROUPS}
 */
record Saving(Certainty certainty, List<Part> parts, String evidence, List<Group> groups) {
    Saving {
        parts = List.copyOf(parts);
        groups = List.copyOf(groups);
    }

    /** How sure an amount is. */
    enum Certainty {
        /** What the calls did cost: exact to the nano-dollar. */
        EXACT,
        /** It rests on an assumption, which the evidence names. */
        ESTIMATE,
        /** Nothing is known of these calls that would tell. */
        UNKNOWN;

        String word() {
            return switch (this) {
                case EXACT -> "exact";
                case ESTIMATE -> "estimate";
                case UNKNOWN -> "unknown";
            };
        }
    }

    /**
     * Some of the calls.
     *
     * @param by what they have in common, as far as it was asked for
     * @param calls that cost more than they had to
     * @param costNanoUsd what they cost
     * @param savedNanoUsd what of that would have been saved
     */
    record Part(List<@Nullable Object> by, long calls, long costNanoUsd, long savedNanoUsd) {
        private Part plus(Part other) {
            return new Part(
                    by,
                    Math.addExact(calls, other.calls),
                    Math.addExact(costNanoUsd, other.costNanoUsd),
                    Math.addExact(savedNanoUsd, other.savedNanoUsd));
        }
    }

    /**
     * Calls of one cause.
     *
     * @param what they have in common, in words
     * @param evidence what was found of them
     * @param examples ids of calls with spaces between, those that matter most first
     * @param filter the query of an address that lists the calls; empty where only ids tell them
     */
    record Group(
            String what,
            long calls,
            long costNanoUsd,
            long savedNanoUsd,
            String evidence,
            String examples,
            String filter) {}

    /** Nothing can be said, and why. */
    static Saving unknown(String why) {
        return new Saving(Certainty.UNKNOWN, List.of(), why, List.of());
    }

    /** Those of the same group as one each, in the order in which they first come. */
    static List<Part> merged(List<Part> parts) {
        Map<List<@Nullable Object>, Part> merged = new LinkedHashMap<>();
        parts.forEach(part -> merged.merge(part.by(), part, Part::plus));
        return List.copyOf(merged.values());
    }
}
