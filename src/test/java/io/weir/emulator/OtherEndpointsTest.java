package io.weir.emulator;

import static io.weir.emulator.Exchange.post;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.wire.Json;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Responses, completions, embeddings, moderations and models. */
class OtherEndpointsTest {
    private final TokenCount count = new JtokkitCount();

    @Test
    void completionsHaveExactlyAsManyTokensAsAreAllowed() {
        Random random = new Random(3);
        for (int i = 0; i < 30; i++) {
            int limit = 1 + random.nextInt(700);
            String body =
                    "{\"model\":\"gpt-3.5-turbo-instruct\",\"prompt\":\"Go %d\",\"max_tokens\":%d}"
                            .formatted(i, limit);
            JsonNode json = post("/v1/completions", body).json();
            String text = json.path("choices").path(0).path("text").asString();
            assertThat(count.count("gpt-3.5-turbo-instruct", text)).isEqualTo(limit);
            assertThat(json.path("usage").path("completion_tokens").asInt()).isEqualTo(limit);
            assertThat(json.path("usage").path("prompt_tokens").asInt())
                    .isEqualTo(count.count("gpt-3.5-turbo-instruct", "Go " + i));
        }
    }

    @Test
    void completionsTakePromptsOfTokens() {
        String body = "{\"model\":\"davinci-002\",\"prompt\":[[1,2,3],[4,5]],\"n\":2}";
        JsonNode json = post("/v1/completions", body).json();
        assertThat(json.path("choices")).hasSize(4);
        assertThat(json.path("usage").path("prompt_tokens").asInt()).isEqualTo(5);
        assertThat(json.path("usage").path("completion_tokens").asInt()).isEqualTo(64);
    }

    @Test
    void completionsEchoThePrompt() {
        String body =
                "{\"model\":\"davinci-002\",\"prompt\":\"Once\",\"echo\":true,\"max_tokens\":0}";
        JsonNode choice = post("/v1/completions", body).json().path("choices").path(0);
        assertThat(choice.path("text").asString()).isEqualTo("Once");
        assertThat(choice.path("finish_reason").asString()).isEqualTo("length");
    }

    @Test
    void responsesStreamWhatTheyWouldSayAtOnce() {
        String body = "{\"model\":\"gpt-4o\",\"input\":\"Tell me\",\"max_output_tokens\":40";
        JsonNode whole = post("/v1/responses", body + "}").json();
        Exchange streamed = post("/v1/responses", body + ",\"stream\":true}");
        StringBuilder text = new StringBuilder();
        for (JsonNode event : streamed.events()) {
            if (event.path("type").asString().equals("response.output_text.delta")) {
                text.append(event.path("delta").asString());
            }
        }
        JsonNode last = streamed.events().getLast().path("response");
        JsonNode said = whole.path("output").path(0).path("content").path(0).path("text");
        assertThat(text.toString()).isEqualTo(said.asString());
        assertThat(last.path("usage")).isEqualTo(whole.path("usage"));
        assertThat(last.path("usage").path("output_tokens").asInt()).isEqualTo(40);
        assertThat(last.path("status").asString()).isEqualTo("incomplete");
        assertThat(count.count("gpt-4o", text.toString())).isEqualTo(40);
    }

    @Test
    void responsesCountAPlainInputAsChatDoes() {
        JsonNode usage =
                post("/v1/responses", "{\"model\":\"gpt-4.1\",\"input\":\"Hello world\"}")
                        .json()
                        .path("usage");
        assertThat(usage.path("input_tokens").asInt()).isEqualTo(9);
    }

    @Test
    void responsesAnswerInJsonForASchema() {
        String body =
                """
                {"model":"gpt-4o","input":"Where?","text":{"format":{"type":"json_schema","name":"x",
                "schema":{"type":"object","properties":{"city":{"type":"string"}},"required":["city"],
                "additionalProperties":false}}}}
                """;
        JsonNode json = post("/v1/responses", body).json();
        String text = json.path("output").path(0).path("content").path(0).path("text").asString();
        JsonNode schema = Json.MAPPER.readTree(body).path("text").path("format").path("schema");
        assertThat(new SchemaFit(schema).misfit(schema, Json.MAPPER.readTree(text))).isEmpty();
    }

    @Test
    void responsesAnswerInTextAfterAFunction() {
        String body =
                """
                {"model":"gpt-4o","tools":[{"type":"function","name":"get_weather","parameters":{}}],
                "input":[{"role":"user","content":"The weather?"},
                {"type":"function_call","call_id":"c","name":"get_weather","arguments":"{}"},
                {"type":"function_call_output","call_id":"c","output":"mild"}]}
                """;
        JsonNode json = post("/v1/responses", body).json();
        assertThat(json.path("output").path(0).path("type").asString()).isEqualTo("message");
    }

    @Test
    void embeddingsAreUnitVectorsOfTheirOwnLength() {
        for (String model : List.of("text-embedding-3-small", "text-embedding-3-large")) {
            float[] vector = embedding(model, "a quiet sea", "");
            assertThat(vector).hasSize(model.endsWith("large") ? 3_072 : 1_536);
            assertThat(product(vector, vector)).isBetween(0.999, 1.001);
        }
        assertThat(embedding("text-embedding-3-small", "a", ",\"dimensions\":3")).hasSize(3);
    }

    @Test
    void embeddingsOfLikeTextsLieClose() {
        String model = "text-embedding-3-small";
        float[] sea = embedding(model, "the captain crossed the sea", "");
        float[] seas = embedding(model, "the captain crossed the wide sea", "");
        float[] bread = embedding(model, "a baker sold some bread", "");
        assertThat(product(sea, seas)).isGreaterThan(0.8);
        assertThat(product(sea, bread)).isLessThan(0.3);
    }

    @Test
    void embeddingsAreTheSameInBase64() {
        String body =
                "{\"model\":\"text-embedding-3-small\",\"input\":\"sea\",\"encoding_format\":\"base64\"}";
        JsonNode json = post("/v1/embeddings", body).json();
        byte[] bytes =
                Base64.getDecoder().decode(json.path("data").path(0).path("embedding").asString());
        float[] floats = new float[bytes.length / Float.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(floats);
        assertThat(floats).isEqualTo(embedding("text-embedding-3-small", "sea", ""));
    }

    @Test
    void moderationsSeeImagesToo() {
        String body =
                "{\"input\":[{\"type\":\"text\",\"text\":\"murder\"},{\"type\":\"image_url\","
                        + "\"image_url\":{\"url\":\"u\"}}]}";
        JsonNode result = post("/v1/moderations", body).json().path("results").path(0);
        assertThat(result.path("flagged").asBoolean()).isTrue();
        assertThat(result.path("categories").path("violence").asBoolean()).isTrue();
        assertThat(result.path("categories").path("sexual").asBoolean()).isFalse();
        assertThat(result.path("category_applied_input_types").path("violence")).hasSize(2);
        assertThat(result.path("category_applied_input_types").path("hate")).hasSize(1);
    }

    @Test
    void modelsAreListedAndFound() {
        Emulator emulator = Exchange.emulator();
        JsonNode list = Exchange.with(emulator, "GET", "/v1/models", "").json();
        assertThat(list.path("data").valueStream().map(model -> model.path("id").asString()))
                .contains("gpt-4o-mini", "error-429", "flaky-2");
        JsonNode one = Exchange.with(emulator, "GET", "/v1/models/flaky-7", "").json();
        assertThat(one.path("id").asString()).isEqualTo("flaky-7");
        Exchange none = Exchange.with(emulator, "GET", "/v1/models/claude", "");
        assertThat(none.status()).isEqualTo(404);
        assertThat(none.error().path("param").asString()).isEqualTo("model");
    }

    private static float[] embedding(String model, String text, String more) {
        String body = "{\"model\":\"%s\",\"input\":\"%s\"%s}".formatted(model, text, more);
        JsonNode values =
                post("/v1/embeddings", body).json().path("data").path(0).path("embedding");
        float[] vector = new float[values.size()];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = values.path(i).floatValue();
        }
        return vector;
    }

    private static double product(float[] one, float[] two) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += (double) one[i] * two[i];
        }
        return sum;
    }
}
