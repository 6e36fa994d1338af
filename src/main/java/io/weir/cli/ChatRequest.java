package io.weir.cli;

import io.weir.wire.Json;
import java.io.ByteArrayOutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * A request for a chat completion. What is null is left to the server.
 *
 * @param choices how many answers
 */
record ChatRequest(
        String model,
        List<ChatMessage> messages,
        int choices,
        @Nullable Integer maxTokens,
        @Nullable Double temperature,
        boolean stream) {
    ChatRequest {
        messages = List.copyOf(messages);
    }

    /** The body, UTF-8. */
    byte[] json() {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        try (JsonGenerator out = Json.FACTORY.createGenerator(Json.WRITE, body)) {
            out.writeStartObject();
            out.writeStringProperty("model", model);
            writeMessages(out);
            if (choices > 1) {
                out.writeNumberProperty("n", choices);
            }
            if (maxTokens != null) {
                out.writeNumberProperty(maxTokensName(), maxTokens);
            }
            if (temperature != null) {
                out.writeNumberProperty("temperature", temperature);
            }
            if (stream) {
                writeStream(out);
            }
            out.writeEndObject();
        }
        return body.toByteArray();
    }

    /** Reasoning models refuse the old name; compatible servers often know no other. */
    private String maxTokensName() {
        return model.matches("(o\\d|gpt-5).*") ? "max_completion_tokens" : "max_tokens";
    }

    private void writeMessages(JsonGenerator out) {
        out.writeName("messages");
        out.writeStartArray();
        for (ChatMessage message : messages) {
            out.writeStartObject();
            out.writeStringProperty("role", message.role());
            out.writeStringProperty("content", message.content());
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private static void writeStream(JsonGenerator out) {
        out.writeBooleanProperty("stream", true);
        out.writeName("stream_options");
        out.writeStartObject();
        out.writeBooleanProperty("include_usage", true);
        out.writeEndObject();
    }
}
