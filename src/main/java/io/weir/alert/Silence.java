package io.weir.alert;

import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Nobody is told of some alerts for a while.
 *
 * @param rule its name; {@code *} for all
 * @param group what their calls have in common; empty for whatever they have
 * @param by who wanted it
 * @param why in their words
 */
public record Silence(
        String id,
        String rule,
        SortedMap<String, String> group,
        Instant from,
        Instant until,
        String by,
        String why) {
    /** For every rule. */
    static final String ALL = "*";

    public Silence {
        group = new TreeMap<>(group);
    }

    /** The same under that id. */
    Silence called(String other) {
        return new Silence(other, rule, group, from, until, by, why);
    }

    /** The alerts it is for, in words: what their calls have in common; empty for all. */
    public String of() {
        return AlertWords.group(group);
    }

    /** Whether it covers an alert then. */
    boolean covers(String ofRule, SortedMap<String, String> ofGroup, Instant at) {
        return (rule.equals(ALL) || rule.equals(ofRule))
                && ofGroup.entrySet().containsAll(group.entrySet())
                && !at.isBefore(from)
                && at.isBefore(until);
    }
}
