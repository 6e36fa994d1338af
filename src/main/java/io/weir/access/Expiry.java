package io.weir.access;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** When a key ends, as people say it. */
public sealed interface Expiry {
    /** It does not end. */
    record Never() implements Expiry {
        @Override
        public @Nullable Instant from(Instant now) {
            return null;
        }
    }

    /** At that time. */
    record At(Instant time) implements Expiry {
        @Override
        public Instant from(Instant now) {
            return time;
        }
    }

    /** So long after it is said. */
    record In(Duration time) implements Expiry {
        @Override
        public Instant from(Instant now) {
            return now.plus(time);
        }
    }

    /** The time, where it is said now; null for never. */
    @Nullable Instant from(Instant now);

    /**
     * As text says it: {@code never}, {@code 90d}, {@code 12h}, {@code 2w} or an instant.
     *
     * @throws IllegalArgumentException for any other text
     */
    static Expiry of(String text) {
        if (text.equals("never")) {
            return new Never();
        }
        Matcher span = Pattern.compile("(\\d{1,5})([mhdw])").matcher(text);
        if (span.matches()) {
            return new In(unit(span.group(2)).multipliedBy(Long.parseLong(span.group(1))));
        }
        try {
            return new At(Instant.parse(text));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "'%s' is no expiry: give 90d, 12h, never or 2027-01-31T00:00:00Z"
                            .formatted(text),
                    e);
        }
    }

    private static Duration unit(String letter) {
        return switch (letter) {
            case "m" -> Duration.ofMinutes(1);
            case "h" -> Duration.ofHours(1);
            case "d" -> Duration.ofDays(1);
            default -> Duration.ofDays(7);
        };
    }
}
