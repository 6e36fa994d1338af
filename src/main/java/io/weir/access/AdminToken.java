package io.weir.access;

import io.weir.wire.Json;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What somebody asks the admin API with. Of the token itself there is only the hash.
 *
 * @param name whose it is, as the audit log shows it
 * @param projects those that a {@link Role#PROJECT_ADMIN} looks after
 */
public record AdminToken(
        String name, Role role, List<String> projects, Instant created, KeyHash hash) {
    /** All of them. */
    public static final Kind<AdminToken> KIND = new Form();

    public AdminToken {
        projects = projects.stream().distinct().sorted().toList();
        if (name.isBlank()) {
            throw new IllegalArgumentException("a token has a name");
        }
        Texts.requireShort("the name", name);
        role.requireProjects(projects);
    }

    /** Whoever shows it. */
    Actor actor() {
        return new Actor(name, role, Set.copyOf(projects));
    }

    private static final class Form implements Kind<AdminToken> {
        @Override
        public String word() {
            return "token";
        }

        @Override
        public ObjectNode json(AdminToken token) {
            ObjectNode json = Json.MAPPER.createObjectNode();
            json.put("name", token.name).put("role", token.role.word());
            Bounds.write(json.putArray("projects"), token.projects);
            return json.put("created", token.created.toString()).put("hash", token.hash.text());
        }

        @Override
        public AdminToken of(JsonNode json) {
            return new AdminToken(
                    json.path("name").asString(),
                    Role.of(json.path("role").asString()),
                    Bounds.texts(json.path("projects")),
                    Instant.parse(json.path("created").asString()),
                    KeyHash.parse(json.path("hash").asString()));
        }
    }
}
