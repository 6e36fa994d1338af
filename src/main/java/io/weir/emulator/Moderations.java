package io.weir.emulator;

import io.weir.wire.ApiError;
import io.weir.wire.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/**
 * {@code POST /v1/moderations}: flags texts by a few plain words.
 *
 * @see <a href="https://platform.openai.com/docs/api-reference/moderations">The reference</a>
 */
final class Moderations implements Operation {
    /** The model that moderates when the request names none. */
    static final String MODEL = "omni-moderation-latest";

    private static final List<String> CATEGORIES =
            List.of(
                    "harassment",
                    "harassment/threatening",
                    "sexual",
                    "hate",
                    "hate/threatening",
                    "illicit",
                    "illicit/violent",
                    "self-harm/intent",
                    "self-harm/instructions",
                    "self-harm",
                    "sexual/minors",
                    "violence",
                    "violence/graphic");
    private static final Set<String> SEEN_IN_IMAGES =
            Set.of(
                    "sexual",
                    "self-harm/intent",
                    "self-harm/instructions",
                    "self-harm",
                    "violence",
                    "violence/graphic");
    private static final Map<String, List<String>> WORDS =
            Map.of(
                    "harassment", List.of("idiot", "stupid", "loser"),
                    "hate", List.of("i hate"),
                    "illicit", List.of("steal", "counterfeit", "launder"),
                    "illicit/violent", List.of("bomb"),
                    "self-harm", List.of("hurt myself", "suicide"),
                    "self-harm/intent", List.of("kill myself"),
                    "sexual", List.of("porn"),
                    "violence", List.of("kill", "murder", "bomb"),
                    "violence/graphic", List.of("blood everywhere"));
    private static final double FLAGGED_SCORE = 0.97;
    private static final double QUIET_SCORE = 0.0001;

    private final Press press;

    Moderations(Press press) {
        this.press = press;
    }

    @Override
    public Answer answer(Request request) {
        JsonNode input = request.body().path("input");
        boolean usable = input.isString() || (input.isArray() && !input.isEmpty());
        Optional<ApiError> wrong =
                new Check(request.body())
                        .required("input")
                        .that(
                                usable,
                                () ->
                                        Refusals.wrongType(
                                                "input", "a string or an array", Check.kind(input)))
                        .error();
        if (wrong.isPresent()) {
            return new Answer.Refused(wrong.get());
        }
        String id = press.ids().next("modr-", 29);
        byte[] json = JsonText.bytes(out -> write(out, id, request.model(), inputs(input)));
        return new Answer.Whole(json, Usage.NONE, 0);
    }

    private static void write(JsonGenerator out, String id, String model, List<Input> inputs) {
        out.writeStartObject();
        out.writeStringProperty("id", id);
        out.writeStringProperty("model", model);
        out.writeArrayPropertyStart("results");
        inputs.forEach(input -> result(out, input));
        out.writeEndArray();
        out.writeEndObject();
    }

    private static void result(JsonGenerator out, Input input) {
        out.writeStartObject();
        out.writeBooleanProperty("flagged", CATEGORIES.stream().anyMatch(input::breaks));
        out.writeObjectPropertyStart("categories");
        CATEGORIES.forEach(category -> out.writeBooleanProperty(category, input.breaks(category)));
        out.writeEndObject();
        out.writeObjectPropertyStart("category_scores");
        for (String category : CATEGORIES) {
            out.writeNumberProperty(category, input.breaks(category) ? FLAGGED_SCORE : QUIET_SCORE);
        }
        out.writeEndObject();
        out.writeObjectPropertyStart("category_applied_input_types");
        for (String category : CATEGORIES) {
            out.writeArrayPropertyStart(category);
            if (!input.text.isEmpty()) {
                out.writeString("text");
            }
            if (input.image && SEEN_IN_IMAGES.contains(category)) {
                out.writeString("image");
            }
            out.writeEndArray();
        }
        out.writeEndObject();
        out.writeEndObject();
    }

    /** Texts are judged each alone; parts of different kinds together. */
    private static List<Input> inputs(JsonNode input) {
        if (input.isString()) {
            return List.of(new Input(input.stringValue(), false));
        }
        List<Input> inputs = new ArrayList<>();
        if (!input.path(0).isObject()) {
            input.forEach(text -> inputs.add(new Input(text.stringValue(""), false)));
            return inputs;
        }
        boolean image =
                input.valueStream()
                        .anyMatch(part -> part.path("type").stringValue("").equals("image_url"));
        inputs.add(new Input(ChatInput.text(input), image));
        return inputs;
    }

    private record Input(String text, boolean image) {
        boolean breaks(String category) {
            String lower = text.toLowerCase(Locale.ROOT);
            return WORDS.getOrDefault(category, List.of()).stream().anyMatch(lower::contains);
        }
    }
}
