package io.weir.config;

/** Names as rules write them: exact, or the beginning of some and a star at the end. */
public final class NamePattern {
    private NamePattern() {}

    /** Whether it is one: not blank, and without a star but at its end. */
    public static boolean isSound(String pattern) {
        int star = pattern.indexOf('*');
        return !pattern.isBlank() && (star < 0 || star == pattern.length() - 1);
    }

    /** Whether it is the beginning of names rather than a name. */
    public static boolean isBeginning(String pattern) {
        return pattern.endsWith("*");
    }

    /** Without its star. */
    public static String name(String pattern) {
        return isBeginning(pattern) ? pattern.substring(0, pattern.length() - 1) : pattern;
    }

    /** Whether it means that name. */
    public static boolean matches(String pattern, String name) {
        return isBeginning(pattern)
                ? name.regionMatches(0, pattern, 0, pattern.length() - 1)
                : name.equals(pattern);
    }
}
