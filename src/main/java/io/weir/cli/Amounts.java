package io.weir.cli;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;

/** Figures as people read them. */
final class Amounts {
    private static final int NANO_DIGITS = 9;

    private Amounts() {}

    /** Money, exact to the nano-dollar, with two decimals at least: {@code $0.0000315}. */
    static String dollars(long nanoUsd) {
        BigDecimal dollars = BigDecimal.valueOf(nanoUsd, NANO_DIGITS).stripTrailingZeros();
        return "$" + (dollars.scale() < 2 ? dollars.setScale(2) : dollars).toPlainString();
    }

    /** A whole number in groups of three: {@code 19,366}. */
    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** Memory, in the largest unit that it has one of: {@code 12.3 MiB}. */
    static String bytes(long number) {
        int unit = 0;
        double amount = number;
        while (amount >= 1_024 && unit < 3) {
            amount /= 1_024;
            unit++;
        }
        String name = List.of("B", "KiB", "MiB", "GiB").get(unit);
        return unit == 0 ? number + " B" : String.format(Locale.ROOT, "%.1f %s", amount, name);
    }

    /** A time in the unit that suits it: {@code 0.31 ms}, {@code 412 ms}, {@code 1.24 s}. */
    static String time(long nanos) {
        double millis = nanos / 1e6;
        if (millis < 1_000) {
            return millis((double) nanos) + " ms";
        }
        double seconds = millis / 1e3;
        return seconds < 120
                ? String.format(Locale.ROOT, "%.2f s", seconds)
                : String.format(Locale.ROOT, "%.1f min", seconds / 60);
    }

    /** Milliseconds with three digits that matter. */
    static String millis(double nanos) {
        double millis = nanos / 1e6;
        int decimals = Math.abs(millis) >= 100 ? 0 : Math.abs(millis) >= 10 ? 1 : 3;
        return BigDecimal.valueOf(millis).setScale(decimals, RoundingMode.HALF_UP).toPlainString();
    }
}
