package io.weir.admin;

import io.weir.access.Change;
import io.weir.access.Control;
import io.weir.access.KeyDesk;
import io.weir.access.Project;
import io.weir.access.Role;
import io.weir.config.Zones;
import io.weir.http.Access;
import io.weir.http.Exchange;
import io.weir.http.Query;
import io.weir.http.Route;
import io.weir.wire.Json;
import java.io.IOException;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Projects, tokens of the admin API, and the log of all changes. */
public final class AccessRoutes {
    private static final int USUAL_CHANGES = 100;
    private static final List<String> SETTABLE =
            List.of(
                    "title",
                    "owner",
                    "time_zone",
                    "models",
                    "endpoints",
                    "networks",
                    "priority",
                    "disabled");

    private final Control control;
    private final KeyDesk desk;

    /** Of those. */
    public AccessRoutes(Control control, KeyDesk desk) {
        this.control = control;
        this.desk = desk;
    }

    /** The routes. */
    public List<Route> routes() {
        return List.of(
                Answers.route("GET", "projects", Access.VIEWER_KEY, (exchange, none) -> projects()),
                Answers.route("POST", "projects", Access.ADMIN_KEY, this::createProject),
                Answers.route("PATCH", "projects/*", Access.ADMIN_KEY, this::changeProject),
                Answers.route("DELETE", "projects/*", Access.ADMIN_KEY, this::deleteProject),
                Answers.route("GET", "tokens", Access.ADMIN_KEY, (exchange, none) -> tokens()),
                Answers.route("POST", "tokens", Access.ADMIN_KEY, this::createToken),
                Answers.route("DELETE", "tokens/*", Access.ADMIN_KEY, this::deleteToken),
                Answers.route("GET", "audit", Access.ADMIN_KEY, this::audit));
    }

    private JsonNode projects() {
        Map<String, Long> keys = desk.keysByProject();
        return AccessJson.list(
                "projects",
                desk.projects().stream()
                        .map(project ->
                                AccessJson.project(project)
                                        .put("keys", keys.getOrDefault(project.name(), 0L)))
                        .toList());
    }

    private JsonNode createProject(Exchange exchange, String segment) throws IOException {
        ObjectNode given = (ObjectNode) RequestJson.object(exchange);
        String name = AccessJson.text(given, "name", "");
        given.remove("name");
        return AccessJson.project(
                desk.createProject(exchange.actor(), name, unsaid -> project(given, unsaid)));
    }

    private JsonNode changeProject(Exchange exchange, String name) throws IOException {
        JsonNode given = RequestJson.object(exchange);
        return AccessJson.project(
                desk.changeProject(exchange.actor(), name, before -> project(given, before)));
    }

    private JsonNode deleteProject(Exchange exchange, String name) throws IOException {
        desk.deleteProject(exchange.actor(), name);
        return Json.MAPPER.createObjectNode().put("name", name);
    }

    private JsonNode tokens() {
        return AccessJson.list("tokens", desk.tokens().stream().map(AccessJson::token).toList());
    }

    private JsonNode createToken(Exchange exchange, String segment) throws IOException {
        JsonNode given = RequestJson.object(exchange);
        AccessJson.requireOnly(given, List.of("name", "role", "projects"));
        KeyDesk.IssuedToken issued =
                desk.createToken(
                        exchange.actor(),
                        AccessJson.text(given, "name", ""),
                        Role.of(AccessJson.text(given, "role", Role.VIEWER.word())),
                        AccessJson.texts(given, "projects", List.of()));
        ObjectNode answer = Json.MAPPER.createObjectNode();
        answer.put("secret", issued.secret().reveal());
        answer.setAll(AccessJson.token(issued.token()));
        return answer;
    }

    private JsonNode deleteToken(Exchange exchange, String name) throws IOException {
        desk.deleteToken(exchange.actor(), name);
        return Json.MAPPER.createObjectNode().put("name", name);
    }

    private JsonNode audit(Exchange exchange, String segment) throws IOException {
        Query query = new Query(exchange.target().query());
        Predicate<Change> wanted =
                Change.matching(query.get("kind"), query.get("id"), query.get("by"));
        return AccessJson.list(
                "changes",
                control.latest(wanted, query.number("limit", USUAL_CHANGES)).stream()
                        .map(AccessJson::change)
                        .toList());
    }

    private static Project project(JsonNode given, Project before) {
        AccessJson.requireOnly(given, SETTABLE);
        ZoneId zone = Zones.of(AccessJson.text(given, "time_zone", before.zone().getId()));
        return new Project(
                before.name(),
                AccessJson.text(given, "title", before.title()),
                AccessJson.text(given, "owner", before.owner()),
                zone,
                AccessJson.bounds(given, before.bounds()),
                AccessJson.flag(given, "disabled", before.disabled()));
    }
}
