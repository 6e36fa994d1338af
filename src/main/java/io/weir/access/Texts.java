package io.weir.access;

/** What people write about things. */
final class Texts {
    private static final int LONGEST = 200;

    private Texts() {}

    static void requireShort(String what, String text) {
        if (text.length() > LONGEST || text.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    "%s has at most %d characters, all of them printable".formatted(what, LONGEST));
        }
    }
}
