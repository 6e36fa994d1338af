package io.weir.http;

import io.weir.access.Actor;
import io.weir.access.AdminTokens;
import io.weir.call.ClientGoneException;
import io.weir.wire.ApiError;
import io.weir.wire.Headers;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Everything on the port: the relay under {@code /v1/}, and the routes beside it. */
public final class Site implements Handler {
    private static final int MAX_KEY_CHARS = 512;

    private final Handler relay;
    private final List<Route> routes;
    private final AdminTokens tokens;
    private final Door door;

    /** A site. */
    public Site(Handler relay, List<Route> routes, AdminTokens tokens, Door door) {
        this.relay = relay;
        this.routes = List.copyOf(routes);
        this.tokens = tokens;
        this.door = door;
    }

    @Override
    public void handle(Exchange exchange) throws ClientGoneException {
        String path = exchange.target().path();
        if (path.startsWith("/v1/")) {
            relay.handle(exchange);
            return;
        }
        Route route = find(exchange.method(), path);
        if (route == null) {
            refuse(exchange, missing(exchange.method(), path));
        } else {
            admit(exchange, route, path);
        }
    }

    /** The one place where it is decided who may use a route. */
    private void admit(Exchange exchange, Route route, String path) throws ClientGoneException {
        Headers headers = exchange.headers();
        switch (route.access().proof()) {
            case KEY -> {
                Optional<Actor> actor = headers.bearer(MAX_KEY_CHARS).flatMap(tokens::find);
                if (actor.isEmpty()) {
                    refuse(exchange, noAdminKey());
                    return;
                }
                if (!actor.get().role().covers(route.access().least())) {
                    refuse(exchange, otherRole(actor.get(), route.access()));
                    return;
                }
                exchange.actor(actor.get());
            }
            case SESSION -> {
                if (!door.admits(headers, route.access())) {
                    door.turnAway(exchange);
                    return;
                }
            }
            case NONE -> {}
        }
        boolean byKey = route.access().proof() == Access.Proof.KEY;
        if (!byKey && changes(route) && CrossSite.sent(headers)) {
            refuse(exchange, crossSite());
            return;
        }
        route.action().answer(exchange, route.segment(path));
    }

    private static boolean changes(Route route) {
        return !route.method().equals("GET");
    }

    private static ApiError noAdminKey() {
        return ApiError.of(
                401,
                "invalid_request_error",
                "invalid_admin_key",
                "This needs the admin key, the one in admin.key of the data directory, or a token of 'weir tokens create', as 'Authorization: Bearer KEY'.");
    }

    private static ApiError otherRole(Actor actor, Access access) {
        return ApiError.of(
                403,
                "invalid_request_error",
                "forbidden",
                "%s is %s, and this needs %s. Ask an administrator."
                        .formatted(actor.name(), actor.role().word(), access.least().word()));
    }

    private static ApiError crossSite() {
        return ApiError.of(
                403,
                "invalid_request_error",
                "cross_site",
                "Another site sent this. Open the dashboard's own page and try again.");
    }

    /** Every route, for the tests that walk them. */
    public List<Route> routes() {
        return routes;
    }

    private @Nullable Route find(String method, String path) {
        String lookedUp = method.equals("HEAD") ? "GET" : method;
        return routes.stream()
                .filter(route -> route.method().equals(lookedUp) && route.leads(path))
                .findFirst()
                .orElse(null);
    }

    private ApiError missing(String method, String path) {
        boolean otherMethod = routes.stream().anyMatch(route -> route.leads(path));
        return otherMethod
                ? ApiError.of(
                        405,
                        "invalid_request_error",
                        "method_not_allowed",
                        method + " is not offered here.")
                : ApiError.of(
                        404,
                        "invalid_request_error",
                        "not_found",
                        "Nothing is served here. The API is under /v1/: is the SDK's base URL missing it?");
    }

    private static void refuse(Exchange exchange, ApiError error) throws ClientGoneException {
        exchange.answer(
                error.status(), Headers.of("content-type", "application/json"), error.json());
    }
}
