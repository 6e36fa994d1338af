package io.weir.export;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Where an exporter begins anew. */
public enum Start {
    /** At the oldest call that the journal still has: some will be sent a second time. */
    OLDEST,
    /** At the next call that ends: what was not sent yet never will be. */
    NEWEST;

    /**
     * The start of that word.
     *
     * @throws IllegalArgumentException with the words there are
     */
    public static Start of(String word) {
        return Arrays.stream(values())
                .filter(start -> start.word().equals(word))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "to is '%s', and has to be %s"
                                        .formatted(
                                                word,
                                                Arrays.stream(values())
                                                        .map(Start::word)
                                                        .collect(Collectors.joining(" or ")))));
    }

    /** The word for it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
