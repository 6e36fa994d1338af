package io.weir.call;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Who is served first of those who wait, the first before the last. */
public enum Priority {
    HIGH,
    NORMAL,
    LOW;

    /** As people write it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The priority of that word.
     *
     * @throws IllegalArgumentException saying which there are
     */
    public static Priority of(String word) {
        return Arrays.stream(values())
                .filter(priority -> priority.word().equals(word))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "'%s' is no priority: there are %s"
                                        .formatted(
                                                word,
                                                Arrays.stream(values())
                                                        .map(Priority::word)
                                                        .collect(Collectors.joining(", ")))));
    }
}
