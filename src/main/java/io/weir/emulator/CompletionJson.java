package io.weir.emulator;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * Writes a {@code text_completion}, whole or in events.
 *
 * @param echoes for each choice the prompt to be repeated before it, or nothing
 */
record CompletionJson(Request request, Origin origin, Composed composed, List<String> echoes) {
    /** The answer as one document. */
    Answer whole() {
        byte[] json =
                JsonText.bytes(out -> {
                    head(out);
                    for (int i = 0; i < composed.turns().size(); i++) {
                        choice(out, i, pieces(i), composed.turns().get(i).finishReason());
                    }
                    out.writeEndArray();
                    if (request.quirk() != Quirk.NO_USAGE) {
                        out.writeName("usage");
                        UsageJson.plain(out, composed.usage());
                    }
                    out.writeEndObject();
                });
        return new Answer.Whole(json, composed.usage(), composed.steps());
    }

    /** The answer as a stream: a token in each event. */
    Answer stream() {
        int longest = 0;
        for (int i = 0; i < composed.turns().size(); i++) {
            longest = Math.max(longest, pieces(i).size());
        }
        int last = longest;
        return new Answer.Streamed(
                new Rounds(last + 1, number -> round(number, number == last)),
                composed.usage(),
                composed.thought(),
                SseError.chat());
    }

    private List<Answer.Event> round(int number, boolean last) {
        List<Answer.Event> events = new ArrayList<>();
        for (int i = 0; i < composed.turns().size(); i++) {
            int choice = i;
            List<String> pieces = pieces(i);
            if (number < pieces.size()) {
                List<String> piece = List.of(pieces.get(number));
                boolean paced = number > 0 && events.isEmpty();
                events.add(event(out -> choice(out, choice, piece, null), false, paced));
            } else if (number == pieces.size()) {
                String reason = composed.turns().get(i).finishReason();
                events.add(event(out -> choice(out, choice, List.of(), reason), false, false));
            }
        }
        if (last) {
            if (withUsage()) {
                events.add(event(out -> {}, true, false));
            }
            events.add(
                    new Answer.Event("data: [DONE]\n\n".getBytes(StandardCharsets.UTF_8), false));
        }
        return events;
    }

    private boolean withUsage() {
        return request.body().path("stream_options").path("include_usage").booleanValue(false)
                && request.quirk() != Quirk.NO_USAGE;
    }

    private Answer.Event event(Consumer<JsonGenerator> choices, boolean usage, boolean paced) {
        String json =
                JsonText.text(out -> {
                    head(out);
                    choices.accept(out);
                    out.writeEndArray();
                    if (usage) {
                        out.writeName("usage");
                        UsageJson.plain(out, composed.usage());
                    } else if (withUsage()) {
                        out.writeNullProperty("usage");
                    }
                    out.writeEndObject();
                });
        return new Answer.Event(("data: " + json + "\n\n").getBytes(StandardCharsets.UTF_8), paced);
    }

    private void head(JsonGenerator out) {
        out.writeStartObject();
        out.writeStringProperty("id", origin.id());
        out.writeStringProperty("object", "text_completion");
        out.writeNumberProperty("created", origin.created());
        out.writeStringProperty("model", request.model());
        out.writeArrayPropertyStart("choices");
    }

    private void choice(
            JsonGenerator out, int index, List<String> pieces, @Nullable String finishReason) {
        out.writeStartObject();
        out.writeStringProperty("text", String.join("", pieces));
        out.writeNumberProperty("index", index);
        out.writeName("logprobs");
        if (request.body().hasNonNull("logprobs")) {
            int alternatives = request.body().path("logprobs").intValue(0);
            new Logprobs(alternatives).completion(out, pieces, 0);
        } else {
            out.writeNull();
        }
        out.writeName("finish_reason");
        if (finishReason == null) {
            out.writeNull();
        } else {
            out.writeString(finishReason);
        }
        out.writeEndObject();
    }

    /** What a choice says, with the prompt before it where that is wanted. */
    private List<String> pieces(int choice) {
        Speech speech =
                switch (composed.turns().get(choice)) {
                    case Turn.Says says -> says.speech();
                    case Turn.Declines declines -> declines.speech();
                    case Turn.Calls calls -> Speech.ofPieces(List.of(), calls.finishReason());
                };
        String echo = echoes.get(choice);
        if (echo.isEmpty()) {
            return speech.pieces();
        }
        List<String> pieces = new ArrayList<>(speech.pieces().size() + 1);
        pieces.add(echo);
        pieces.addAll(speech.pieces());
        return pieces;
    }
}
