package io.weir.cli;

import tools.jackson.databind.JsonNode;

/** Text from outside, made safe to show: an answer could carry a terminal's control sequences. */
final class Printable {
    private Printable() {}

    /** Keeps line ends and tabs; every other control character becomes a visible mark. */
    static String text(String text) {
        return replaced(text, true);
    }

    /** One line: control characters, line ends too, become a visible mark. */
    static String line(String text) {
        return replaced(text.strip().replaceAll("\\s*\\R\\s*", " "), false);
    }

    /** A text of the admin API in a table: a line, and a dash where there is nothing. */
    static String cell(JsonNode text) {
        String line = text.asString("");
        return line.isEmpty() ? "-" : line(line);
    }

    private static String replaced(String text, boolean keepLines) {
        StringBuilder shown = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean kept = !Character.isISOControl(c) || (keepLines && (c == '\n' || c == '\t'));
            shown.append(kept ? c : '\uFFFD');
        }
        return shown.toString();
    }
}
