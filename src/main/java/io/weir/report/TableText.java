package io.weir.report;

import io.weir.store.Column;
import io.weir.store.Table;
import io.weir.store.Unit;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A table for people: columns aligned, numbers to the right and grouped, money in dollars, long
 * texts cut, nothing in it that a terminal would obey.
 */
public final class TableText {
    private static final int LONGEST = 60;
    private static final String GAP = "  ";

    private TableText() {}

    /** The table as lines, with a line of names above; a sentence where it has no rows. */
    public static String of(Table table) {
        if (table.rows().isEmpty()) {
            return "Nothing was found: no call matches.\n";
        }
        List<Column> columns = table.columns();
        List<Integer> shown =
                IntStream.range(0, columns.size())
                        .filter(i -> columns.get(i).unit() != Unit.USD)
                        .boxed()
                        .toList();
        List<List<String>> lines = new ArrayList<>();
        lines.add(shown.stream().map(i -> heading(columns.get(i))).toList());
        for (List<@Nullable Object> row : table.rows()) {
            lines.add(shown.stream().map(i -> cell(columns.get(i).unit(), row.get(i))).toList());
        }
        return aligned(lines, shown.stream().map(i -> isLeft(columns.get(i).unit())).toList());
    }

    private static String aligned(List<List<String>> lines, List<Boolean> left) {
        int[] widths = new int[left.size()];
        for (List<String> line : lines) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], length(line.get(i)));
            }
        }
        StringBuilder text = new StringBuilder();
        for (List<String> line : lines) {
            StringBuilder aligned = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                String room = " ".repeat(widths[i] - length(line.get(i)));
                aligned.append(left.get(i) ? line.get(i) + room : room + line.get(i)).append(GAP);
            }
            text.append(aligned.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    /** Nano-dollars are shown as dollars, so the heading must not say otherwise. */
    private static String heading(Column column) {
        return column.unit() == Unit.NANO_USD
                ? column.name().replace("_nano_usd", "_usd")
                : column.name();
    }

    private static String cell(Unit unit, @Nullable Object value) {
        return switch (value) {
            case null -> "-";
            case Long number when unit == Unit.NANO_USD -> dollars(number);
            case Long number when unit == Unit.NUMBER -> number.toString();
            case Long number -> String.format(Locale.ROOT, "%,d", number);
            case Double number -> fraction(unit, number);
            case Instant time -> time.truncatedTo(ChronoUnit.SECONDS).toString();
            case Boolean flag -> flag ? "yes" : "no";
            default -> printable(value.toString());
        };
    }

    private static String fraction(Unit unit, double number) {
        return switch (unit) {
            case SHARE -> String.format(Locale.ROOT, "%.1f %%", 100 * number);
            case US -> String.format(Locale.ROOT, "%,.0f", number);
            case MS, PER_SECOND, TEXT, FLAG, TIME, CALLS, TOKENS, NUMBER, NANO_USD, USD ->
                    String.format(Locale.ROOT, "%,.1f", number);
        };
    }

    private static String dollars(long nanoUsd) {
        BigDecimal exact = BigDecimal.valueOf(nanoUsd, 9).stripTrailingZeros();
        return String.format(Locale.ROOT, "$%,." + Math.max(2, exact.scale()) + "f", exact);
    }

    private static String printable(String text) {
        StringBuilder printable = new StringBuilder();
        text.codePoints()
                .limit(LONGEST + 1L)
                .map(point -> isPrintable(point) ? point : ' ')
                .forEach(printable::appendCodePoint);
        if (length(printable.toString()) <= LONGEST) {
            return printable.toString();
        }
        int end = printable.offsetByCodePoints(0, LONGEST - 1);
        return printable.substring(0, end) + "…";
    }

    private static boolean isPrintable(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    false;
            default -> true;
        };
    }

    private static boolean isLeft(Unit unit) {
        return switch (unit) {
            case TEXT, FLAG, TIME -> true;
            case CALLS, TOKENS, NUMBER, MS, US, SHARE, PER_SECOND, NANO_USD, USD -> false;
        };
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
