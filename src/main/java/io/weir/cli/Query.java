package io.weir.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
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

    /**
     * Adds what a report prints as its filter, {@code key=app&model=gpt-4o}; nothing where it is
     * null.
     *
     * @throws CommandFailure where it is none
     */
    Query andAll(@Nullable String filter) {
        for (String pair : filter == null ? new String[0] : filter.split("&")) {
            int equals = pair.indexOf('=');
            if (equals <= 0) {
                throw new CommandFailure(
                        ExitCode.USAGE,
                        "'"
                                + pair
                                + "' is no filter: write NAME=VALUE, several with & between, in quotes.");
            }
            and(pair.substring(0, equals), decoded(pair.substring(equals + 1)));
        }
        return this;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
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
