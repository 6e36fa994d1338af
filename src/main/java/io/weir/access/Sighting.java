package io.weir.access;

import io.weir.wire.Json;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A key was seen where no key belongs: whoever keeps or reads that has it.
 *
 * @param at when
 * @param call in which
 * @param place where in it
 */
public record Sighting(Instant at, UUID call, Place place) {
    /** Where a key was seen. */
    public enum Place {
        /** The target of a request, which servers and proxies log. */
        URL("url", "the URL"),
        /** The body of a request, which goes to the provider. */
        BODY("body", "the body");

        private final String word;
        private final String words;

        Place(String word, String words) {
            this.word = word;
            this.words = words;
        }

        /** In words: {@code in the body}. */
        public String words() {
            return "in " + words;
        }

        private static Place of(String word) {
            return Arrays.stream(values())
                    .filter(place -> place.word.equals(word))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("no place is called " + word));
        }
    }

    /** In words: {@code in the body of call …}. */
    public String words() {
        return "%s of call %s".formatted(place.words(), call);
    }

    /** As it is kept and shown: {@code at}, {@code call}, {@code place}. */
    ObjectNode json() {
        return Json.MAPPER
                .createObjectNode()
                .put("at", at.toString())
                .put("call", call.toString())
                .put("place", place.word);
    }

    /** From its {@link #json()}; null where that is none. */
    static @Nullable Sighting of(JsonNode json) {
        return json.isObject()
                ? new Sighting(
                        Instant.parse(json.path("at").asString()),
                        UUID.fromString(json.path("call").asString()),
                        Place.of(json.path("place").asString()))
                : null;
    }
}
