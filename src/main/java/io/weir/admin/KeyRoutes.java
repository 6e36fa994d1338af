package io.weir.admin;

import io.weir.access.Bounds;
import io.weir.access.Expiry;
import io.weir.access.KeyDesk;
import io.weir.access.KeyEntry;
import io.weir.access.Project;
import io.weir.config.Settings;
import io.weir.http.Access;
import io.weir.http.Exchange;
import io.weir.http.Query;
import io.weir.http.Route;
import io.weir.wire.Json;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Gateway keys: made, shown, changed, rotated and removed. */
public final class KeyRoutes {
    private static final List<String> SETTABLE =
            List.of(
                    "name",
                    "owner",
                    "tags",
                    "models",
                    "endpoints",
                    "networks",
                    "priority",
                    "expires",
                    "disabled");
    private static final List<String> MAKEABLE =
            List.of(
                    "project",
                    "name",
                    "owner",
                    "tags",
                    "models",
                    "endpoints",
                    "networks",
                    "priority",
                    "expires");

    private final KeyDesk desk;
    private final InstantSource clock;

    /** By that desk. */
    public KeyRoutes(KeyDesk desk, InstantSource clock) {
        this.desk = desk;
        this.clock = clock;
    }

    /** The routes. */
    public List<Route> routes() {
        return List.of(
                Answers.route("GET", "keys", Access.VIEWER_KEY, this::list),
                Answers.route("GET", "keys/*", Access.VIEWER_KEY, (exchange, which) -> one(which)),
                Answers.route("POST", "keys", Access.PROJECT_ADMIN_KEY, this::create),
                Answers.route("PATCH", "keys/*", Access.PROJECT_ADMIN_KEY, this::change),
                Answers.route("DELETE", "keys/*", Access.PROJECT_ADMIN_KEY, this::delete),
                Answers.route("POST", "key-rotations/*", Access.PROJECT_ADMIN_KEY, this::rotate));
    }

    private JsonNode list(Exchange exchange, String segment) {
        Optional<String> project = new Query(exchange.target().query()).get("project");
        return AccessJson.list(
                "keys",
                desk.keys().stream()
                        .filter(entry ->
                                project.isEmpty() || entry.key().project().equals(project.get()))
                        .map(this::json)
                        .toList());
    }

    private JsonNode one(String which) {
        return json(desk.find(which));
    }

    private JsonNode create(Exchange exchange, String segment) throws IOException {
        JsonNode given = RequestJson.object(exchange);
        AccessJson.requireOnly(given, MAKEABLE);
        KeyDesk.Wanted nothing = new KeyDesk.Wanted("", "", List.of(), Bounds.NONE, null);
        String project = AccessJson.text(given, "project", Project.DEFAULT);
        return issued(desk.create(exchange.actor(), project, wanted(given, nothing)));
    }

    private JsonNode change(Exchange exchange, String which) throws IOException {
        JsonNode given = RequestJson.object(exchange);
        AccessJson.requireOnly(given, SETTABLE);
        String id = desk.find(which).key().id();
        boolean describes = given.propertyNames().stream().anyMatch(it -> !it.equals("disabled"));
        if (describes) {
            desk.describe(exchange.actor(), id, before -> wanted(given, before));
        }
        if (given.has("disabled")) {
            desk.disable(exchange.actor(), id, AccessJson.flag(given, "disabled", false));
        }
        return one(id);
    }

    private JsonNode delete(Exchange exchange, String which) throws IOException {
        KeyEntry entry = desk.find(which);
        desk.delete(exchange.actor(), entry.key().id());
        return json(entry);
    }

    private JsonNode rotate(Exchange exchange, String which) throws IOException {
        JsonNode given = RequestJson.object(exchange);
        Settings wanted = Settings.of(given, "the rotation");
        Duration overlap = wanted.duration("overlap", "24h", "how long the key before counts");
        wanted.refuseUnknown();
        return issued(desk.rotate(exchange.actor(), desk.find(which).key().id(), overlap));
    }

    private ObjectNode json(KeyEntry entry) {
        return AccessJson.key(entry, desk.isConfigured(entry.key().id()), clock.instant());
    }

    /** With the key itself: the only answer that has it. */
    private JsonNode issued(KeyDesk.Issued issued) {
        ObjectNode answer = Json.MAPPER.createObjectNode();
        answer.put("secret", issued.secret().reveal());
        answer.setAll(json(desk.find(issued.key().id())));
        return answer;
    }

    private KeyDesk.Wanted wanted(JsonNode given, KeyDesk.Wanted before) {
        return new KeyDesk.Wanted(
                AccessJson.text(given, "name", before.name()),
                AccessJson.text(given, "owner", before.owner()),
                AccessJson.texts(given, "tags", before.tags()),
                AccessJson.bounds(given, before.bounds()),
                expiry(given.path("expires"), before.expires()));
    }

    private @Nullable Instant expiry(JsonNode given, @Nullable Instant before) {
        if (given.isMissingNode()) {
            return before;
        }
        return given.isNull() ? null : Expiry.of(given.asString("")).from(clock.instant());
    }
}
