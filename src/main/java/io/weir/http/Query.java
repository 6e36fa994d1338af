package io.weir.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The parameters of a query string. A parameter that is given twice counts once, the last. */
public final class Query {
    private static final Pattern SPAN = Pattern.compile("(\\d{1,6})([smhdw])");

    private final Map<String, String> parameters = new LinkedHashMap<>();

    /** The parameters of that query string; none where there is none. */
    public Query(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return;
        }
        for (String pair : text.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            String value = equals < 0 ? "" : pair.substring(equals + 1);
            parameters.put(decoded(name), decoded(value));
        }
    }

    /** Every parameter, in order. */
    public Map<String, String> all() {
        return Collections.unmodifiableMap(parameters);
    }

    /** The parameter's value; none where it is missing or empty. */
    public Optional<String> get(String name) {
        return Optional.ofNullable(parameters.get(name)).filter(value -> !value.isEmpty());
    }

    /** A whole number of up to nine digits. */
    public int number(String name, int fallback) {
        return get(name).map(value -> parsedNumber(name, value)).orElse(fallback);
    }

    /** An instant in ISO form, or a span such as {@code 15m} or {@code 7d} that ends now. */
    public Optional<Instant> time(String name, Instant now) {
        return get(name).map(value -> parsedTime(name, value, now));
    }

    private static int parsedNumber(String name, String value) {
        if (!value.matches("\\d{1,9}")) {
            throw new IllegalArgumentException(
                    name + " is '" + value + "', and has to be a whole number");
        }
        return Integer.parseInt(value);
    }

    private static Instant parsedTime(String name, String value, Instant now) {
        Matcher span = SPAN.matcher(value);
        if (span.matches()) {
            return now.minus(unit(span.group(2)).multipliedBy(Long.parseLong(span.group(1))));
        }
        try {
            return Instant.parse(value);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    name
                            + " is '"
                            + value
                            + "', and has to be a time such as 2026-11-22T03:00:00Z or a span such as 90s, 15m, 24h or 7d",
                    e);
        }
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

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
