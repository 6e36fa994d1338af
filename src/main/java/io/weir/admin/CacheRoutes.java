package io.weir.admin;

import io.weir.access.Control;
import io.weir.cache.AnswerCache;
import io.weir.cache.SemanticCache;
import io.weir.http.Access;
import io.weir.http.Exchange;
import io.weir.http.Query;
import io.weir.http.Route;
import io.weir.wire.Json;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The cache of answers: how it stands, and forgetting what is in it. Never an answer itself. */
public final class CacheRoutes {
    private final AnswerCache cache;
    private final @Nullable SemanticCache semantic;
    private final Control control;

    /**
     * Of that cache.
     *
     * @param semantic null where it is off
     * @param control notes who has had it forget
     */
    public CacheRoutes(AnswerCache cache, @Nullable SemanticCache semantic, Control control) {
        this.cache = cache;
        this.semantic = semantic;
        this.control = control;
    }

    /** The routes. */
    public List<Route> routes() {
        return List.of(
                Answers.route("GET", "cache", Access.VIEWER_KEY, (exchange, none) -> show()),
                Answers.route(
                        "DELETE", "cache", Access.ADMIN_KEY, (exchange, none) -> clear(exchange)));
    }

    private JsonNode show() {
        AnswerCache.Standing standing = cache.standing();
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("enabled", standing.enabled());
        json.put("entries", standing.entries()).put("bytes", standing.bytes());
        json.put("max_bytes", standing.maxBytes());
        json.put("hits", standing.hits()).put("misses", standing.misses());
        json.put("bypasses", standing.bypasses()).put("evictions", standing.evictions());
        json.put("under_way", standing.underWay());
        json.put("saved_nano_usd", standing.savedNanoUsd());
        if (semantic != null) {
            SemanticCache.Standing likes = semantic.standing();
            json.putObject("semantic")
                    .put("threshold", likes.threshold())
                    .put("entries", likes.entries())
                    .put("hits", likes.hits())
                    .put("checks", likes.checks())
                    .put("unlike", likes.unlike())
                    .put("busy", likes.busy())
                    .put("failures", likes.failures());
        }
        ArrayNode projects = json.putArray("projects");
        cache.shares()
                .forEach((project, share) ->
                        projects.addObject()
                                .put("project", project)
                                .put("entries", share.entries())
                                .put("bytes", share.bytes()));
        return json;
    }

    private JsonNode clear(Exchange exchange) throws IOException {
        @Nullable String project = new Query(exchange.target().query()).get("project").orElse(null);
        ObjectNode what = Json.MAPPER.createObjectNode().put("entries", cache.clear(project));
        control.note(
                exchange.actor(), "clear", "cache", project == null ? "all" : project, null, what);
        return what;
    }
}
