package io.weir.admin;

import io.weir.alert.Alerts;
import io.weir.config.Settings;
import io.weir.http.Access;
import io.weir.http.Exchange;
import io.weir.http.Query;
import io.weir.http.Route;
import io.weir.store.StoreUnavailable;
import io.weir.wire.Json;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Which rules fire, who is told, and what can be done about it. */
public final class AlertRoutes {
    private static final int USUAL_HISTORY = 100;
    private static final Duration USUAL_PAST = Duration.ofDays(7);
    private static final String SOMEBODY = "the admin key";

    private final Alerts alerts;
    private final InstantSource clock;

    /** Of these. */
    public AlertRoutes(Alerts alerts, InstantSource clock) {
        this.alerts = alerts;
        this.clock = clock;
    }

    /** The routes. */
    public List<Route> routes() {
        return List.of(
                route("GET", "alerts", (exchange, segment) -> AlertJson.all(alerts)),
                route("GET", "alert-history", this::history),
                route("POST", "alert-rules", this::putRule),
                route("DELETE", "alert-rules/*", this::removeRule),
                route("GET", "alert-backtests/*", this::backtest),
                route("POST", "alert-backtests", this::backtestOfOther),
                route("POST", "alert-tests/*", this::test),
                route("POST", "alert-acknowledgements/*", this::acknowledge),
                route("POST", "alert-silences", this::silence),
                route("DELETE", "alert-silences/*", this::unsilence));
    }

    private static Route route(String method, String path, Answers.Deed deed) {
        Access access = method.equals("GET") ? Access.VIEWER_KEY : Access.ADMIN_KEY;
        return Answers.route(method, path, access, deed);
    }

    private JsonNode history(Exchange exchange, String segment) throws IOException {
        Query query = query(exchange);
        Instant since = query.time("since", clock.instant()).orElse(Instant.EPOCH);
        return AlertJson.history(alerts.history(since, query.number("limit", USUAL_HISTORY)));
    }

    private JsonNode putRule(Exchange exchange, String segment) throws IOException {
        JsonNode rule = RequestJson.object(exchange);
        alerts.put(rule);
        return Json.MAPPER.createObjectNode().put("name", rule.path("name").asString(""));
    }

    private JsonNode removeRule(Exchange exchange, String name) throws IOException {
        alerts.remove(name);
        return Json.MAPPER.createObjectNode().put("name", name);
    }

    private JsonNode backtest(Exchange exchange, String name) throws StoreUnavailable {
        Instant now = clock.instant();
        Query query = query(exchange);
        return AlertJson.backtest(alerts.backtest(name, since(query, now), until(query, now)));
    }

    private JsonNode backtestOfOther(Exchange exchange, String segment)
            throws IOException, StoreUnavailable {
        Instant now = clock.instant();
        Query query = query(exchange);
        return AlertJson.backtest(
                alerts.backtest(
                        RequestJson.object(exchange), since(query, now), until(query, now)));
    }

    private JsonNode test(Exchange exchange, String channel) throws InterruptedException {
        Optional<String> problem = alerts.test(channel);
        ObjectNode answer = Json.MAPPER.createObjectNode();
        answer.put("name", channel).put("ok", problem.isEmpty());
        return answer.put("problem", problem.orElse(null));
    }

    private JsonNode acknowledge(Exchange exchange, String which) {
        String by = query(exchange).get("by").orElse(SOMEBODY);
        return AlertJson.incident(alerts.acknowledge(which, by));
    }

    private JsonNode silence(Exchange exchange, String segment) throws IOException {
        Settings wanted = Settings.of(RequestJson.object(exchange), "the silence");
        String rule = wanted.text("rule", "*", "whose alerts");
        Map<String, String> group = wanted.textsByName("group", "what their calls share");
        Duration time = wanted.duration("for", "1h", "how long");
        String by = wanted.text("by", SOMEBODY, "who wants it");
        String why = wanted.text("why", "", "in words");
        wanted.refuseUnknown();
        return AlertJson.silence(alerts.silence(rule, group, time, by, why));
    }

    private JsonNode unsilence(Exchange exchange, String id) {
        alerts.unsilence(id, query(exchange).get("by").orElse(SOMEBODY));
        return Json.MAPPER.createObjectNode().put("id", id);
    }

    private static Instant since(Query query, Instant now) {
        return query.time("since", now).orElse(now.minus(USUAL_PAST));
    }

    private static Instant until(Query query, Instant now) {
        return query.time("until", now).orElse(now);
    }

    private static Query query(Exchange exchange) {
        return new Query(exchange.target().query());
    }
}
