package io.weir.wire;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A time with a beginning and an end.
 *
 * @param since belongs to it
 * @param until is the first instant that does not
 */
public record Span(Instant since, Instant until) {
    private static final Pattern AGO = Pattern.compile("(\\d{1,6})([smhdw])");
    private static final Pattern TWO = Pattern.compile("(.+?)(?:/|\\.\\.)(.+)");

    public Span {
        if (!since.isBefore(until)) {
            throw new IllegalArgumentException(
                    "a span from %s to %s ends before it begins".formatted(since, until));
        }
    }

    /**
     * The span of a text: {@code 1h}, the last hour; {@code 2h..1h}, the hour before it; {@code
     * FROM/TO}, with times in ISO form, or such offsets.
     *
     * @throws IllegalArgumentException with a sentence for the asker where it is none
     */
    public static Span of(String text, Instant now) {
        Matcher two = TWO.matcher(text);
        Optional<Instant> since = moment(two.matches() ? two.group(1) : text, now);
        Optional<Instant> until = two.matches() ? moment(two.group(2), now) : Optional.of(now);
        if (since.isEmpty() || until.isEmpty()) {
            throw new IllegalArgumentException(
                    "'%s' is no span of time: write 1h, 2h..1h or 2026-11-22T02:00:00Z/2026-11-22T03:00:00Z"
                            .formatted(text));
        }
        return new Span(since.get(), until.get());
    }

    /** An instant in ISO form, or so long before now: {@code 90s}, {@code 15m}, {@code 7d}. */
    public static Optional<Instant> moment(String text, Instant now) {
        Matcher ago = AGO.matcher(text);
        if (ago.matches()) {
            return Optional.of(
                    now.minus(unit(ago.group(2)).multipliedBy(Long.parseLong(ago.group(1)))));
        }
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** As long, and just before it. */
    public Span before() {
        return new Span(since.minus(length()), since);
    }

    /** From its beginning to its end. */
    public Duration length() {
        return Duration.between(since, until);
    }

    /** Whether an instant belongs to both. */
    public boolean overlaps(Span other) {
        return since.isBefore(other.until) && other.since.isBefore(until);
    }

    private static Duration unit(String letter) {
        return switch (letter) {
            case "s" -> Duration.ofSeconds(1);
            case "m" -> Duration.ofMinutes(1);
            case "h" -> Duration.ofHours(1);
            case "d" -> Duration.ofDays(1);
            default -> Duration.ofDays(7);
        };
    }
}
