package io.weir.emulator;

import io.weir.wire.ApiError;
import io.weir.wire.Usage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/**
 * {@code POST /v1/embeddings}: unit vectors in which texts with common words lie close together.
 *
 * @see <a href="https://platform.openai.com/docs/api-reference/embeddings">The reference</a>
 */
final class Embeddings implements Operation {
    private static final int MOST_INPUTS = 2_048;
    private static final int USUAL_DIMENSIONS = 1_536;
    private static final int LARGE_DIMENSIONS = 3_072;

    private final Press press;

    Embeddings(Press press) {
        this.press = press;
    }

    @Override
    public Answer answer(Request request) {
        JsonNode body = request.body();
        JsonNode input = body.path("input");
        boolean several = input.isArray() && !input.path(0).isNumber();
        List<JsonNode> inputs = several ? input.valueStream().toList() : List.of(input);
        Optional<ApiError> wrong = wrong(body, inputs);
        if (wrong.isPresent()) {
            return new Answer.Refused(wrong.get());
        }
        Prompt prompt = new Prompt(press.tokenCount(), request.model());
        inputs.forEach(one -> read(one, prompt));
        Usage usage = Usage.ofText(prompt.tokens(), 0);
        return new Answer.Whole(
                JsonText.bytes(out -> write(out, request, inputs, usage)), usage, 0);
    }

    private static void read(JsonNode input, Prompt prompt) {
        if (input.isString()) {
            prompt.text(input.stringValue());
        } else {
            prompt.overhead(input.size());
        }
    }

    private static void write(
            JsonGenerator out, Request request, List<JsonNode> inputs, Usage usage) {
        int usual =
                request.model().equals("text-embedding-3-large")
                        ? LARGE_DIMENSIONS
                        : USUAL_DIMENSIONS;
        int dimensions = request.body().path("dimensions").intValue(usual);
        boolean base64 = request.body().path("encoding_format").stringValue("").equals("base64");
        out.writeStartObject();
        out.writeStringProperty("object", "list");
        out.writeArrayPropertyStart("data");
        for (int i = 0; i < inputs.size(); i++) {
            out.writeStartObject();
            out.writeStringProperty("object", "embedding");
            out.writeNumberProperty("index", i);
            out.writeName("embedding");
            vector(out, TextVector.of(inputs.get(i), dimensions), base64);
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeStringProperty("model", request.model());
        if (request.quirk() != Quirk.NO_USAGE) {
            out.writeObjectPropertyStart("usage");
            out.writeNumberProperty("prompt_tokens", usage.inputTotal());
            out.writeNumberProperty("total_tokens", usage.total());
            out.writeEndObject();
        }
        out.writeEndObject();
    }

    private static void vector(JsonGenerator out, float[] vector, boolean base64) {
        if (!base64) {
            out.writeStartArray();
            for (float value : vector) {
                out.writeNumber(value);
            }
            out.writeEndArray();
            return;
        }
        ByteBuffer bytes =
                ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(vector);
        out.writeString(Base64.getEncoder().encodeToString(bytes.array()));
    }

    private static Optional<ApiError> wrong(JsonNode body, List<JsonNode> inputs) {
        JsonNode dimensions = body.path("dimensions");
        JsonNode format = body.path("encoding_format");
        return new Check(body)
                .integer("dimensions", Long.MIN_VALUE, LARGE_DIMENSIONS)
                .that(
                        dimensions.longValue(1) >= 1,
                        () ->
                                plain(
                                        "%s is less than the minimum of 1 - 'dimensions'"
                                                .formatted(dimensions)))
                .that(body.has("input"), () -> plain("'input' is a required property"))
                .that(
                        !inputs.isEmpty() && inputs.stream().allMatch(Embeddings::usable),
                        Embeddings::unusable)
                .that(
                        inputs.size() <= MOST_INPUTS,
                        () -> Refusals.longArray("input", MOST_INPUTS, inputs.size()))
                .string("encoding_format")
                .that(
                        format.stringValue("float").matches("float|base64"),
                        () ->
                                plain(
                                        "%s is not one of ['float', 'base64'] - 'encoding_format'"
                                                .formatted(format)))
                .string("user")
                .error();
    }

    private static boolean usable(JsonNode input) {
        return input.isArray()
                ? !input.isEmpty() && input.valueStream().allMatch(JsonNode::isIntegralNumber)
                : !input.stringValue("").isEmpty();
    }

    private static ApiError unusable() {
        return plain(
                "'$.input' is invalid. Please check the API reference:"
                        + " https://platform.openai.com/docs/api-reference.");
    }

    private static ApiError plain(String message) {
        return Refusals.invalid(null, null, message);
    }
}
