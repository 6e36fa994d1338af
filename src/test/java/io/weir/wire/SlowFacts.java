package io.weir.wire;

import io.weir.wire.Endpoint.Dialect;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** Reads facts from trees, the slow and obvious way: the model of the answer readers. */
final class SlowFacts {
    private SlowFacts() {}

    static AnswerFacts whole(Dialect dialect, byte[] answer) {
        JsonNode root = tree(answer);
        if (dialect == Dialect.OPAQUE || !root.isObject()) {
            return AnswerFacts.NONE;
        }
        return new AnswerFacts(
                text(root, "id"),
                text(root, "model"),
                text(root, "service_tier"),
                dialect == Dialect.RESPONSES ? finish(root) : finishReasons(root),
                usage(dialect, root.path("usage"), ""),
                error(root.path("error")));
    }

    static AnswerFacts streamed(Dialect dialect, List<SseEvent> events) {
        AnswerFacts facts = AnswerFacts.NONE;
        for (SseEvent event : events) {
            JsonNode root = tree(event.data().getBytes(StandardCharsets.UTF_8));
            JsonNode answer = dialect == Dialect.RESPONSES ? root.path("response") : root;
            List<String> reasons =
                    dialect == Dialect.RESPONSES ? finish(answer) : finishReasons(answer);
            Usage usage = usage(dialect, answer.path("usage"), root.path("type").asString(""));
            AnswerError error = error(answer.path("error"));
            String id = dialect == Dialect.GENERIC ? null : text(answer, "id");
            facts =
                    new AnswerFacts(
                            id == null ? facts.responseId() : id,
                            or(text(answer, "model"), facts.responseModel()),
                            or(text(answer, "service_tier"), facts.serviceTier()),
                            reasons.isEmpty() ? facts.finishReasons() : reasons,
                            usage == null ? facts.usage() : usage,
                            error == null ? facts.error() : error);
        }
        return facts;
    }

    /** The text of every delta of one-choice streams, in order. */
    static String deltas(List<SseEvent> events) {
        StringBuilder text = new StringBuilder();
        for (SseEvent event : events) {
            JsonNode root = tree(event.data().getBytes(StandardCharsets.UTF_8));
            text.append(root.path("delta").asString(""));
            for (JsonNode choice : root.path("choices")) {
                text.append(choice.path("text").asString(""));
                text.append(choice.path("delta").path("content").asString(""));
                for (JsonNode toolCall : choice.path("delta").path("tool_calls")) {
                    text.append(toolCall.path("function").path("name").asString(""));
                    text.append(toolCall.path("function").path("arguments").asString(""));
                }
            }
        }
        return text.toString();
    }

    /** Valid for usage that has totals of input and output and details that fit into them. */
    static @Nullable Usage usage(Dialect dialect, JsonNode usage, String eventType) {
        long in = first(usage, "prompt_tokens", "input_tokens");
        long out = first(usage, "completion_tokens", "output_tokens");
        if (in < 0 && out < 0) {
            return null;
        }
        in = Math.max(in, 0);
        out = Math.max(out, 0);
        JsonNode inside = detail(usage, "prompt_tokens_details", "input_tokens_details");
        inside = inside.isObject() ? inside : usage.path("input_token_details");
        JsonNode outside = detail(usage, "completion_tokens_details", "output_tokens_details");
        long cacheRead = Math.min(part(inside, "cached_tokens"), in);
        long cacheWrite = Math.min(part(inside, "cache_write_tokens"), in - cacheRead);
        long left = in - cacheRead - cacheWrite;
        long audioIn = Math.min(part(inside, "audio_tokens"), left);
        long imageIn = Math.min(part(inside, "image_tokens"), left - audioIn);
        long reasoning = part(outside, "reasoning_tokens");
        if (part(usage, "total_tokens") == in + out + reasoning) {
            out += reasoning;
        }
        reasoning = Math.min(reasoning, out);
        boolean plain = dialect == Dialect.GENERIC && !outside.isObject();
        boolean images = plain && usage.path("input_tokens_details").has("image_tokens");
        boolean speech = plain && eventType.equals("speech.audio.done");
        long audioOut = speech ? out : Math.min(part(outside, "audio_tokens"), out - reasoning);
        left = out - reasoning - audioOut;
        long imageOut = images ? out : Math.min(part(outside, "image_tokens"), left);
        return new Usage(
                in - cacheRead - cacheWrite - audioIn - imageIn,
                cacheRead,
                cacheWrite,
                audioIn,
                imageIn,
                left - imageOut,
                reasoning,
                audioOut,
                imageOut);
    }

    static JsonNode tree(byte[] json) {
        try {
            JsonNode tree = Json.MAPPER.readTree(json);
            return tree == null ? MissingNode.getInstance() : tree;
        } catch (JacksonException malformed) {
            return MissingNode.getInstance();
        }
    }

    private static JsonNode detail(JsonNode usage, String name, String otherName) {
        return usage.has(name) ? usage.path(name) : usage.path(otherName);
    }

    private static long first(JsonNode usage, String name, String otherName) {
        return usage.path(usage.has(name) ? name : otherName).asLong(-1);
    }

    private static long part(JsonNode details, String name) {
        return Math.max(0, details.path(name).asLong(0));
    }

    private static List<String> finishReasons(JsonNode root) {
        List<String> reasons = new ArrayList<>();
        for (JsonNode choice : root.path("choices")) {
            String reason = text(choice, "finish_reason");
            if (reason != null) {
                reasons.add(reason);
            }
        }
        return reasons;
    }

    private static List<String> finish(JsonNode response) {
        String reason =
                or(text(response.path("incomplete_details"), "reason"), text(response, "status"));
        return reason == null || reason.equals("in_progress") || reason.equals("queued")
                ? List.of()
                : List.of(reason);
    }

    private static @Nullable AnswerError error(JsonNode error) {
        if (error.isString()) {
            return new AnswerError(null, null, error.stringValue());
        }
        return error.isObject()
                ? new AnswerError(text(error, "type"), text(error, "code"), text(error, "message"))
                : null;
    }

    private static @Nullable String text(JsonNode node, String name) {
        JsonNode value = node.path(name);
        return value.isString() || value.isNumber() ? value.asString() : null;
    }

    private static @Nullable String or(@Nullable String one, @Nullable String other) {
        return one != null ? one : other;
    }
}
