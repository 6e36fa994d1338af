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
    private static final int LONGEST_WORD = 160;
    private static final String GAP = "  ";
    private static final String INDENT = "      ";

    private TableText() {}

    /**
     * The table as lines, with a line of names above and its notes below; a sentence where it has
     * neither rows nor notes.
     */
    public static String of(Table table) {
        StringBuilder text = new StringBuilder();
        if (!table.rows().isEmpty()) {
            text.append(lines(table));
        } else if (table.notes().isEmpty()) {
            text.append("Nothing was found.\n");
        }
        if (!table.rows().isEmpty() && !table.notes().isEmpty()) {
            text.append('\n');
        }
        table.notes().forEach(note -> text.append(printable(note, Integer.MAX_VALUE)).append('\n'));
        return text.toString();
    }

    private static String lines(Table table) {
        List<Column> columns = table.columns();
        List<Integer> shown =
                IntStream.range(0, columns.size())
                        .filter(i -> columns.get(i).unit() != Unit.USD)
                        .filter(i -> columns.get(i).unit() != Unit.SENTENCE)
                        .boxed()
                        .toList();
        List<List<String>> cells = new ArrayList<>();
        cells.add(shown.stream().map(i -> heading(columns.get(i))).toList());
        for (List<@Nullable Object> row : table.rows()) {
            cells.add(shown.stream().map(i -> cell(columns.get(i).unit(), row.get(i))).toList());
        }
        List<String> lines =
                aligned(cells, shown.stream().map(i -> isLeft(columns.get(i).unit())).toList());
        StringBuilder text = new StringBuilder(lines.getFirst()).append('\n');
        for (int row = 0; row < table.rows().size(); row++) {
            text.append(lines.get(row + 1)).append('\n');
            text.append(sentences(columns, table.rows().get(row)));
        }
        return text.toString();
    }

    /** One a line, each with its column's name unless there is but one such column. */
    private static String sentences(List<Column> columns, List<@Nullable Object> row) {
        long count = columns.stream().filter(column -> column.unit() == Unit.SENTENCE).count();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).unit() == Unit.SENTENCE && row.get(i) instanceof String sentence) {
                text.append(INDENT);
                text.append(count > 1 ? columns.get(i).name() + ": " : "");
                text.append(printable(sentence, Integer.MAX_VALUE)).append('\n');
            }
        }
        return text.toString();
    }

    private static List<String> aligned(List<List<String>> lines, List<Boolean> left) {
        int[] widths = new int[left.size()];
        for (List<String> line : lines) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], length(line.get(i)));
            }
        }
        List<String> text = new ArrayList<>(lines.size());
        for (List<String> line : lines) {
            StringBuilder aligned = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                String room = " ".repeat(widths[i] - length(line.get(i)));
                aligned.append(left.get(i) ? line.get(i) + room : room + line.get(i)).append(GAP);
            }
            text.add(aligned.toString().stripTrailing());
        }
        return text;
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
            default -> word(value.toString());
        };
    }

    private static String fraction(Unit unit, double number) {
        return switch (unit) {
            case SHARE -> String.format(Locale.ROOT, "%.1f %%", 100 * number);
            case US -> String.format(Locale.ROOT, "%,.0f", number);
            case MS,
                    RATIO,
                    PER_SECOND,
                    TEXT,
                    SENTENCE,
                    FLAG,
                    TIME,
                    CALLS,
                    TOKENS,
                    NUMBER,
                    NANO_USD,
                    USD ->
                    String.format(Locale.ROOT, "%,.1f", number);
        };
    }

    private static String dollars(long nanoUsd) {
        BigDecimal exact = BigDecimal.valueOf(nanoUsd, 9).stripTrailingZeros();
        return String.format(Locale.ROOT, "$%,." + Math.max(2, exact.scale()) + "f", exact);
    }

    /** A text, cut where it is long; one without spaces is no use when cut. */
    private static String word(String text) {
        return printable(text, text.indexOf(' ') < 0 ? LONGEST_WORD : LONGEST);
    }

    private static String printable(String text, int longest) {
        StringBuilder printable = new StringBuilder();
        text.codePoints()
                .limit(longest + 1L)
                .map(point -> isPrintable(point) ? point : ' ')
                .forEach(printable::appendCodePoint);
        if (length(printable.toString()) <= longest) {
            return printable.toString();
        }
        int end = printable.offsetByCodePoints(0, longest - 1);
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
            case TEXT, SENTENCE, FLAG, TIME -> true;
            case CALLS, TOKENS, NUMBER, MS, US, SHARE, RATIO, PER_SECOND, NANO_USD, USD -> false;
        };
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
