package io.weir.limit;

import org.jspecify.annotations.Nullable;

/**
 * What the calls of one counter of a rule have in common: the values that the rule tells them apart
 * by, null for others.
 */
public record Slot(
        @Nullable String key,
        @Nullable String project,
        @Nullable String model,
        @Nullable String user) {
    /** Of a rule that does not tell calls apart. */
    public static final Slot ALL = new Slot(null, null, null, null);

    /** Shared by all that come when a rule has as many counters as it may. */
    static final Slot OTHERS = new Slot("(others)", null, null, null);

    /** In words, for people; empty where there is nothing to tell apart. */
    public String words() {
        StringBuilder words = new StringBuilder();
        add(words, Dimension.PROJECT, project);
        add(words, Dimension.KEY, key);
        add(words, Dimension.MODEL, model);
        add(words, Dimension.USER, user);
        return words.toString();
    }

    private static void add(StringBuilder words, Dimension dimension, @Nullable String value) {
        if (value != null) {
            words.append(words.isEmpty() ? "" : ", ")
                    .append(dimension.word())
                    .append(' ')
                    .append(value);
        }
    }
}
