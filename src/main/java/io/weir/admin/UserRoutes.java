package io.weir.admin;

import io.weir.access.Actor;
import io.weir.access.KeyDesk;
import io.weir.access.Passwords;
import io.weir.access.Role;
import io.weir.access.User;
import io.weir.access.Users;
import io.weir.http.Access;
import io.weir.http.Exchange;
import io.weir.http.Route;
import io.weir.wire.Json;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Those who may log in to the dashboard by name. */
public final class UserRoutes {
    private final Users users;
    private final KeyDesk desk;

    /** Of those, who look after the projects that keys have there. */
    public UserRoutes(Users users, KeyDesk desk) {
        this.users = users;
        this.desk = desk;
    }

    /** The routes. */
    public List<Route> routes() {
        return List.of(
                Answers.route("GET", "users", Access.ADMIN_KEY, (exchange, none) -> all()),
                Answers.route("POST", "users", Access.ADMIN_KEY, this::create),
                Answers.route("PATCH", "users/*", Access.ADMIN_KEY, this::change),
                Answers.route("DELETE", "users/*", Access.ADMIN_KEY, this::delete));
    }

    private JsonNode all() {
        return AccessJson.list("users", users.all().stream().map(User::json).toList());
    }

    private JsonNode create(Exchange exchange, String segment) throws IOException, Passwords.Busy {
        JsonNode given = RequestJson.object(exchange);
        AccessJson.requireOnly(given, List.of("name", "role", "projects", "password"));
        Role role = Role.of(AccessJson.text(given, "role", Role.VIEWER.word()));
        Actor user = actor(AccessJson.text(given, "name", ""), role, given, List.of());
        return users.add(exchange.actor(), user, AccessJson.text(given, "password", "")).json();
    }

    /** Changes all that is wanted or, where some of it will not do, nothing. */
    private JsonNode change(Exchange exchange, String name) throws IOException, Passwords.Busy {
        JsonNode given = RequestJson.object(exchange);
        AccessJson.requireOnly(given, List.of("role", "projects", "password"));
        User user = users.get(name);
        boolean moved = given.has("role") || given.has("projects");
        Actor wanted = moved ? moved(user, given) : user.actor();
        if (given.has("password")) {
            String password = AccessJson.text(given, "password", "");
            user = users.reset(exchange.actor(), name, password);
        }
        if (moved) {
            user = users.change(exchange.actor(), wanted);
        }
        return user.json();
    }

    /** A role that has no projects takes those away that somebody had. */
    private Actor moved(User user, JsonNode given) {
        Role role = Role.of(AccessJson.text(given, "role", user.role().word()));
        List<String> before = role == Role.PROJECT_ADMIN ? user.projects() : List.of();
        return actor(user.name(), role, given, before);
    }

    private JsonNode delete(Exchange exchange, String name) throws IOException {
        users.remove(exchange.actor(), name);
        return Json.MAPPER.createObjectNode().put("name", name);
    }

    private Actor actor(String name, Role role, JsonNode given, List<String> before) {
        Set<String> projects = Set.copyOf(AccessJson.texts(given, "projects", before));
        desk.requireProjects(projects);
        role.requireProjects(projects);
        return new Actor(name, role, projects);
    }
}
