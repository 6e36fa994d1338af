package io.weir.access;

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
            int star = pattern.indexOf('*');
            boolean starWithin = star >= 0 && star < pattern.length() - 1;
            if (pattern.isBlank() || pattern.length() > LONGEST || starWithin) {
                throw new IllegalArgumentException(
                        "'%s' will not do: give a name, or its beginning and a star"
                                .formatted(pattern));
            }
        }
    }

    /** Whether a name is allowed. */
    public boolean allow(String name) {
        return all.isEmpty() || all.stream().anyMatch(pattern -> matches(pattern, name));
    }

    private static boolean matches(String pattern, String name) {
        int before = pattern.length() - 1;
        return pattern.charAt(before) == '*'
                ? name.regionMatches(0, pattern, 0, before)
                : name.equals(pattern);
    }
}
