package io.weir.admin;

import io.weir.call.ClientGoneException;
import io.weir.http.Access;
import io.weir.http.Exchange;
import io.weir.http.Route;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/**
 * Whether Weir lives, whether it can take calls, and how it is. Asking costs nothing and calls
 * nobody: a health check that sends a call upstream would be billed.
 */
public final class HealthRoutes {
    private final Supplier<List<String>> hindrances;
    private final Supplier<ObjectNode> status;

    /**
     * Health.
     *
     * @param hindrances why calls cannot be taken; empty when they can
     * @param status everything an operator wants to know
     */
    public HealthRoutes(Supplier<List<String>> hindrances, Supplier<ObjectNode> status) {
        this.hindrances = hindrances;
        this.status = status;
    }

    /** The routes. */
    public List<Route> routes() {
        return List.of(
                new Route(
                        "GET",
                        "/health/live",
                        Access.PUBLIC,
                        (exchange, segment) -> say(exchange, 200, "live")),
                new Route(
                        "GET",
                        "/health/ready",
                        Access.PUBLIC,
                        (exchange, segment) -> ready(exchange)),
                new Route(
                        "GET",
                        "/admin/api/status",
                        Access.VIEWER_KEY,
                        Answers.json((query, segment) -> status.get())));
    }

    private void ready(Exchange exchange) throws ClientGoneException {
        boolean ready = hindrances.get().isEmpty();
        say(exchange, ready ? 200 : 503, ready ? "ready" : "not ready");
    }

    private static void say(Exchange exchange, int code, String word) throws ClientGoneException {
        String json = "{\"status\":\"" + word + "\"}\n";
        exchange.answer(code, Answers.JSON, json.getBytes(StandardCharsets.UTF_8));
    }
}
