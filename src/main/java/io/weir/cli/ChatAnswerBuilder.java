package io.weir.cli;

import io.weir.wire.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** Puts an answer together from a whole body or from a stream's chunks. One thread. */
final class ChatAnswerBuilder {
    private final Map<Integer, StringBuilder> texts = new TreeMap<>();
    private final Map<Integer, String> finishReasons = new TreeMap<>();
    private final String callId;
    private String model;
    private String serviceTier = "";
    private Optional<Usage> usage = Optional.empty();
    private long firstTokenNanos;

    /**
     * @param model the one asked for, until the answer names its own
     * @param callId empty when there is none
     */
    ChatAnswerBuilder(String model, String callId) {
        this.model = model;
        this.callId = callId;
    }

    /**
     * Takes in a body or a chunk.
     *
     * @return the first choice's new text
     */
    String take(JsonNode json) {
        model = json.path("model").asString(model);
        serviceTier = json.path("service_tier").asString(serviceTier);
        usage = ChatUsage.of(json.path("usage")).or(() -> usage);
        String first = "";
        for (JsonNode choice : json.path("choices")) {
            int index = choice.path("index").asInt(0);
            String text = text(choice.path(choice.has("delta") ? "delta" : "message"));
            texts.computeIfAbsent(index, i -> new StringBuilder()).append(text);
            String reason = choice.path("finish_reason").asString("");
            finishReasons.merge(index, reason, (old, now) -> now.isEmpty() ? old : now);
            first = index == 0 ? first + text : first;
        }
        return first;
    }

    /** Notes the first content of a stream; later ones change nothing. */
    void contentSeenAfter(long nanos) {
        firstTokenNanos = firstTokenNanos == 0 ? nanos : firstTokenNanos;
    }

    /** The answer so far. */
    ChatAnswer answer(long elapsedNanos, boolean stopped) {
        List<String> all = new ArrayList<>();
        texts.values().forEach(text -> all.add(text.toString()));
        return new ChatAnswer(
                all,
                List.copyOf(finishReasons.values()),
                model,
                Optional.of(serviceTier).filter(tier -> !tier.isEmpty()),
                usage,
                Optional.of(callId).filter(id -> !id.isEmpty()),
                elapsedNanos,
                firstTokenNanos,
                stopped);
    }

    private static String text(JsonNode message) {
        String content = message.path("content").asString("");
        return content.isEmpty() ? message.path("refusal").asString("") : content;
    }
}
