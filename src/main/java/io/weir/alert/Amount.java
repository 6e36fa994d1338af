package io.weir.alert;

import io.weir.store.Unit;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Values of a unit as people write and read them. */
final class Amount {
    private static final Pattern WRITTEN =
            Pattern.compile("(\\$?)(\\d{1,12}(?:\\.\\d{1,9})?)\\s*(%|ms|s|m|h|d|k|M)?");

    private static final double NANO = 1e9;

    private Amount() {}

    /** What is written; empty where it makes no sense for the unit. */
    static OptionalDouble parse(String text, Unit unit) {
        Matcher matcher = WRITTEN.matcher(text.strip());
        if (!matcher.matches()) {
            return OptionalDouble.empty();
        }
        double number = new BigDecimal(matcher.group(2)).doubleValue();
        String suffix = matcher.group(3) == null ? "" : matcher.group(3);
        if (!matcher.group(1).isEmpty() && unit != Unit.NANO_USD) {
            return OptionalDouble.empty();
        }
        double factor = factor(unit, suffix);
        return factor > 0 ? OptionalDouble.of(number * factor) : OptionalDouble.empty();
    }

    /** How values of a unit are written, for messages. */
    static String form(Unit unit) {
        return switch (unit) {
            case SHARE -> "a share such as 5% or 0.05";
            case MS -> "a time such as 800ms, 5s or 10m";
            case NANO_USD -> "dollars such as $2.50";
            default -> "a number such as 100 or 20k";
        };
    }

    /** For people, with as many digits as tell something. */
    static String text(double value, Unit unit) {
        return switch (unit) {
            case SHARE -> number(100 * value) + " %";
            case MS -> time(value);
            case NANO_USD ->
                    "$" + String.format(Locale.ROOT, value < NANO ? "%.4f" : "%,.2f", value / NANO);
            default -> number(value);
        };
    }

    /** What a suffix makes of a number; zero where the unit has no such suffix. */
    private static double factor(Unit unit, String suffix) {
        return switch (unit) {
            case SHARE ->
                    switch (suffix) {
                        case "" -> 1;
                        case "%" -> 0.01;
                        default -> 0;
                    };
            case MS ->
                    switch (suffix) {
                        case "ms" -> 1;
                        case "s" -> 1_000;
                        case "m" -> 60_000;
                        case "h" -> 3_600_000;
                        case "d" -> 86_400_000;
                        default -> 0;
                    };
            case NANO_USD -> suffix.isEmpty() ? NANO : 0;
            default ->
                    switch (suffix) {
                        case "" -> 1;
                        case "k" -> 1_000;
                        case "M" -> 1_000_000;
                        default -> 0;
                    };
        };
    }

    private static String time(double millis) {
        if (millis < 1_000) {
            return number(millis) + " ms";
        }
        double seconds = millis / 1_000;
        return seconds < 120
                ? number(seconds) + " s"
                : seconds < 7_200 ? number(seconds / 60) + " min" : number(seconds / 3_600) + " h";
    }

    private static String number(double value) {
        double size = Math.abs(value);
        boolean whole = value == Math.rint(value);
        String format = whole || size >= 100 ? "%,.0f" : size >= 1 ? "%.1f" : "%.3f";
        return String.format(Locale.ROOT, format, value);
    }
}
