package io.weir.web;

import io.weir.wire.Json;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Captured bodies, which may be cut, or no JSON at all. */
final class Bodies {
    private Bodies() {}

    /** The object or list in a body; empty where it holds none, or only the beginning of one. */
    static Optional<JsonNode> json(String body) {
        String text = body.strip();
        if (!text.startsWith("{") && !text.startsWith("[")) {
            return Optional.empty();
        }
        try {
            return Optional.of(Json.MAPPER.readTree(text));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    /** JSON with line breaks; any other text as it is. */
    static String pretty(String body) {
        return json(body).map(Bodies::pretty).orElse(body);
    }

    static String pretty(JsonNode json) {
        return Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(json);
    }
}
