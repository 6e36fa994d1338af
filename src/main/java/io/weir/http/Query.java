package io.weir.http;

import io.weir.wire.Span;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The parameters of a query string. A parameter that is given twice counts once, the last. */
public final class Query {
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

    /** These parameters. */
    public static Query of(Map<String, String> parameters) {
        Query query = new Query("");
        query.parameters.putAll(parameters);
        return query;
    }

    /** The same but for those. */
    public Query without(Set<String> names) {
        Query query = of(parameters);
        query.parameters.keySet().removeAll(names);
        return query;
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
        return Span.moment(value, now)
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                name
                                        + " is '"
                                        + value
                                        + "', and has to be a time such as 2026-11-22T03:00:00Z or a span such as 90s, 15m, 24h or 7d"));
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
