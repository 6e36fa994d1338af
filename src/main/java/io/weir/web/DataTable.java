package io.weir.web;

import io.weir.store.Column;
import io.weir.store.Table;
import io.weir.store.Unit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table as a page shows it.
 *
 * @param id unique on its page
 * @param caption what it is about, also for those who do not see it
 * @param csv the address of the same as a file; null where there is none
 */
record DataTable(
        String id, String caption, List<Head> heads, List<Row> rows, @Nullable String csv) {
    /**
     * A column.
     *
     * @param sortBy the address of the table in this column's order; null where it has none
     * @param sorted whether it is in this column's order
     */
    record Head(String label, boolean figures, @Nullable String sortBy, boolean sorted) {
        /** A column of texts. */
        static Head text(String label) {
            return new Head(label, false, null, false);
        }

        /** A column of figures. */
        static Head figures(String label) {
            return new Head(label, true, null, false);
        }
    }

    /**
     * A row.
     *
     * @param href where its first cell leads; null for nowhere
     */
    record Row(@Nullable String href, List<Cell> cells) {}

    /**
     * A cell.
     *
     * @param kind {@code text}, {@code figure}, {@code id}, {@code meaning} for what may take
     *     lines, or {@code time}; a time's text is its ISO form
     * @param bar how much of the cell a bar behind it fills, 0 to 100; less for none
     * @param tone {@code good}, {@code bad} or {@code plain}
     * @param href where it leads; null for nowhere
     */
    record Cell(String text, String kind, int bar, String tone, @Nullable String href) {
        private Cell(String text, String kind) {
            this(text, kind, -1, "plain", null);
        }

        /** A text. */
        static Cell text(String text) {
            return new Cell(text, "text");
        }

        /** A name that people copy: a model, a key, an id. */
        static Cell id(String text) {
            return new Cell(text, "id");
        }

        /** A figure. */
        static Cell figure(Figure figure) {
            return new Cell(figure.text(), "figure");
        }

        /** An instant. */
        static Cell time(Instant time) {
            return new Cell(time.toString(), "time");
        }

        /** The same with a bar of that part of one. */
        Cell bar(double share) {
            return new Cell(text, kind, (int) Math.round(100 * share), tone, href);
        }

        /** The same in that tone. */
        Cell tone(String other) {
            return new Cell(text, kind, bar, other, href);
        }

        /** The same, leading to that address. */
        Cell to(@Nullable String address) {
            return new Cell(text, kind, bar, tone, address);
        }
    }

    DataTable {
        heads = List.copyOf(heads);
        rows = List.copyOf(rows);
    }

    /** A table of a report, formatted by its columns' units. */
    static DataTable of(String id, String caption, Table table) {
        List<Head> heads =
                table.columns().stream()
                        .map(column -> new Head(heading(column), !isLeft(column), null, false))
                        .toList();
        List<Row> rows = new ArrayList<>();
        for (List<@Nullable Object> row : table.rows()) {
            List<Cell> cells = new ArrayList<>();
            for (int i = 0; i < row.size(); i++) {
                cells.add(cell(table.columns().get(i), row.get(i)));
            }
            rows.add(new Row(null, cells));
        }
        return new DataTable(id, caption, heads, rows, null);
    }

    /** The same, to be had as a file from that address. */
    DataTable csv(String address) {
        return new DataTable(id, caption, heads, rows, address);
    }

    private static Cell cell(Column column, @Nullable Object value) {
        if (value instanceof Instant time) {
            return Cell.time(time);
        }
        Figure figure = Figures.of(column.unit(), value);
        if (column.unit() == Unit.SENTENCE) {
            return new Cell(figure.text(), "meaning");
        }
        return isLeft(column) ? Cell.text(figure.text()) : Cell.figure(figure);
    }

    private static boolean isLeft(Column column) {
        return switch (column.unit()) {
            case TEXT, SENTENCE, FLAG, TIME -> true;
            case CALLS, TOKENS, NUMBER, MS, US, SHARE, RATIO, PER_SECOND, NANO_USD, USD -> false;
        };
    }

    private static String heading(Column column) {
        return column.name().replaceAll("_(nano_usd|ms|us)$", "").replace('_', ' ');
    }
}
