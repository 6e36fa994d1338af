package io.weir.store;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An answer in rows and columns. A cell is a {@code Long}, {@code Double}, {@code Boolean}, {@code
 * String}, {@code Instant}, or null where the question has no answer.
 *
 * @param notes sentences about the answer as a whole: what it is out of, what it leaves out
 */
public record Table(List<Column> columns, List<List<@Nullable Object>> rows, List<String> notes) {
    public Table {
        columns = List.copyOf(columns);
        List<List<@Nullable Object>> copy = new ArrayList<>(rows.size());
        for (List<@Nullable Object> row : rows) {
            if (row.size() != columns.size()) {
                throw new IllegalArgumentException(
                        "a row of %d cells in a table of %d columns"
                                .formatted(row.size(), columns.size()));
            }
            copy.add(Collections.unmodifiableList(new ArrayList<>(row)));
        }
        rows = List.copyOf(copy);
        notes = List.copyOf(notes);
    }

    /** An answer that speaks for itself. */
    public Table(List<Column> columns, List<List<@Nullable Object>> rows) {
        this(columns, rows, List.of());
    }

    /** The same with these columns only, in this order. */
    public Table only(List<String> names) {
        List<Integer> places = names.stream().map(this::place).toList();
        List<List<@Nullable Object>> cells = new ArrayList<>();
        for (List<@Nullable Object> row : rows) {
            List<@Nullable Object> some = new ArrayList<>();
            places.forEach(place -> some.add(row.get(place)));
            cells.add(some);
        }
        return new Table(places.stream().map(columns::get).toList(), cells, notes);
    }

    /** The cell of that row in the column of that name. */
    public @Nullable Object cell(int row, String column) {
        return rows.get(row).get(place(column));
    }

    private int place(String column) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().equals(column)) {
                return i;
            }
        }
        throw new IllegalArgumentException("no column is called '" + column + "': " + columns);
    }
}
