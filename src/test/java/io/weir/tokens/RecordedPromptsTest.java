package io.weir.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.wire.Json;
import io.weir.wire.PromptText;
import io.weir.wire.PromptText.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Counts beside what providers counted, in every recorded exchange of plain text. */
class RecordedPromptsTest {
    private static final Path EXCHANGES = Path.of("src/test/data/recorded/exchanges");
    private static final List<String> MORE_THAN_TEXT =
            List.of("tools", "functions", "response_format", "web_search_options", "audio");
    private static final TokenCounter COUNTER = new TokenCounter();

    /** Exchanges whose count is known to differ, and why. */
    private static final Map<String, String> KNOWN_MISSES =
            Map.of(
                    "0007", "grok has a tokenizer of its own",
                    "0010", "grok has a tokenizer of its own",
                    "0036", "grok has a tokenizer of its own",
                    "0562", "o1-mini had a longer framing than its successors",
                    "1124", "Responses of March 2025 counted a preamble that is not in the request",
                    "1125",
                            "Responses of March 2025 counted a preamble that is not in the request");

    /** What was counted, and what the provider says. */
    private record Compared(String model, long counted, long provider) {}

    @Test
    void countsWhatTheProviderCounted() throws IOException {
        Map<String, Compared> compared = compared();
        assertThat(compared).hasSizeGreaterThan(20);
        compared.forEach((exchange, one) -> {
            if (!KNOWN_MISSES.containsKey(exchange)) {
                assertThat(one.counted).as("%s: %s", exchange, one).isEqualTo(one.provider);
            }
        });
    }

    @Test
    void theKnownMissesAreStillMissed() throws IOException {
        Map<String, Compared> compared = compared();
        assertThat(compared.keySet()).containsAll(KNOWN_MISSES.keySet());
        KNOWN_MISSES.forEach((exchange, reason) -> {
            Compared one = compared.get(exchange);
            assertThat(one)
                    .as(reason)
                    .isNotNull()
                    .matches(known -> known.counted != known.provider);
        });
    }

    private static Map<String, Compared> compared() throws IOException {
        Map<String, Compared> compared = new TreeMap<>();
        try (Stream<Path> files = Files.list(EXCHANGES)) {
            for (Path file : files.toList()) {
                Compared one = compare(Json.MAPPER.readTree(Files.readAllBytes(file)));
                if (one != null) {
                    compared.put(file.getFileName().toString().substring(0, 4), one);
                }
            }
        }
        return compared;
    }

    private static @Nullable Compared compare(JsonNode exchange) {
        String body = exchange.path("request").path("body").asString("");
        if (!body.startsWith("{")) {
            return null;
        }
        JsonNode request = Json.MAPPER.readTree(body);
        JsonNode answer = answer(exchange.path("response").path("body").asString(""));
        PromptText prompt = prompt(request);
        if (prompt == null || answer == null) {
            return null;
        }
        String model = answer.path("model").asString("");
        JsonNode usage = answer.get("usage");
        long provider = usage.path("prompt_tokens").asLong(usage.path("input_tokens").asLong(0));
        return new Compared(model, COUNTER.countChat(model, prompt), provider);
    }

    private static @Nullable PromptText prompt(JsonNode request) {
        for (String field : MORE_THAN_TEXT) {
            if (request.has(field)) {
                return null;
            }
        }
        List<String> texts = new ArrayList<>();
        for (String field : List.of("prompt", "suffix")) {
            if (request.path(field).isString()) {
                texts.add(request.path(field).asString());
            }
        }
        List<Message> messages = new ArrayList<>();
        if (request.path("input").isString()) {
            messages.add(new Message("user", null, request.path("input").asString()));
        }
        for (JsonNode message : request.path("messages")) {
            if (!message.path("content").isString()
                    || message.has("tool_calls")
                    || message.has("tool_call_id")) {
                return null;
            }
            String name = message.path("name").asString("");
            messages.add(
                    new Message(
                            message.path("role").asString(),
                            name.isEmpty() ? null : name,
                            message.path("content").asString()));
        }
        return messages.isEmpty() && texts.isEmpty() ? null : new PromptText(messages, texts, 0, 0);
    }

    /** The object that carries the usage: the body, or the last such event of a stream. */
    private static @Nullable JsonNode answer(String body) {
        JsonNode found = null;
        for (String line : body.startsWith("{") ? List.of(body) : body.lines().toList()) {
            String json = line.startsWith("data: ") ? line.substring(6) : line;
            if (json.startsWith("{")) {
                JsonNode root = Json.MAPPER.readTree(json);
                JsonNode answer = root.has("response") ? root.get("response") : root;
                found = answer.path("usage").isObject() ? answer : found;
            }
        }
        return found;
    }
}
