package io.weir.report;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/**
 * A value of an attribute; of one whose values are ordered, that value and everything above.
 *
 * @param value as {@link Attribute#sql} makes it
 */
record Trait(Attribute attribute, String value) {
    /** The condition on {@link Attribute#column}, with one parameter. */
    String sql() {
        return "coalesce(%s %s ?, false)"
                .formatted(attribute.column(), attribute.isOrdered() ? ">=" : "=");
    }

    Object parameter() {
        return attribute.isOrdered() ? (Object) Long.valueOf(value) : value;
    }

    /**
     * The value in words.
     *
     * @param asked the length of the time that is asked about
     */
    String text(Duration asked) {
        return switch (attribute) {
            case PROMPT -> "≥ " + bytes(1_024L << (number() - 1));
            case OUTPUT -> String.format(Locale.ROOT, "≥ %,d tokens", 64L << (number() - 1));
            case HOUR -> "since " + time(asked).truncatedTo(ChronoUnit.SECONDS);
            default -> value;
        };
    }

    private long number() {
        return Long.parseLong(value);
    }

    private Instant time(Duration asked) {
        return Instant.EPOCH.plus(
                Math.multiplyExact(number(), Attribute.stepMicros(asked)), ChronoUnit.MICROS);
    }

    private static String bytes(long bytes) {
        return bytes < 1L << 20 ? (bytes >> 10) + " KB" : (bytes >> 20) + " MB";
    }
}
