package io.weir.limit;

import java.util.Arrays;
import java.util.stream.Collectors;

/** What a rule can tell calls apart by. */
public enum Dimension {
    /** The id of the gateway key. */
    KEY("key"),
    /** The project of the key. */
    PROJECT("project"),
    /** A tag of the key. */
    TAG("tag"),
    /** The model that is asked for. */
    MODEL("model"),
    /** The end user, within a project. */
    USER("user");

    private final String word;

    Dimension(String word) {
        this.word = word;
    }

    /** Its name in rules. */
    public String word() {
        return word;
    }

    /**
     * The dimension of that name.
     *
     * @throws IllegalArgumentException where there is none
     */
    public static Dimension of(String word) {
        return Arrays.stream(values())
                .filter(dimension -> dimension.word.equals(word))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "'%s' is none of %s"
                                        .formatted(
                                                word,
                                                Arrays.stream(values())
                                                        .map(Dimension::word)
                                                        .collect(Collectors.joining(", ")))));
    }
}
