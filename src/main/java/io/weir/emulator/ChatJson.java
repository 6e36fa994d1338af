package io.weir.emulator;

import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/** Writes a {@code chat.completion}: one answer, whole. */
final class ChatJson {
    /** The {@code system_fingerprint} of every answer. */
    static final String FINGERPRINT = "fp_emulated";

    private final Request request;
    private final Origin origin;
    private final Composed composed;
    private final Ids ids;

    ChatJson(Request request, Origin origin, Composed composed, Ids ids) {
        this.request = request;
        this.origin = origin;
        this.composed = composed;
        this.ids = ids;
    }

    /** The document. */
    byte[] bytes() {
        return JsonText.bytes(this::write);
    }

    private void write(JsonGenerator out) {
        out.writeStartObject();
        out.writeStringProperty("id", origin.id());
        out.writeStringProperty("object", "chat.completion");
        out.writeNumberProperty("created", origin.created());
        out.writeStringProperty("model", request.model());
        out.writeArrayPropertyStart("choices");
        List<Turn> turns = composed.turns();
        for (int i = 0; i < turns.size(); i++) {
            choice(out, i, turns.get(i));
        }
        out.writeEndArray();
        if (request.quirk() != Quirk.NO_USAGE) {
            out.writeName("usage");
            UsageJson.chat(out, composed.usage());
        }
        out.writeStringProperty("service_tier", Chat.tier(request.body()));
        out.writeStringProperty("system_fingerprint", FINGERPRINT);
        JsonNode metadata = request.body().path("metadata");
        if (metadata.isObject()) {
            out.writeName("metadata");
            out.writeRawValue(metadata.toString());
        }
        out.writeEndObject();
    }

    private void choice(JsonGenerator out, int index, Turn turn) {
        out.writeStartObject();
        out.writeNumberProperty("index", index);
        out.writeObjectPropertyStart("message");
        out.writeStringProperty("role", "assistant");
        switch (turn) {
            case Turn.Says says -> {
                out.writeStringProperty("content", says.speech().text());
                out.writeNullProperty("refusal");
            }
            case Turn.Declines declines -> {
                out.writeNullProperty("content");
                out.writeStringProperty("refusal", declines.speech().text());
            }
            case Turn.Calls calls -> {
                out.writeNullProperty("content");
                calls(out, calls);
                out.writeNullProperty("refusal");
            }
        }
        out.writeArrayPropertyStart("annotations");
        out.writeEndArray();
        out.writeEndObject();
        out.writeName("logprobs");
        logprobs(request, turn).ifPresentOrElse(out::writeRawValue, out::writeNull);
        out.writeStringProperty("finish_reason", turn.finishReason());
        out.writeEndObject();
    }

    private void calls(JsonGenerator out, Turn.Calls calls) {
        out.writeArrayPropertyStart("tool_calls");
        for (Turn.Call call : calls.calls()) {
            out.writeStartObject();
            out.writeStringProperty("id", ids.next("call_", 24));
            out.writeStringProperty("type", "function");
            out.writeObjectPropertyStart("function");
            out.writeStringProperty("name", call.name());
            out.writeStringProperty("arguments", String.join("", call.arguments()));
            out.writeEndObject();
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private static Optional<String> logprobs(Request request, Turn turn) {
        if (!(turn instanceof Turn.Says says)) {
            return Optional.empty();
        }
        return logprobs(request, says.speech().pieces());
    }

    /** The {@code logprobs} of these tokens, where the request wants them. */
    static Optional<String> logprobs(Request request, List<String> tokens) {
        if (!request.body().path("logprobs").booleanValue(false)) {
            return Optional.empty();
        }
        Logprobs logprobs = new Logprobs(request.body().path("top_logprobs").intValue(0));
        return Optional.of(JsonText.text(out -> logprobs.chat(out, tokens)));
    }
}
