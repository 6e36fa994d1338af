package io.weir.access;

import java.util.regex.Pattern;

/** What people write about things. */
final class Texts {
    private static final int LONGEST = 200;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    private Texts() {}

    /** Refuses what cannot be a name that stands in URLs and commands. */
    static void requireName(String whose, String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "'%s' cannot be %s name: give 1 to 64 letters of a-z, digits, '.', '_' and '-', the first a letter or a digit"
                            .formatted(name, whose));
        }
    }

    static void requireShort(String what, String text) {
        if (text.length() > LONGEST || text.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    "%s has at most %d characters, all of them printable".formatted(what, LONGEST));
        }
    }
}
