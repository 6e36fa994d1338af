package io.weir.wire;

import io.weir.wire.PromptText.Message;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Collects a {@link PromptText} from a body's tree. Belongs to one thread. */
final class PromptReader {
    private final List<Message> messages = new ArrayList<>();
    private final List<String> texts = new ArrayList<>();
    private long countedTokens;
    private int images;

    private PromptReader() {}

    /** The text of a body; none where it is malformed. */
    static PromptText read(byte[] body) {
        try {
            JsonNode root = Json.MAPPER.readTree(body);
            return root != null && root.isObject()
                    ? new PromptReader().text(root)
                    : PromptText.NONE;
        } catch (JacksonException malformed) {
            return PromptText.NONE;
        }
    }

    private PromptText text(JsonNode root) {
        if (root.path("instructions").isString()) {
            messages.add(new Message("system", null, root.path("instructions").stringValue()));
        }
        for (JsonNode message : root.path("messages")) {
            addMessage(message);
        }
        addPrompt(root.path("prompt"));
        addPrompt(root.path("input"));
        for (String member : List.of("tools", "functions")) {
            if (root.path(member).isArray() && !root.path(member).isEmpty()) {
                texts.add(root.path(member).toString());
            }
        }
        return new PromptText(messages, texts, countedTokens, images);
    }

    /** A string, tokens, or a list of strings, token lists or items. */
    private void addPrompt(JsonNode prompt) {
        if (prompt.isString()) {
            texts.add(prompt.stringValue());
        } else if (prompt.isNumber()) {
            countedTokens++;
        } else if (prompt.isArray()) {
            prompt.forEach(this::addPrompt);
        } else if (prompt.isObject()) {
            addItem(prompt);
        }
    }

    private void addItem(JsonNode item) {
        if (item.has("role") || item.has("content")) {
            addMessage(item);
            return;
        }
        StringBuilder text = new StringBuilder();
        addParts(item, text);
        switch (text(item, "type", "")) {
            case "function_call", "custom_tool_call", "mcp_call" ->
                    messages.add(new Message("assistant", null, call(item) + text));
            case "function_call_output", "custom_tool_call_output" -> {
                addContent(item.path("output"), text);
                messages.add(new Message("tool", null, text.toString()));
            }
            default -> {
                if (!text.isEmpty()) {
                    texts.add(text.toString());
                }
            }
        }
    }

    private void addMessage(JsonNode message) {
        if (!message.isObject()) {
            return;
        }
        StringBuilder text = new StringBuilder();
        addContent(message.path("content"), text);
        text.append(text(message, "refusal", ""));
        for (JsonNode toolCall : message.path("tool_calls")) {
            text.append(call(toolCall.path("function"))).append(call(toolCall.path("custom")));
        }
        text.append(call(message.path("function_call")));
        messages.add(new Message(text(message, "role", "user"), name(message), text.toString()));
    }

    private void addContent(JsonNode content, StringBuilder text) {
        if (content.isString()) {
            text.append(content.stringValue());
        } else if (content.isArray()) {
            content.forEach(part -> addParts(part, text));
        }
    }

    /** One part of a content, or an item that is itself one. */
    private void addParts(JsonNode part, StringBuilder text) {
        text.append(text(part, "text", "")).append(text(part, "refusal", ""));
        String type = text(part, "type", "");
        if (type.equals("image_url") || type.equals("input_image")) {
            images++;
        }
    }

    private static String call(JsonNode function) {
        return text(function, "name", "")
                + text(function, "arguments", "")
                + text(function, "input", "");
    }

    private static @Nullable String name(JsonNode message) {
        return message.path("name").isString() ? message.path("name").stringValue() : null;
    }

    private static String text(JsonNode object, String member, String otherwise) {
        JsonNode value = object.path(member);
        return value.isString() ? value.stringValue() : otherwise;
    }
}
