package io.weir.alert;

import java.util.Map;
import java.util.regex.Pattern;

/**
 * Texts with users' words in them, made fit to be shown: a name cannot break a line, mention
 * somebody, become a link, or format what stands around it.
 */
final class Defused {
    private static final char ZERO_WIDTH_SPACE = '\u200b';

    /** What chats and Markdown make something of, and what looks like it. */
    private static final Map<Integer, String> LOOKALIKES =
            Map.ofEntries(
                    Map.entry((int) '@', "\uff20"),
                    Map.entry((int) '*', "\u2217"),
                    Map.entry((int) '~', "\u223c"),
                    Map.entry((int) '`', "\u02cb"),
                    Map.entry((int) '[', "\uff3b"),
                    Map.entry((int) ']', "\uff3d"),
                    Map.entry((int) '|', "\u00a6"),
                    Map.entry((int) '#', "\uff03"),
                    Map.entry((int) '\\', "\uff3c"),
                    Map.entry((int) '$', "\uff04"));

    private static final Map<Integer, String> OF_MARKUP =
            Map.of((int) '<', "\u2039", (int) '>', "\u203a", (int) '&', "\uff06");

    /** An underscore within a word formats nothing, and names are full of them. */
    private static final Pattern EMPHASIS =
            Pattern.compile("(?<![\\p{L}\\p{N}])_|_(?![\\p{L}\\p{N}])");

    /** Where programs see an address that nobody marked: {@code ://}, and a dot before a domain. */
    private static final Pattern ADDRESS = Pattern.compile("(?<=:)(?=//)|(?<=\\.)(?=\\p{L}{2})");

    private Defused() {}

    /**
     * One line: without control characters, without the invisible ones that turn the direction of
     * writing or join what stands apart, and cut.
     *
     * @param most how many characters are left, the one that says that it was cut included
     */
    static String line(String text, int most) {
        StringBuilder line = new StringBuilder(Math.min(text.length(), most));
        text.codePoints().limit(4L * most).forEach(each -> append(line, each));
        String plain = line.toString().strip();
        if (plain.codePointCount(0, plain.length()) <= most) {
            return plain;
        }
        return plain.substring(0, plain.offsetByCodePoints(0, most - 1)) + "…";
    }

    /** Without addresses that a program makes links of. */
    static String unlinked(String line) {
        return ADDRESS.matcher(line).replaceAll(String.valueOf(ZERO_WIDTH_SPACE));
    }

    /**
     * Without links, mentions and formatting, for those who have a way to write {@code < > &} as
     * they are, which remain.
     */
    static String unformatted(String line) {
        return unlinked(replaced(EMPHASIS.matcher(line).replaceAll("\uff3f"), LOOKALIKES));
    }

    /** Without anything that some chat makes something of. */
    static String of(String line) {
        return replaced(unformatted(line), OF_MARKUP);
    }

    private static void append(StringBuilder line, int each) {
        switch (Character.getType(each)) {
            case Character.FORMAT, Character.UNASSIGNED, Character.PRIVATE_USE -> {}
            case Character.SURROGATE -> line.append('\ufffd');
            case Character.CONTROL,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SPACE_SEPARATOR -> {
                if (line.isEmpty() || line.charAt(line.length() - 1) != ' ') {
                    line.append(' ');
                }
            }
            default -> line.appendCodePoint(each);
        }
    }

    private static String replaced(String text, Map<Integer, String> by) {
        StringBuilder replaced = new StringBuilder(text.length());
        text.codePoints()
                .forEach(each -> replaced.append(by.getOrDefault(each, Character.toString(each))));
        return replaced.toString();
    }
}
