package io.weir.admin;

import io.weir.access.AdminToken;
import io.weir.access.Bounds;
import io.weir.access.Change;
import io.weir.access.GatewayKey;
import io.weir.access.KeyEntry;
import io.weir.access.Project;
import io.weir.call.Priority;
import io.weir.wire.Json;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Keys, projects, tokens and their changes as the admin API shows them: never a hash, nothing
 * sealed.
 */
final class AccessJson {
    private static final List<String> HIDDEN = List.of("hash", "password", "sealed");

    private AccessJson() {}

    static ObjectNode key(KeyEntry entry, boolean configured, Instant now) {
        GatewayKey key = entry.key();
        ObjectNode json = shown(GatewayKey.KIND.json(key));
        GatewayKey.Retiring retiring = key.retiring();
        json.remove("retiring");
        @Nullable Instant until = retiring == null ? null : retiring.until();
        json.put("old_key_until", until != null && now.isBefore(until) ? until.toString() : null);
        json.put("hindrance", entry.hindrance(now).orElse(null));
        return json.put("configured", configured);
    }

    static ObjectNode project(Project project) {
        return Project.KIND.json(project);
    }

    static ObjectNode token(AdminToken token) {
        return shown(AdminToken.KIND.json(token));
    }

    static ObjectNode change(Change change) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("number", change.number()).put("at", change.at().toString());
        json.put("by", change.by()).put("role", change.role());
        json.put("action", change.action()).put("kind", change.kind()).put("id", change.id());
        json.set("before", shown(change.before()));
        json.set("after", shown(change.after()));
        return json;
    }

    /** Its bounds, with what is given of them replaced. */
    static Bounds bounds(JsonNode given, Bounds before) {
        return Bounds.of(
                        texts(given, "models", before.models().all()),
                        texts(given, "endpoints", before.endpoints().all()),
                        texts(given, "networks", before.networks().all()))
                .with(priority(given, before.priority()));
    }

    private static @Nullable Priority priority(JsonNode given, @Nullable Priority before) {
        return given.path("priority").isNull()
                ? null
                : given.has("priority") ? Priority.of(text(given, "priority", "")) : before;
    }

    static List<String> texts(JsonNode given, String name, List<String> before) {
        JsonNode array = given.path(name);
        if (array.isMissingNode()) {
            return before;
        }
        if (!array.isArray() || !array.valueStream().allMatch(JsonNode::isString)) {
            throw new IllegalArgumentException(name + " is a list of texts");
        }
        return array.valueStream().map(JsonNode::asString).toList();
    }

    static String text(JsonNode given, String name, String before) {
        JsonNode text = given.path(name);
        if (!text.isMissingNode() && !text.isString()) {
            throw new IllegalArgumentException(name + " is a text");
        }
        return text.asString(before);
    }

    static boolean flag(JsonNode given, String name, boolean before) {
        JsonNode flag = given.path(name);
        if (!flag.isMissingNode() && !flag.isBoolean()) {
            throw new IllegalArgumentException(name + " is true or false");
        }
        return flag.asBoolean(before);
    }

    /**
     * Refuses what nobody knows, and what nobody may write.
     *
     * @throws IllegalArgumentException naming it
     */
    static void requireOnly(JsonNode given, List<String> names) {
        given.propertyNames()
                .forEach(name -> {
                    if (!names.contains(name)) {
                        throw new IllegalArgumentException(
                                "'%s' cannot be set; what can is %s"
                                        .formatted(name, String.join(", ", names)));
                    }
                });
    }

    static ObjectNode list(String name, List<ObjectNode> each) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        ArrayNode array = json.putArray(name);
        each.forEach(array::add);
        return json;
    }

    private static @Nullable ObjectNode shown(@Nullable JsonNode json) {
        return json instanceof ObjectNode object ? shown(object) : null;
    }

    private static ObjectNode shown(ObjectNode json) {
        ObjectNode shown = json.deepCopy();
        shown.remove(HIDDEN);
        if (shown.path("retiring") instanceof ObjectNode retiring) {
            retiring.remove(HIDDEN);
        }
        return shown;
    }
}
