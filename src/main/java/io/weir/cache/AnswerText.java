package io.weir.cache;

import io.weir.wire.ContentCoding;
import io.weir.wire.Json;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** What a kept answer of a chat says, its first choice. */
final class AnswerText {
    /** More of it makes no difference to what it means. */
    private static final int MOST_CHARS = 4_000;

    private static final String DATA = "data:";

    private AnswerText() {}

    /** Its text; empty where it has none, a tool call for instance. */
    static String of(CachedAnswer answer) {
        byte[] plain = ContentCoding.decode(answer.headers(), answer.body(), answer.body().length);
        String body = new String(plain, StandardCharsets.UTF_8);
        StringBuilder text = new StringBuilder();
        if (answer.streamed()) {
            body.lines()
                    .filter(line -> line.startsWith(DATA))
                    .map(line -> line.substring(DATA.length()).strip())
                    .forEach(event -> append(event, "delta", text));
        } else {
            append(body, "message", text);
        }
        return text.substring(0, Math.min(MOST_CHARS, text.length()));
    }

    private static void append(String json, String member, StringBuilder to) {
        for (JsonNode choice :
                tree(json).map(tree -> tree.path("choices")).stream()
                        .flatMap(choices -> choices.valueStream())
                        .toList()) {
            JsonNode content = choice.path(member).path("content");
            if (choice.path("index").asInt(0) == 0 && content.isString()) {
                to.append(content.stringValue());
            }
        }
    }

    private static Optional<JsonNode> tree(String json) {
        try {
            return json.startsWith("{")
                    ? Optional.of(Json.MAPPER.readTree(json))
                    : Optional.empty();
        } catch (JacksonException malformed) {
            return Optional.empty();
        }
    }
}
