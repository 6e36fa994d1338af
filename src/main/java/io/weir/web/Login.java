package io.weir.web;

import io.weir.access.Actor;
import io.weir.access.Passwords;
import io.weir.access.User;
import io.weir.access.Users;
import io.weir.call.ClientGoneException;
import io.weir.http.Access;
import io.weir.http.Exchange;
import io.weir.http.Query;
import io.weir.http.Route;
import io.weir.wire.Headers;
import io.weir.wire.Secret;
import java.net.InetSocketAddress;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Logging in and out: by name and password, or without a name by the admin key, which lets its
 * holder in whatever becomes of the users.
 */
final class Login {
    private static final String FAILED = "That name and password do not go together.";
    private static final String TOO_MANY = "Too many tries. Try again in a quarter of an hour.";
    private static final String BUSY = "Weir is busy with other log-ins. Try again in a moment.";

    private static final Duration REMEMBERED = Duration.ofMinutes(15);
    private static final int TRIES_OF_A_NAME = 10;
    private static final int TRIES_OF_AN_ADDRESS = 50;

    private final Sessions sessions;
    private final Users users;
    private final Layout layout;
    private final byte[] adminKeyHash;
    private final Throttle names;
    private final Throttle addresses;

    /**
     * What the form shows.
     *
     * @param failure why the last try failed; empty at first
     * @param next where to go afterwards
     */
    record Model(String failure, String name, String next) {}

    private record Credentials(String name, String password) {}

    Login(Sessions sessions, Users users, Layout layout, Secret adminKey, InstantSource clock) {
        this.sessions = sessions;
        this.users = users;
        this.layout = layout;
        this.adminKeyHash = Secret.sha256(adminKey.reveal());
        this.names = new Throttle(clock, TRIES_OF_A_NAME, REMEMBERED);
        this.addresses = new Throttle(clock, TRIES_OF_AN_ADDRESS, REMEMBERED);
    }

    List<Route> routes() {
        return List.of(
                new Route("GET", "/login", Access.PUBLIC, (exchange, segment) -> show(exchange)),
                new Route("POST", "/login", Access.PUBLIC, (exchange, segment) -> begin(exchange)),
                new Route(
                        "POST",
                        "/logout",
                        Access.VIEWER_SESSION,
                        (exchange, segment) -> end(exchange)));
    }

    private void show(Exchange exchange) throws ClientGoneException {
        String next = "/";
        try {
            next = next(new Query(exchange.target().query()));
        } catch (IllegalArgumentException e) {
            // A broken link to the login leads to the login all the same.
        }
        answer(exchange, 200, new Model("", "", next));
    }

    private void begin(Exchange exchange) throws ClientGoneException {
        try {
            Query fields = Fields.read(exchange, false).fields();
            String name = fields.get("name").orElse("").strip();
            begin(exchange, new Credentials(name, fields.get("password").orElse("")), next(fields));
        } catch (IllegalArgumentException e) {
            answer(exchange, 400, new Model(FAILED, "", "/"));
        } catch (Passwords.Busy e) {
            answer(exchange, 503, new Model(BUSY, "", "/"));
        }
    }

    private void begin(Exchange exchange, Credentials shown, String next)
            throws ClientGoneException, Passwords.Busy {
        String address = address(exchange);
        if (!addresses.permits(address) || (isNamed(shown) && !names.permits(shown.name()))) {
            answer(exchange, 429, new Model(TOO_MANY, shown.name(), next));
            return;
        }
        Optional<Actor> actor = actor(shown);
        if (actor.isEmpty()) {
            answer(exchange, 403, new Model(FAILED, shown.name(), next));
            return;
        }
        addresses.forget(address);
        names.forget(shown.name());
        Html.redirect(exchange, next, sessions.begin(exchange.headers(), actor.get()));
    }

    private Optional<Actor> actor(Credentials shown) throws Passwords.Busy {
        if (isNamed(shown)) {
            return users.find(shown.name(), shown.password()).map(User::actor);
        }
        byte[] hash = Secret.sha256(shown.password().strip());
        return MessageDigest.isEqual(adminKeyHash, hash)
                ? Optional.of(Actor.ADMIN_KEY)
                : Optional.empty();
    }

    private void end(Exchange exchange) throws ClientGoneException {
        try {
            String token = Fields.token(exchange, Fields.read(exchange, false).fields());
            boolean agrees = sessions.agrees(exchange.headers(), token);
            Html.redirect(
                    exchange,
                    agrees ? "/login" : "/",
                    agrees ? sessions.end(exchange.headers()) : Headers.NONE);
        } catch (IllegalArgumentException e) {
            Html.redirect(exchange, "/", Headers.NONE);
        }
    }

    private void answer(Exchange exchange, int status, Model model) throws ClientGoneException {
        Html.page(
                exchange,
                status,
                layout.bare(exchange.headers(), "Log in", Answer.view("login", model)));
    }

    private static boolean isNamed(Credentials shown) {
        return !shown.name().isEmpty();
    }

    private static String address(Exchange exchange) {
        return exchange.client() instanceof InetSocketAddress socket
                ? socket.getAddress().getHostAddress()
                : exchange.client().toString();
    }

    /** A path of this site, whatever the form says: a link from elsewhere may have filled it. */
    private static String next(Query query) {
        String next = query.get("next").orElse("/");
        boolean here =
                next.startsWith("/")
                        && !next.startsWith("//")
                        && next.chars().allMatch(c -> c > 0x20 && c < 0x7f && c != '\\');
        return here ? next : "/";
    }
}
