package io.weir.app;

import io.weir.http.Access;
import io.weir.http.Exchange;
import io.weir.http.Route;
import io.weir.wire.Headers;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What a person sees who opens the port in a browser. */
final class Welcome {
    private Welcome() {}

    static List<Route> routes(boolean emulated) {
        byte[] page = page(emulated).getBytes(StandardCharsets.UTF_8);
        Headers headers =
                Headers.of(
                        "content-type", "text/plain; charset=utf-8",
                        "content-security-policy", "default-src 'none'",
                        "x-content-type-options", "nosniff");
        return List.of(
                new Route(
                        "GET",
                        "/",
                        Access.PUBLIC,
                        (Exchange exchange, String segment) ->
                                exchange.answer(200, headers, page)));
    }

    private static String page(boolean emulated) {
        return """
        Weir: a gateway for the ChatGPT API.

        Point an OpenAI SDK at /v1 on this address, with the key in app.key of the data directory.
        %sAsk about calls with: weir calls, weir tail, weir report.
        """
                .formatted(emulated ? "ANSWERS ARE EMULATED: no call leaves this machine.\n" : "");
    }
}
