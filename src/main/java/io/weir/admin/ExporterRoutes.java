package io.weir.admin;

import io.weir.export.ExporterHealth;
import io.weir.export.Exporters;
import io.weir.export.Start;
import io.weir.http.Access;
import io.weir.http.Exchange;
import io.weir.http.Query;
import io.weir.http.Route;
import io.weir.wire.Json;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** How exporters are, and what can be done to them. */
public final class ExporterRoutes {
    private final Exporters exporters;

    /** Of these. */
    public ExporterRoutes(Exporters exporters) {
        this.exporters = exporters;
    }

    /** The routes. */
    public List<Route> routes() {
        return List.of(
                new Route(
                        "GET",
                        "/admin/api/exporters",
                        Access.VIEWER_KEY,
                        Answers.json((query, segment) -> all())),
                Answers.route("POST", "exporter-tests/*", Access.ADMIN_KEY, this::test),
                Answers.route("POST", "exporter-resets/*", Access.ADMIN_KEY, this::reset));
    }

    /** One of them, as the admin API shows it. */
    public static ObjectNode json(ExporterHealth health) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("name", health.name()).put("kind", health.kind());
        json.put("ok", health.failing() == 0);
        json.put("problem", health.problem().orElse(null));
        json.put("lag", health.lag());
        json.put("waiting_since", text(health.waitingSince()));
        json.put("last_sent", text(health.lastSent()));
        json.put("sent", health.sent()).put("batches", health.batches());
        json.put("failures", health.failures()).put("failing", health.failing());
        json.put("set_aside", health.setAside()).put("rejected", health.rejected());
        json.put("dropped", health.dropped());
        return json;
    }

    private JsonNode all() {
        ObjectNode answer = Json.MAPPER.createObjectNode();
        ArrayNode each = answer.putArray("exporters");
        exporters.health().forEach(health -> each.add(json(health)));
        return answer;
    }

    private JsonNode test(Exchange exchange, String name) throws InterruptedException {
        Optional<String> problem = exporters.test(name);
        ObjectNode answer = Json.MAPPER.createObjectNode();
        answer.put("name", name).put("ok", problem.isEmpty());
        return answer.put("problem", problem.orElse(null));
    }

    private JsonNode reset(Exchange exchange, String name) {
        Query query = new Query(exchange.target().query());
        Start to = Start.of(query.get("to").orElse(Start.NEWEST.word()));
        exporters.reset(name, to);
        return Json.MAPPER.createObjectNode().put("name", name).put("to", to.word());
    }

    private static @Nullable String text(Optional<Instant> time) {
        return time.map(Instant::toString).orElse(null);
    }
}
