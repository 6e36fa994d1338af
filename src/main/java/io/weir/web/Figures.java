package io.weir.web;

import io.weir.store.Unit;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How numbers are written, all of them: short enough to scan, exact enough to act on. */
final class Figures {
    private static final long NANO = 1_000_000_000L;
    private static final long COMPACT_FROM = 100_000;

    private Figures() {}

    /** A cell of a table, by its column's unit. */
    static Figure of(Unit unit, @Nullable Object value) {
        return switch (value) {
            case null -> Figure.NONE;
            case Number number -> number(unit, number);
            case Boolean flag -> new Figure(flag ? "yes" : "no", "");
            default -> new Figure(value.toString(), "");
        };
    }

    private static Figure number(Unit unit, Number number) {
        return switch (unit) {
            case CALLS, TOKENS -> count(number.longValue());
            case MS -> millis(number.doubleValue());
            case US -> millis(number.doubleValue() / 1_000);
            case SHARE -> share(number.doubleValue());
            case RATIO -> new Figure(digits(number.doubleValue(), 3) + "×", "");
            case PER_SECOND -> new Figure(digits(number.doubleValue(), 3), "/s");
            case NANO_USD -> money(number.longValue());
            case TEXT, SENTENCE, FLAG, TIME, NUMBER, USD -> new Figure(number.toString(), "");
        };
    }

    /** {@code 12,345}, and {@code 1.23M} where it is long. */
    static Figure count(long count) {
        if (count < COMPACT_FROM) {
            return new Figure(String.format(Locale.ROOT, "%,d", count), "");
        }
        if (count < 1_000_000) {
            return new Figure(digits(count / 1e3, 3) + "k", "");
        }
        return count < NANO
                ? new Figure(digits(count / 1e6, 3) + "M", "")
                : new Figure(digits(count / 1e9, 3) + "G", "");
    }

    /** {@code 0.84 ms}, {@code 842 ms}, {@code 1.24 s}, {@code 2.1 min}. */
    static Figure millis(double millis) {
        if (millis < 999.5) {
            return new Figure(digits(millis, millis < 10 ? 2 : 3), "ms");
        }
        return millis < 59_950
                ? new Figure(digits(millis / 1e3, 3), "s")
                : new Figure(digits(millis / 60e3, 3), "min");
    }

    /** A part of one, in percent. */
    static Figure share(double share) {
        double percent = 100 * share;
        if (percent > 0 && percent < 0.1) {
            return new Figure("<0.1", "%");
        }
        return new Figure(fixed(percent, percent < 10 && percent > 0 ? 1 : 0), "%");
    }

    /** Dollars: cents from one dollar on, three digits that count below. */
    static Figure money(long nanoUsd) {
        BigDecimal dollars = BigDecimal.valueOf(nanoUsd, 9);
        if (nanoUsd >= 10_000 * NANO || nanoUsd == 0) {
            return new Figure("$" + fixed(dollars.doubleValue(), 0), "");
        }
        if (nanoUsd >= NANO) {
            return new Figure("$" + fixed(dollars.doubleValue(), 2), "");
        }
        BigDecimal digits = dollars.round(new MathContext(3)).stripTrailingZeros();
        return new Figure(
                "$" + (digits.scale() < 2 ? digits.setScale(2) : digits).toPlainString(), "");
    }

    /** Bytes in binary units. */
    static Figure bytes(long bytes) {
        if (bytes < 1_024) {
            return new Figure(Long.toString(bytes), "B");
        }
        if (bytes < 1L << 20) {
            return new Figure(digits(bytes / 1024.0, 3), "KiB");
        }
        return bytes < 1L << 30
                ? new Figure(digits(bytes / (double) (1L << 20), 3), "MiB")
                : new Figure(digits(bytes / (double) (1L << 30), 3), "GiB");
    }

    private static String fixed(double number, int decimals) {
        return String.format(Locale.ROOT, "%,." + decimals + "f", number);
    }

    private static String digits(double number, int significant) {
        BigDecimal rounded =
                BigDecimal.valueOf(number)
                        .round(new MathContext(significant, RoundingMode.HALF_UP));
        return rounded.signum() == 0
                ? "0"
                : rounded.stripTrailingZeros()
                        .setScale(
                                Math.max(0, rounded.stripTrailingZeros().scale()),
                                RoundingMode.HALF_UP)
                        .toPlainString();
    }
}
