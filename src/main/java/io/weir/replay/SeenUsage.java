package io.weir.replay;

import io.weir.wire.Json;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** The tokens that an answer says it used, as its client reads them. */
record SeenUsage(long inputTokens, long outputTokens) {
    /** The usage in a body or in an event; empty when there is none. */
    static Optional<SeenUsage> in(byte[] json) {
        if (json.length == 0) {
            return Optional.empty();
        }
        try {
            JsonNode usage = Json.MAPPER.readTree(json).path("usage");
            JsonNode input = usage.path("prompt_tokens");
            JsonNode output = usage.path("completion_tokens");
            return input.canConvertToLong() && output.canConvertToLong()
                    ? Optional.of(new SeenUsage(input.longValue(), output.longValue()))
                    : Optional.empty();
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }
}
