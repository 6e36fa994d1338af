package io.weir.web;

import io.weir.call.ClientGoneException;
import io.weir.http.Exchange;
import io.weir.http.PostedFile;
import io.weir.http.PostedForm;
import io.weir.http.Query;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** The fields of a posted form. */
final class Fields {
    private static final int MAX_BYTES = 65_536;
    private static final int MAX_BYTES_WITH_FILES = 32 << 20;

    /** What was posted. */
    record Posted(Query fields, List<PostedFile> files) {}

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
     * Reads them, and files where the form takes some.
     *
     * @throws IllegalArgumentException where the body is larger than a form's, or none
     */
    static Posted read(Exchange exchange, boolean takesFiles) throws ClientGoneException {
        String type = exchange.headers().first("content-type").orElse("");
        if (takesFiles && PostedForm.is(type)) {
            PostedForm form = PostedForm.of(type, body(exchange, MAX_BYTES_WITH_FILES));
            return new Posted(form.fields(), form.files());
        }
        if (!type.startsWith("application/x-www-form-urlencoded")) {
            throw new IllegalArgumentException("this is posted as a form");
        }
        String text = new String(body(exchange, MAX_BYTES), StandardCharsets.UTF_8);
        return new Posted(new Query(text), List.of());
    }

    private static byte[] body(Exchange exchange, int most) throws ClientGoneException {
        try {
            byte[] body = exchange.body().readNBytes(most + 1);
            if (body.length > most) {
                throw new IllegalArgumentException(
                        "the form is larger than %d KiB".formatted(most >> 10));
            }
            return body;
        } catch (ClientGoneException e) {
            throw e;
        } catch (IOException e) {
            throw new ClientGoneException(e);
        }
    }
}
