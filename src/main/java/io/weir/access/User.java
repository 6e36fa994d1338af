package io.weir.access;

import io.weir.wire.Json;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Somebody who may log in.
 *
 * @param actor what they may do then
 * @param password its {@link Passwords#hash}
 * @param since when they were added
 */
public record User(Actor actor, String password, Instant since) {
    public User {
        actor.role().requireProjects(actor.projects());
    }

    /** What they log in with, unlike anybody else's. */
    public String name() {
        return actor.name();
    }

    /** What they may do. */
    public Role role() {
        return actor.role();
    }

    /** Those that a project-admin looks after. */
    public List<String> projects() {
        return actor.projects().stream().sorted().toList();
    }

    User as(Actor other) {
        return new User(other, password, since);
    }

    User withPassword(String hash) {
        return new User(actor, hash, since);
    }

    /** All but the hash, which is nobody's business. */
    public ObjectNode json() {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("name", name()).put("role", role().word());
        ArrayNode list = json.putArray("projects");
        projects().forEach(list::add);
        return json.put("since", since.toString());
    }

    /** The hash is nobody's business. */
    @Override
    public String toString() {
        return "User[" + name() + ", " + role().word() + "]";
    }
}
