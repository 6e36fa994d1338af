package io.weir.cache;

import io.weir.call.Body;
import io.weir.call.Call;
import io.weir.wire.Endpoint.Dialect;
import io.weir.wire.Json;
import io.weir.wire.RequestView;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A chat cut in two: what is asked last, and all the rest.
 *
 * @param asked the text of the last message, which is the user's
 * @param rest the request without it, and without what changes nothing of an answer
 */
record ChatQuestion(String asked, byte[] rest) {
    /** The model reads no more than some 250 words. */
    private static final int MOST_CHARS = 1_000;

    private static final List<String> ASIDES =
            List.of(
                    "user",
                    "safety_identifier",
                    "metadata",
                    "prompt_cache_key",
                    "prompt_cache_retention");

    /**
     * Of a call; null where its answer is not a matter of what its last message means: it offers
     * tools, wants several answers, or the message is no text, or a long one.
     */
    static @Nullable ChatQuestion of(Call call, RequestView view) {
        boolean plain =
                call.endpoint().dialect() == Dialect.CHAT
                        && view.tools() == 0
                        && view.choices() == 1;
        if (!plain || !(call.body() instanceof Body.Bytes held)) {
            return null;
        }
        try {
            return Json.MAPPER.readTree(held.bytes()) instanceof ObjectNode request
                    ? of(request)
                    : null;
        } catch (JacksonException malformed) {
            return null;
        }
    }

    private static @Nullable ChatQuestion of(ObjectNode request) {
        JsonNode messages = request.path("messages");
        boolean functions = request.path("functions").size() > 0;
        if (functions
                || messages.isEmpty()
                || !(messages.path(messages.size() - 1) instanceof ObjectNode last)
                || !last.path("role").asString("").equals("user")) {
            return null;
        }
        @Nullable String text = text(last.path("content"));
        if (text == null || text.isBlank() || text.length() > MOST_CHARS) {
            return null;
        }
        last.put("content", "");
        request.remove(ASIDES);
        return new ChatQuestion(text, Json.MAPPER.writeValueAsBytes(request));
    }

    /** A string, or a list of one part that is text. */
    private static @Nullable String text(JsonNode content) {
        JsonNode part = content.size() == 1 ? content.path(0) : content;
        JsonNode text = part.path("type").asString("").equals("text") ? part.path("text") : part;
        return text.isString() ? text.stringValue() : null;
    }
}
