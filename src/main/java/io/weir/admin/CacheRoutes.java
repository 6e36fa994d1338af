package io.weir.admin;

import io.weir.cache.AnswerCache;
import io.weir.cache.SemanticCache;
import io.weir.http.Access;
import io.weir.http.Exchange;
import io.weir.http.Query;
import io.weir.http.Route;
import io.weir.rules.CacheDesk;
import io.weir.wire.Json;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The cache of answers: how it stands, and forgetting what is in it. Never an answer itself. */
public final class CacheRoutes {
    private final CacheDesk desk;

    /** Of that cache. */
    public CacheRoutes(CacheDesk desk) {
        this.desk = desk;
    }

    /** The routes. */
    public List<Route> routes() {
        return List.of(
                Answers.route("GET", "cache", Access.VIEWER_KEY, (exchange, none) -> show()),
                Answers.route(
                        "DELETE", "cache", Access.ADMIN_KEY, (exchange, none) -> clear(exchange)));
    }

    private JsonNode show() {
        AnswerCache.Standing standing = desk.cache().standing();
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("enabled", standing.enabled());
        json.put("entries", standing.entries()).put("bytes", standing.bytes());
        json.put("max_bytes", standing.maxBytes());
        json.put("hits", standing.hits()).put("misses", standing.misses());
        json.put("bypasses", standing.bypasses()).put("evictions", standing.evictions());
        json.put("under_way", standing.underWay());
        json.put("saved_nano_usd", standing.savedNanoUsd());
        desk.semantic().ifPresent(likes -> semantic(likes, json.putObject("semantic")));
        ArrayNode projects = json.putArray("projects");
        desk.cache()
                .shares()
                .forEach((project, share) ->
                        projects.addObject()
                                .put("project", project)
                                .put("entries", share.entries())
                                .put("bytes", share.bytes()));
        return json;
    }

    private JsonNode clear(Exchange exchange) throws IOException {
        @Nullable String project = new Query(exchange.target().query()).get("project").orElse(null);
        return Json.MAPPER
                .createObjectNode()
                .put("entries", desk.forget(exchange.actor(), project));
    }

    private static void semantic(SemanticCache.Standing likes, ObjectNode json) {
        json.put("threshold", likes.threshold()).put("entries", likes.entries());
        json.put("hits", likes.hits()).put("checks", likes.checks());
        json.put("unlike", likes.unlike()).put("busy", likes.busy());
        json.put("failures", likes.failures());
    }
}
