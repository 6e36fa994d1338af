package io.weir.report;

import io.weir.store.Column;
import io.weir.store.Table;
import io.weir.store.Unit;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A table for spreadsheets, after RFC 4180: exact numbers, times in ISO 8601, nothing for a cell
 * without a value. A text that a spreadsheet would run as a formula gets an apostrophe before it.
 */
public final class TableCsv {
    private static final String FORMULA_STARTS = "=+-@\t\r";

    private TableCsv() {}

    /** The table as lines that end in CR LF, with the columns' names in the first. */
    public static String of(Table table) {
        return header(table.columns()) + rows(table);
    }

    /** The columns' names as a line. */
    public static String header(List<Column> columns) {
        return line(columns.stream().map(Column::name).toList());
    }

    /** The table without its columns' names. */
    public static String rows(Table table) {
        List<Column> columns = table.columns();
        StringBuilder csv = new StringBuilder();
        for (List<@Nullable Object> row : table.rows()) {
            List<String> cells = new ArrayList<>();
            for (int i = 0; i < row.size(); i++) {
                cells.add(cell(columns.get(i).unit(), row.get(i)));
            }
            csv.append(line(cells));
        }
        return csv.toString();
    }

    private static String line(List<String> cells) {
        return cells.stream().map(TableCsv::quoted).collect(Collectors.joining(",", "", "\r\n"));
    }

    private static String cell(Unit unit, @Nullable Object value) {
        return switch (value) {
            case null -> "";
            case Double number -> plain(number);
            case String text when unit == Unit.TEXT || unit == Unit.SENTENCE -> harmless(text);
            default -> value.toString();
        };
    }

    private static String plain(double number) {
        return Double.isFinite(number)
                ? new BigDecimal(Double.toString(number)).toPlainString()
                : "";
    }

    private static String harmless(String text) {
        return !text.isEmpty() && FORMULA_STARTS.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    }

    private static String quoted(String cell) {
        boolean plain = cell.chars().noneMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
        return plain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
    }
}
