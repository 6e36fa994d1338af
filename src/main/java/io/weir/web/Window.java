package io.weir.web;

import io.weir.http.Query;
import io.weir.report.Source;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * The time that a page is about.
 *
 * @param last the span, one of {@link #SPANS}, where the window ends now; empty where it is fixed
 */
record Window(Instant since, Instant until, String last) {
    /** The spans that can be chosen with one click. */
    static final List<String> SPANS = List.of("1h", "6h", "24h", "7d", "30d");

    private static final String USUAL = "24h";

    Window {
        if (!since.isBefore(until)) {
            throw new IllegalArgumentException(
                    "the time begins at %s, and has to end later than that, not at %s"
                            .formatted(since, until));
        }
    }

    /**
     * The window that a query string names.
     *
     * @throws IllegalArgumentException with a sentence for the asker
     */
    static Window of(Query query, Instant now) {
        if (query.get("since").isEmpty() && query.get("until").isEmpty()) {
            return last(query.get("last").orElse(USUAL), now);
        }
        Instant until = time(query, "until", now, now);
        return new Window(time(query, "since", now, until.minus(span(USUAL))), until, "");
    }

    static Window last(String span, Instant now) {
        return new Window(Source.beginning(now.minus(span(span)), now), now, span);
    }

    Duration length() {
        return Duration.between(since, until);
    }

    /** What the comparisons are with, in words. */
    String before() {
        return last.isEmpty() ? "the same time before" : "the " + last + " before";
    }

    /** What a form's field for a time shows, in UTC. */
    String field(Instant time) {
        return LocalDateTime.ofInstant(time, ZoneOffset.UTC)
                .truncatedTo(ChronoUnit.MINUTES)
                .toString();
    }

    /** A browser's field for a time has no zone: here it is UTC. */
    private static Instant time(Query query, String name, Instant now, Instant fallback) {
        String value = query.get(name).orElse("");
        if (value.isEmpty()) {
            return fallback;
        }
        try {
            return LocalDateTime.parse(value).toInstant(ZoneOffset.UTC);
        } catch (DateTimeParseException e) {
            return query.time(name, now).orElse(fallback);
        }
    }

    private static Duration span(String word) {
        return switch (word) {
            case "1h" -> Duration.ofHours(1);
            case "6h" -> Duration.ofHours(6);
            case "24h" -> Duration.ofHours(24);
            case "7d" -> Duration.ofDays(7);
            case "30d" -> Duration.ofDays(30);
            default ->
                    throw new IllegalArgumentException(
                            "last is '%s', and has to be one of %s"
                                    .formatted(word, String.join(", ", SPANS)));
        };
    }
}
