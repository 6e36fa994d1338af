package io.weir.web;

import io.weir.call.ClientGoneException;
import io.weir.http.Exchange;
import io.weir.http.Query;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** The fields of a posted form. */
final class Fields {
    private static final int MAX_BYTES = 65_536;

    private Fields() {}

    /** The token that goes with the session: htmx sends it in a field of the head. */
    static String token(Exchange exchange, Query fields) {
        return exchange.headers()
                .first("x-csrf-token")
                .orElseGet(() -> fields.get("csrf").orElse(""));
    }

    /** A field; empty where it is missing. */
    static String text(Query fields, String name) {
        return fields.get(name).orElse("").strip();
    }

    /** What stands in a field with commas between. */
    static List<String> texts(Query fields, String name) {
        return Arrays.stream(text(fields, name).split(","))
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .toList();
    }

    /**
     * Reads them.
     *
     * @throws IllegalArgumentException where the body is larger than a form's, or none
     */
    static Query read(Exchange exchange) throws ClientGoneException {
        String type = exchange.headers().first("content-type").orElse("");
        if (!type.startsWith("application/x-www-form-urlencoded")) {
            throw new IllegalArgumentException("this is posted as a form");
        }
        try {
            byte[] body = exchange.body().readNBytes(MAX_BYTES + 1);
            if (body.length > MAX_BYTES) {
                throw new IllegalArgumentException("the form is too large");
            }
            return new Query(new String(body, StandardCharsets.UTF_8));
        } catch (ClientGoneException e) {
            throw e;
        } catch (IOException e) {
            throw new ClientGoneException(e);
        }
    }
}
