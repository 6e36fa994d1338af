package io.weir.export.otlp;

import io.weir.wire.Json;
import io.weir.wire.SseFrame;
import io.weir.wire.SseSink;
import io.weir.wire.SseSplitter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Captured text in the form of the conventions' {@code gen_ai.input.messages} and {@code
 * gen_ai.output.messages}, as JSON: a role, and parts of text; a part that is no text is named by
 * its type only. Empty where nothing can be read, as in text that was cut. Mutable, one answer.
 */
final class Messages implements SseSink {
    private final Map<Integer, StringBuilder> streamed = new TreeMap<>();
    private final Map<Integer, String> reasons = new TreeMap<>();
    private final ArrayNode messages = Json.MAPPER.createArrayNode();

    private Messages() {}

    /** What a request asks. */
    static String asked(String body) {
        Messages asked = new Messages();
        json(body).ifPresent(asked::request);
        return asked.text();
    }

    /** What an answer says, whether it came whole or in events. */
    static String answered(String body) {
        Messages answered = new Messages();
        json(body).ifPresentOrElse(answered::answer, () -> answered.events(body));
        return answered.text();
    }

    @Override
    public void event(SseFrame frame) {
        json(frame.event().data()).ifPresent(this::piece);
    }

    @Override
    public void incomplete(SseFrame frame) {
        event(frame);
    }

    @Override
    public void oversized(byte[] buffer, int start, int end) {}

    private String text() {
        return messages.isEmpty() ? "" : messages.toString();
    }

    private void request(JsonNode request) {
        plain("system", request.path("instructions"));
        request.path("messages").forEach(message -> message(message, "user"));
        JsonNode input = request.path("input");
        if (input.isArray() && input.path(0).isObject()) {
            input.forEach(item -> message(item, "user"));
        } else {
            plain("user", input);
        }
        plain("user", request.path("prompt"));
    }

    private void answer(JsonNode answer) {
        for (JsonNode choice : answer.path("choices")) {
            ObjectNode said =
                    choice.has("message")
                            ? message(choice.path("message"), "assistant")
                            : said("assistant", choice.path("text").asString(""));
            said.put("finish_reason", choice.path("finish_reason").asString("stop"));
        }
        output(answer);
    }

    private void output(JsonNode response) {
        String reason =
                response.path("status").asString("").equals("incomplete") ? "length" : "stop";
        response.path("output")
                .forEach(item -> message(item, "assistant").put("finish_reason", reason));
    }

    private void events(String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        SseSplitter splitter = new SseSplitter();
        splitter.feed(bytes, 0, bytes.length, this);
        splitter.finish(this);
        streamed.forEach((index, text) ->
                said("assistant", text.toString())
                        .put("finish_reason", reasons.getOrDefault(index, "stop")));
    }

    private void piece(JsonNode event) {
        for (JsonNode choice : event.path("choices")) {
            int index = choice.path("index").asInt(0);
            String delta = choice.path("delta").path("content").asString("");
            streamed.computeIfAbsent(index, unseen -> new StringBuilder())
                    .append(delta)
                    .append(choice.path("text").asString(""));
            if (choice.path("finish_reason").isString()) {
                reasons.put(index, choice.path("finish_reason").asString());
            }
        }
        switch (event.path("type").asString("")) {
            case "response.completed", "response.incomplete", "response.failed" ->
                    output(event.path("response"));
            default -> {}
        }
    }

    private ObjectNode message(JsonNode message, String usual) {
        ObjectNode made = messages.addObject();
        made.put("role", message.path("role").asString(usual));
        ArrayNode parts = made.putArray("parts");
        JsonNode content = message.path("content");
        if (content.isString()) {
            part(parts, content.asString());
        } else if (content.isArray()) {
            content.forEach(part -> part(parts, part));
        } else if (message.has("type")) {
            parts.addObject().put("type", message.path("type").asString("unknown"));
        }
        for (JsonNode call : message.path("tool_calls")) {
            parts.addObject()
                    .put("type", "tool_call")
                    .put("id", call.path("id").asString(""))
                    .put("name", call.path("function").path("name").asString(""))
                    .put("arguments", call.path("function").path("arguments").asString(""));
        }
        return made;
    }

    private void plain(String role, JsonNode text) {
        if (text.isString()) {
            said(role, text.asString());
        } else if (text.isArray()) {
            text.forEach(each -> plain(role, each));
        }
    }

    private ObjectNode said(String role, String text) {
        ObjectNode made = messages.addObject();
        made.put("role", role);
        part(made.putArray("parts"), text);
        return made;
    }

    private static void part(ArrayNode parts, JsonNode part) {
        if (part.path("text").isString()) {
            part(parts, part.path("text").asString());
        } else {
            parts.addObject().put("type", part.path("type").asString("unknown"));
        }
    }

    private static void part(ArrayNode parts, String text) {
        parts.addObject().put("type", "text").put("content", text);
    }

    private static Optional<JsonNode> json(String text) {
        try {
            JsonNode tree = Json.MAPPER.readTree(text);
            return tree != null && tree.isObject() ? Optional.of(tree) : Optional.empty();
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }
}
