package io.weir.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Text in aligned columns: words to the left, numbers to the right. */
final class Columns {
    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();
    private final String alignment;

    /**
     * @param alignment a letter a column, {@code l} or {@code r}
     */
    Columns(String alignment) {
        this.alignment = alignment;
    }

    /** Adds a row; as many cells as columns. */
    Columns row(String... cells) {
        if (cells.length != alignment.length()) {
            throw new IllegalArgumentException(
                    "%d cells for %d columns".formatted(cells.length, alignment.length()));
        }
        rows.add(List.of(cells));
        return this;
    }

    /** Every row on a line, without blanks at its end. */
    List<String> lines() {
        int[] widths =
                IntStream.range(0, alignment.length()).map(column -> width(column)).toArray();
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private int width(int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    }

    private String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            String cell = row.get(column);
            String padding = " ".repeat(widths[column] - cell.length());
            line.append(column == 0 ? "" : GAP);
            line.append(alignment.charAt(column) == 'r' ? padding + cell : cell + padding);
        }
        return line.toString().stripTrailing();
    }
}
