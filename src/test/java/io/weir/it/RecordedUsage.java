package io.weir.it;

import io.weir.wire.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * What a recorded answer says it used, read by the plainest means.
 *
 * @param input OpenAI's {@code prompt_tokens} or {@code input_tokens}
 */
record RecordedUsage(long input, long cached, long output, long reasoning) {
    /** The last usage in the answer; empty where there is none. */
    static Optional<RecordedUsage> in(RecordedExchange exchange) {
        List<RecordedUsage> all = new ArrayList<>();
        for (String document : documents(exchange)) {
            JsonNode tree = tree(document);
            JsonNode usage = tree.path("response").path("usage");
            JsonNode found = usage.isObject() ? usage : tree.path("usage");
            if (found.has("prompt_tokens") || found.has("input_tokens")) {
                all.add(read(found));
            }
        }
        return all.isEmpty() ? Optional.empty() : Optional.of(all.getLast());
    }

    private static List<String> documents(RecordedExchange exchange) {
        if (!exchange.streamed()) {
            return List.of(exchange.answer().text());
        }
        return exchange.answer()
                .text()
                .lines()
                .filter(line -> line.startsWith("data:"))
                .map(line -> line.substring("data:".length()))
                .toList();
    }

    private static JsonNode tree(String document) {
        try {
            return Json.MAPPER.readTree(document);
        } catch (JacksonException notJson) {
            return Json.MAPPER.missingNode();
        }
    }

    private static RecordedUsage read(JsonNode usage) {
        long input = either(usage, "prompt_tokens", "input_tokens");
        long output = either(usage, "completion_tokens", "output_tokens");
        long cached =
                Math.max(
                        usage.path("prompt_tokens_details").path("cached_tokens").asLong(0),
                        usage.path("input_tokens_details").path("cached_tokens").asLong(0));
        long reasoning =
                Math.max(
                        usage.path("completion_tokens_details").path("reasoning_tokens").asLong(0),
                        usage.path("output_tokens_details").path("reasoning_tokens").asLong(0));
        // xAI counts reasoning beside completion_tokens; its total_tokens holds both.
        boolean beside =
                reasoning > 0 && usage.path("total_tokens").asLong() == input + output + reasoning;
        // Azure's Grok says that more was cached than was sent; the total is what is billed.
        return new RecordedUsage(
                input, Math.min(cached, input), beside ? output + reasoning : output, reasoning);
    }

    private static long either(JsonNode usage, String one, String other) {
        return usage.has(one) ? usage.path(one).asLong(0) : usage.path(other).asLong(0);
    }
}
