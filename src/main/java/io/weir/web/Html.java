package io.weir.web;

import io.weir.call.ClientGoneException;
import io.weir.http.Exchange;
import io.weir.wire.Headers;
import java.nio.charset.StandardCharsets;

/** The fields that every answer of the dashboard carries, and the forms of its answers. */
final class Html {
    /** No script, style or picture from elsewhere, none within a page; nobody may frame it. */
    static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    /** For whatever a browser may be made to open. */
    static final Headers SAFE =
            Headers.of(
                    "content-security-policy",
                    POLICY,
                    "x-content-type-options",
                    "nosniff",
                    "referrer-policy",
                    "no-referrer",
                    "x-frame-options",
                    "DENY",
                    "cross-origin-opener-policy",
                    "same-origin",
                    "cross-origin-resource-policy",
                    "same-origin",
                    "permissions-policy",
                    "camera=(), microphone=(), geolocation=()");

    static final Headers JSON = SAFE.and("content-type", "application/json");

    private static final Headers FRESH = SAFE.and("cache-control", "no-store");

    /** For events that come one by one. */
    static final Headers EVENTS = FRESH.and("content-type", "text/event-stream");

    private Html() {}

    static void page(Exchange exchange, int status, String html) throws ClientGoneException {
        exchange.answer(
                status,
                FRESH.and("content-type", "text/html; charset=utf-8"),
                html.getBytes(StandardCharsets.UTF_8));
    }

    static void csv(Exchange exchange, String name, String csv) throws ClientGoneException {
        file(
                exchange,
                new Answer.File(
                        name + ".csv",
                        "text/csv; charset=utf-8",
                        csv.getBytes(StandardCharsets.UTF_8)));
    }

    static void file(Exchange exchange, Answer.File file) throws ClientGoneException {
        exchange.answer(
                200,
                FRESH.and("content-type", file.type())
                        .and("content-disposition", "attachment; filename=\"" + file.name() + "\""),
                file.content());
    }

    /** Makes htmx load the page anew, or leave it as it is. */
    static void reloadOrWait(Exchange exchange, boolean reload) throws ClientGoneException {
        Headers fields = reload ? FRESH.and("hx-refresh", "true") : FRESH;
        exchange.answer(reload ? 200 : 204, fields, new byte[0]);
    }

    /** To another page, with GET; htmx is told in a field of its own to load the whole of it. */
    static void redirect(Exchange exchange, String location, Headers more)
            throws ClientGoneException {
        boolean htmx = exchange.headers().has("hx-request");
        Headers to = htmx ? FRESH.and("hx-redirect", location) : FRESH.and("location", location);
        exchange.answer(htmx ? 200 : 303, to.and(more), new byte[0]);
    }
}
