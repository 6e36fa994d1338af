package io.weir.reconcile;

import java.util.ArrayList;
import java.util.List;

/**
 * Lines of a CSV file (RFC 4180), which may be separated by semicolons or tabs as spreadsheets have
 * it: by whatever its first line has most of.
 */
final class CsvLines {
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final String text;
    private final char separator;
    private final List<List<String>> lines = new ArrayList<>();
    private List<String> line = new ArrayList<>();
    private final StringBuilder cell = new StringBuilder();

    private CsvLines(String text) {
        this.text = text;
        this.separator = separator(text);
    }

    /** The cells of each line that is not empty. */
    static List<List<String>> of(String text) {
        boolean marked = !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK;
        return new CsvLines(marked ? text.substring(1) : text).read();
    }

    private static char separator(String text) {
        String first = text.lines().findFirst().orElse("");
        char found = ',';
        for (char candidate : new char[] {';', '\t'}) {
            found = count(first, candidate) > count(first, found) ? candidate : found;
        }
        return found;
    }

    private static long count(String text, char wanted) {
        return text.chars().filter(c -> c == wanted).count();
    }

    private List<List<String>> read() {
        boolean quoted = false;
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (quoted) {
                boolean twice = c == '"' && at + 1 < text.length() && text.charAt(at + 1) == '"';
                quoted = c != '"' || twice;
                at += twice ? 1 : 0;
                if (quoted) {
                    cell.append(c);
                }
            } else if (c == '"' && cell.isEmpty()) {
                quoted = true;
            } else if (c == separator) {
                endCell();
            } else if (c == '\n' || c == '\r') {
                endLine();
            } else {
                cell.append(c);
            }
        }
        endLine();
        return lines;
    }

    private void endCell() {
        line.add(cell.toString().strip());
        cell.setLength(0);
    }

    private void endLine() {
        endCell();
        if (line.stream().anyMatch(text -> !text.isEmpty())) {
            lines.add(line);
        }
        line = new ArrayList<>();
    }
}
