package io.weir.admin;

import io.weir.access.StoredKey;
import io.weir.access.StoredKeys;
import io.weir.http.Access;
import io.weir.http.Exchange;
import io.weir.http.Route;
import io.weir.rules.UpstreamKeyEntry;
import io.weir.upstream.UpstreamKeys;
import io.weir.wire.Json;
import io.weir.wire.Secret;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The provider's keys: stored, disabled, removed, and how they stand. Never a key itself. */
public final class UpstreamKeyRoutes {
    private final StoredKeys stored;
    private final UpstreamKeys keys;

    /** Of those that are stored, and those that calls go out with. */
    public UpstreamKeyRoutes(StoredKeys stored, UpstreamKeys keys) {
        this.stored = stored;
        this.keys = keys;
    }

    /** The routes. */
    public List<Route> routes() {
        return List.of(
                Answers.route(
                        "GET", "upstream-keys", Access.VIEWER_KEY, (exchange, none) -> list()),
                Answers.route("POST", "upstream-keys", Access.ADMIN_KEY, this::store),
                Answers.route("PATCH", "upstream-keys/*", Access.ADMIN_KEY, this::change),
                Answers.route("DELETE", "upstream-keys/*", Access.ADMIN_KEY, this::remove));
    }

    private JsonNode list() {
        List<ObjectNode> all = new ArrayList<>();
        for (UpstreamKeyEntry entry : UpstreamKeyEntry.all(stored, keys)) {
            ObjectNode json = Json.MAPPER.createObjectNode();
            json.put("name", entry.name());
            StoredKey key = entry.stored();
            if (key == null) {
                json.put("source", "configuration");
            } else {
                describe(json, key);
            }
            json.put("in_use", entry.standing() != null);
            if (entry.standing() != null) {
                stands(json, entry.standing());
            } else {
                json.put("problem", key == null || key.disabled() ? null : problem(key));
            }
            all.add(json);
        }
        return AccessJson.list("keys", all).put("waiting", keys.waiting());
    }

    private JsonNode store(Exchange exchange, String segment) throws IOException {
        JsonNode given = RequestJson.object(exchange);
        AccessJson.requireOnly(given, List.of("name", "secret"));
        String name = AccessJson.text(given, "name", "");
        return describe(
                Json.MAPPER.createObjectNode(),
                stored.store(
                        exchange.actor(), name, new Secret(AccessJson.text(given, "secret", ""))));
    }

    private JsonNode change(Exchange exchange, String name) throws IOException {
        JsonNode given = RequestJson.object(exchange);
        AccessJson.requireOnly(given, List.of("disabled"));
        boolean disabled = AccessJson.flag(given, "disabled", false);
        return describe(
                Json.MAPPER.createObjectNode(), stored.disable(exchange.actor(), name, disabled));
    }

    private JsonNode remove(Exchange exchange, String name) throws IOException {
        stored.remove(exchange.actor(), name);
        return Json.MAPPER.createObjectNode().put("name", name);
    }

    private String problem(StoredKey key) {
        try {
            stored.open(key);
            return "it is not in use";
        } catch (IllegalArgumentException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static ObjectNode describe(ObjectNode json, StoredKey key) {
        json.put("name", key.name()).put("source", "stored").put("hint", key.hint());
        return json.put("stored", key.created().toString()).put("disabled", key.disabled());
    }

    private static void stands(ObjectNode json, UpstreamKeys.Standing standing) {
        json.put("calls", standing.calls()).put("refusals", standing.refusals());
        json.put("rests", standing.rests());
        ArrayNode models = json.putArray("models");
        standing.models()
                .forEach(left ->
                        models.addObject()
                                .put("model", left.model())
                                .put("requests_left", left.requests())
                                .put("tokens_left", left.tokens())
                                .put("held_ms", left.heldNanos() / 1_000_000));
    }
}
