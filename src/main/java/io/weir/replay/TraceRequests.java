package io.weir.replay;

import io.weir.wire.Json;
import java.io.ByteArrayOutputStream;
import tools.jackson.core.JsonGenerator;

/** Makes the requests that cost exactly as many tokens as a trace's rows say. */
final class TraceRequests {
    /**
     * What one user message costs over its text: 3 for the message, 1 for its role, 3 for the
     * answer's start (OpenAI cookbook, "How to count tokens").
     */
    private static final int CHAT_OVERHEAD_TOKENS = 7;

    private final LoadTarget target;
    private final ReplaySettings settings;
    private final TextOfTokens texts;

    TraceRequests(LoadTarget target, ReplaySettings settings, TextOfTokens texts) {
        this.target = target;
        this.settings = settings;
        this.texts = texts;
    }

    /** The bytes to send: a chat, or a completion where the prompt is too short for one. */
    byte[] request(TraceCall call) {
        String model = settings.modelFor(call);
        boolean chat = call.inputTokens() > CHAT_OVERHEAD_TOKENS;
        long textTokens = call.inputTokens() - (chat ? CHAT_OVERHEAD_TOKENS : 0);
        String text = texts.text(model, textTokens);
        ByteArrayOutputStream body = new ByteArrayOutputStream(text.length() + 200);
        try (JsonGenerator out = Json.FACTORY.createGenerator(Json.WRITE, body)) {
            out.writeStartObject();
            out.writeStringProperty("model", model);
            if (chat) {
                message(out, text);
            } else {
                out.writeStringProperty("prompt", text);
            }
            out.writeNumberProperty("max_tokens", call.outputTokens());
            if (settings.stream()) {
                stream(out);
            }
            out.writeEndObject();
        }
        String operation = chat ? "/chat/completions" : "/completions";
        return LoadRequest.post(target, operation, body.toByteArray());
    }

    private static void message(JsonGenerator out, String text) {
        out.writeName("messages");
        out.writeStartArray();
        out.writeStartObject();
        out.writeStringProperty("role", "user");
        out.writeStringProperty("content", text);
        out.writeEndObject();
        out.writeEndArray();
    }

    private static void stream(JsonGenerator out) {
        out.writeBooleanProperty("stream", true);
        out.writeName("stream_options");
        out.writeStartObject();
        out.writeBooleanProperty("include_usage", true);
        out.writeEndObject();
    }
}
