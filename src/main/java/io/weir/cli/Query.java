package io.weir.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import org.jspecify.annotations.Nullable;

/** The query string of a request, built up parameter by parameter. */
final class Query {
    private final StringBuilder text = new StringBuilder();

    /** Adds a parameter, unless its value is null. */
    Query and(String name, @Nullable Object value) {
        if (value != null) {
            text.append(text.isEmpty() ? '?' : '&');
            text.append(name).append('=').append(encoded(value.toString()));
        }
        return this;
    }

    /** A text as part of a query or a path. */
    static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8).replace("+", "%20");
    }

    /** Empty, or beginning with a question mark. */
    @Override
    public String toString() {
        return text.toString();
    }
}
