package io.weir.access;

import io.weir.config.NamePattern;
import java.util.List;

/**
 * Names that are allowed: exact ones, and those that begin with what stands before a star at the
 * end. None at all allow every name.
 *
 * @param all as they were written
 */
public record Patterns(List<String> all) {
    /** Every name. */
    public static final Patterns ANY = new Patterns(List.of());

    private static final int LONGEST = 200;

    public Patterns {
        all = List.copyOf(all);
        for (String pattern : all) {
            if (!NamePattern.isSound(pattern) || pattern.length() > LONGEST) {
                throw new IllegalArgumentException(
                        "'%s' will not do: give a name, or its beginning and a star"
                                .formatted(pattern));
            }
        }
    }

    /** Whether a name is allowed. */
    public boolean allow(String name) {
        return all.isEmpty()
                || all.stream().anyMatch(pattern -> NamePattern.matches(pattern, name));
    }
}
