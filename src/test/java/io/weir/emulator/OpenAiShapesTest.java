package io.weir.emulator;

import static io.weir.emulator.Exchange.chat;
import static io.weir.emulator.Exchange.post;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.openai.core.ObjectMappers;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.completions.Completion;
import com.openai.models.embeddings.CreateEmbeddingResponse;
import com.openai.models.models.Model;
import com.openai.models.moderations.ModerationCreateResponse;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseStreamEvent;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** OpenAI's own client accepts every shape of answer as valid. */
class OpenAiShapesTest {
    private static final String CHAT_TOOLS =
            "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"get_weather\","
                    + "\"parameters\":{\"type\":\"object\",\"properties\":{\"city\":{\"type\":"
                    + "\"string\"}},\"required\":[\"city\"]}}}]";
    private static final String RESPONSE_TOOLS =
            "\"tools\":[{\"type\":\"function\",\"name\":\"get_weather\",\"parameters\":{\"type\":"
                    + "\"object\",\"properties\":{\"city\":{\"type\":\"string\"}}},\"strict\":false}]";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gpt-4o-mini|\"n\":2",
                "gpt-4o-mini|\"max_tokens\":5",
                "gpt-4o-mini|\"logprobs\":true,\"top_logprobs\":2",
                "gpt-4o-mini|" + CHAT_TOOLS,
                "gpt-4o-mini|\"service_tier\":\"priority\"",
                "gpt-4o-mini|\"response_format\":{\"type\":\"json_object\"}",
                "refusal|\"n\":1",
                "content-filter|\"n\":1",
                "reasoning|\"n\":1",
                "cached|\"n\":1",
                "no-usage|\"n\":1",
                "crlf-stream|\"n\":1"
            })
    void acceptsChats(String modelAndMore) throws JsonProcessingException {
        String model = modelAndMore.substring(0, modelAndMore.indexOf('|'));
        String more = modelAndMore.substring(model.length() + 1);
        String question = "What is the weather in Rome, as json?";
        Exchange whole = chat(model, question, more);
        ChatCompletion completion = read(whole.text(), ChatCompletion.class).validate();
        assertThat(completion.choices()).isNotEmpty();
        assertThat(completion.usage().isPresent()).isEqualTo(!model.equals("no-usage"));
        String stream = ",\"stream\":true,\"stream_options\":{\"include_usage\":true}";
        List<JsonNode> events = chat(model, question, more + stream).events();
        assertThat(events).hasSizeGreaterThan(3);
        for (JsonNode event : events) {
            read(event.toString(), ChatCompletionChunk.class).validate();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gpt-4o-mini|\"input\":\"Hello there\",\"max_output_tokens\":20",
                "gpt-4o-mini|\"input\":\"The weather in Rome?\",\"instructions\":\"Be brief.\","
                        + RESPONSE_TOOLS,
                "gpt-4o-mini|\"input\":\"Hm\",\"include\":[\"message.output_text.logprobs\"],"
                        + "\"top_logprobs\":2",
                "gpt-4o-mini|\"input\":[{\"role\":\"user\",\"content\":[{\"type\":\"input_text\","
                        + "\"text\":\"json?\"}]}],\"text\":{\"format\":{\"type\":\"json_object\"}}",
                "gpt-4o-mini|\"input\":\"Hm\",\"metadata\":{\"a\":\"b\"},\"user\":\"u\","
                        + "\"service_tier\":\"flex\",\"temperature\":0.2,\"store\":false",
                "refusal|\"input\":\"Hm\"",
                "content-filter|\"input\":\"Hm\"",
                "reasoning|\"input\":\"Hm\"",
                "cached|\"input\":\"Hm\"",
                "no-usage|\"input\":\"Hm\""
            })
    void acceptsResponses(String modelAndMore) throws JsonProcessingException {
        String model = modelAndMore.substring(0, modelAndMore.indexOf('|'));
        String body =
                "{\"model\":\"%s\",%s".formatted(model, modelAndMore.substring(model.length() + 1));
        Exchange whole = post("/v1/responses", body + "}");
        Response response = read(whole.text(), Response.class).validate();
        assertThat(response.output()).isNotEmpty();
        List<JsonNode> events = post("/v1/responses", body + ",\"stream\":true}").events();
        for (int i = 0; i < events.size(); i++) {
            read(events.get(i).toString(), ResponseStreamEvent.class).validate();
            assertThat(events.get(i).path("sequence_number").asInt()).isEqualTo(i);
        }
    }

    @Test
    void acceptsCompletions() throws JsonProcessingException {
        String body = "{\"model\":\"gpt-3.5-turbo-instruct\",\"prompt\":[\"a\",\"b\"],\"n\":2";
        String more = ",\"logprobs\":2,\"max_tokens\":7";
        Exchange whole = post("/v1/completions", body + more + "}");
        assertThat(read(whole.text(), Completion.class).validate().choices()).hasSize(4);
        String stream = ",\"stream\":true,\"stream_options\":{\"include_usage\":true}}";
        List<JsonNode> events = post("/v1/completions", body + more + stream).events();
        assertThat(events.getLast().path("usage").path("completion_tokens").asInt()).isEqualTo(28);
    }

    @Test
    void acceptsEmbeddings() throws JsonProcessingException {
        for (String format : List.of("float", "base64")) {
            String body =
                    ("{\"model\":\"text-embedding-3-small\",\"input\":[\"a b\",\"c\"],"
                                    + "\"encoding_format\":\"%s\",\"dimensions\":64}")
                            .formatted(format);
            Exchange exchange = post("/v1/embeddings", body);
            CreateEmbeddingResponse response =
                    read(exchange.text(), CreateEmbeddingResponse.class).validate();
            assertThat(response.data()).hasSize(2);
            assertThat(response.data().get(0).embedding()).hasSize(64);
        }
    }

    @Test
    void acceptsModerations() throws JsonProcessingException {
        Exchange exchange = post("/v1/moderations", "{\"input\":[\"hello\",\"a bomb\"]}");
        ModerationCreateResponse response =
                read(exchange.text(), ModerationCreateResponse.class).validate();
        assertThat(response.results().get(0).flagged()).isFalse();
        assertThat(response.results().get(1).flagged()).isTrue();
    }

    @Test
    void acceptsModels() throws JsonProcessingException {
        Exchange list = Exchange.with(Exchange.emulator(), "GET", "/v1/models", "");
        assertThat(list.json().path("data")).hasSizeGreaterThan(30);
        for (JsonNode model : list.json().path("data")) {
            read(model.toString(), Model.class).validate();
        }
    }

    private static <T> T read(String json, Class<T> type) throws JsonProcessingException {
        return ObjectMappers.jsonMapper().readValue(json, type);
    }
}
