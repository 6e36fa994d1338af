package io.weir.access;

import io.weir.wire.Json;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One entry of the audit log.
 *
 * @param number 1 for the first
 * @param by who did it
 * @param role what they were
 * @param action {@code key.create} for instance
 * @param kind what it was done to, {@code key} for instance
 * @param id which of them
 * @param before what it was; null where it was not there
 * @param after what it is; null where it is gone
 */
public record Change(
        long number,
        Instant at,
        String by,
        String role,
        String action,
        String kind,
        String id,
        @Nullable JsonNode before,
        @Nullable JsonNode after) {
    /** Those of that kind, done to that thing, by that person, as far as these are given. */
    public static Predicate<Change> matching(
            Optional<String> kind, Optional<String> id, Optional<String> by) {
        return change ->
                kind.map(change.kind::equals).orElse(true)
                        && id.map(change.id::equals).orElse(true)
                        && by.map(change.by::equals).orElse(true);
    }

    /** As a line of the log holds it. */
    ObjectNode json() {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("number", number).put("at", at.toString());
        json.put("by", by).put("role", role);
        json.put("action", action).put("kind", kind).put("id", id);
        json.set("before", before);
        json.set("after", after);
        return json;
    }

    /** From a line of the log. */
    static Change of(JsonNode json) {
        return new Change(
                json.path("number").asLong(),
                Instant.parse(json.path("at").asString()),
                json.path("by").asString(),
                json.path("role").asString(),
                json.path("action").asString(),
                json.path("kind").asString(),
                json.path("id").asString(),
                given(json.path("before")),
                given(json.path("after")));
    }

    private static @Nullable JsonNode given(JsonNode node) {
        return node.isObject() ? node : null;
    }
}
