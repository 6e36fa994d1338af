package io.weir.access;

import io.weir.config.Zones;
import io.weir.wire.Json;
import java.time.ZoneId;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What belongs together: its keys share limits, budgets and bounds.
 *
 * @param name by which it is known everywhere
 * @param title for people; may be empty
 * @param owner whom to ask; may be empty
 * @param zone whose days and months its budgets follow
 * @param bounds of all its keys
 * @param disabled whether none of its keys may call
 */
public record Project(
        String name, String title, String owner, ZoneId zone, Bounds bounds, boolean disabled) {
    /** The project of a key that names none. */
    public static final String DEFAULT = "default";

    /** All of them. */
    public static final Kind<Project> KIND = new Form();

    public Project {
        requireName(name);
        Texts.requireShort("the title", title);
        Texts.requireShort("the owner", owner);
    }

    /** One of which nothing but its name is known. */
    static Project unsaid(String name) {
        return new Project(name, "", "", ZoneId.of("UTC"), Bounds.NONE, false);
    }

    /** The same, able to call or not. */
    public Project disabled(boolean whether) {
        return new Project(name, title, owner, zone, bounds, whether);
    }

    /**
     * Refuses what cannot be a project's name.
     *
     * @throws IllegalArgumentException for it
     */
    public static void requireName(String name) {
        Texts.requireName("a project's", name);
    }

    private static final class Form implements Kind<Project> {
        @Override
        public String word() {
            return "project";
        }

        @Override
        public ObjectNode json(Project project) {
            ObjectNode json = Json.MAPPER.createObjectNode();
            json.put("name", project.name).put("title", project.title);
            json.put("owner", project.owner).put("time_zone", project.zone.getId());
            project.bounds.write(json);
            return json.put("disabled", project.disabled);
        }

        @Override
        public Project of(JsonNode json) {
            return new Project(
                    json.path("name").asString(),
                    json.path("title").asString(""),
                    json.path("owner").asString(""),
                    Zones.of(json.path("time_zone").asString("UTC")),
                    Bounds.read(json),
                    json.path("disabled").asBoolean(false));
        }
    }
}
