package io.weir.cli;

import io.weir.wire.Usage;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Reads the {@code usage} object of a chat completion. */
final class ChatUsage {
    private ChatUsage() {}

    /** The usage, cut into parts that sum to its totals; empty when there is none. */
    static Optional<Usage> of(JsonNode usage) {
        long prompt = usage.path("prompt_tokens").asLong(-1);
        long completion = usage.path("completion_tokens").asLong(-1);
        if (prompt < 0 || completion < 0) {
            return Optional.empty();
        }
        JsonNode in = usage.path("prompt_tokens_details");
        JsonNode out = usage.path("completion_tokens_details");
        long cached = Math.clamp(in.path("cached_tokens").asLong(0), 0, prompt);
        long heard = Math.clamp(in.path("audio_tokens").asLong(0), 0, prompt - cached);
        long reasoning = Math.clamp(out.path("reasoning_tokens").asLong(0), 0, completion);
        long spoken = Math.clamp(out.path("audio_tokens").asLong(0), 0, completion - reasoning);
        return Optional.of(
                new Usage(
                        prompt - cached - heard,
                        cached,
                        0,
                        heard,
                        0,
                        completion - reasoning - spoken,
                        reasoning,
                        spoken,
                        0));
    }
}
