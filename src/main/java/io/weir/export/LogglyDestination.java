package io.weir.export;

import io.weir.outbound.DestinationKeys;
import io.weir.outbound.GuardedHttp;
import io.weir.outbound.HttpAnswer;
import io.weir.outbound.HttpFailure;
import io.weir.outbound.HttpPost;
import io.weir.outbound.HttpSettings;
import io.weir.outbound.Resolver;
import io.weir.wire.Secret;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/**
 * Loggly's bulk endpoint: events line by line. Its token is part of the path, which appears in no
 * message.
 */
final class LogglyDestination implements Destination {
    private static final int EVENTS = 5_000;

    /** Loggly takes 5 MB a batch, with a line break an event, and 1 MB an event. */
    private static final Limits LIMITS = new Limits(EVENTS, 5_000_000 - EVENTS, 1_000_000);

    private static final Map<String, String> FIELDS = Map.of("content-type", "text/plain");

    private final GuardedHttp http;
    private final LogglySettings settings;
    private final String base;

    /** Nothing is sent yet. */
    LogglyDestination(LogglySettings settings, GuardedHttp http) {
        this.settings = settings;
        this.http = http;
        this.base = http.target().path().replaceFirst("/*$", "");
    }

    static Opening opening(DestinationKeys keys) {
        HttpSettings http = keys.http("https://logs-01.loggly.com", false);
        Secret token = keys.secret("token", "the customer token");
        List<String> tags = keys.settings().texts("tags", "of every event; weir without any");
        LogglySettings settings =
                keys.made(() ->
                        new LogglySettings(http, token, tags.isEmpty() ? List.of("weir") : tags));
        keys.made(() -> new GuardedHttp(http, Resolver.SYSTEM, InstantSource.system()));
        return () ->
                new LogglyDestination(
                        settings, new GuardedHttp(http, Resolver.SYSTEM, InstantSource.system()));
    }

    @Override
    public Limits limits() {
        return LIMITS;
    }

    @Override
    public Sent send(List<Event> events) throws InterruptedException {
        try {
            return sent(http.post(new HttpPost(path(), FIELDS, Bodies.lines(events))));
        } catch (HttpFailure e) {
            return new Sent.Failed(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void close() {
        http.close();
    }

    private String path() {
        return base
                + "/bulk/%s/tag/%s/"
                        .formatted(settings.token().reveal(), String.join(",", settings.tags()));
    }

    private static Sent sent(HttpAnswer answer) {
        return switch (answer.status()) {
            case 200 ->
                    answer.json().path("response").asString("").equals("ok")
                            ? Sent.DELIVERED
                            : new Sent.Failed(
                                    "Loggly answered 200 without its ok. Check that url is https://logs-01.loggly.com",
                                    answer.retryAfter());
            case 400, 413 ->
                    new Sent.Refused(
                            "Loggly refused an event or the whole batch (status %d)"
                                    .formatted(answer.status()));
            case 401, 403 ->
                    new Sent.Failed(
                            "Loggly does not let Weir in (status %d). Check token"
                                    .formatted(answer.status()),
                            answer.retryAfter());
            default ->
                    new Sent.Failed(
                            "Loggly answered %d".formatted(answer.status()), answer.retryAfter());
        };
    }
}
