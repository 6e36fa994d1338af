package io.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.core.http.HttpResponseFor;
import com.openai.core.http.StreamResponse;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.helpers.ResponseAccumulator;
import com.openai.models.FunctionDefinition;
import com.openai.models.FunctionParameters;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionMessageFunctionToolCall;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.chat.completions.ChatCompletionToolChoiceOption;
import com.openai.models.chat.completions.StructuredChatCompletion;
import com.openai.models.completions.Completion;
import com.openai.models.completions.CompletionCreateParams;
import com.openai.models.completions.CompletionUsage;
import com.openai.models.embeddings.CreateEmbeddingResponse;
import com.openai.models.embeddings.EmbeddingCreateParams;
import com.openai.models.models.Model;
import com.openai.models.moderations.ModerationCreateParams;
import com.openai.models.moderations.ModerationCreateResponse;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseStreamEvent;
import com.openai.models.responses.ResponseUsage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** OpenAI's own Java SDK: every answer is valid to it, and stored with the usage it was shown. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpenAiJavaIT {
    private RunningWeir weir;
    private StoredCalls stored;
    private OpenAIClient client;

    @BeforeAll
    void start(@TempDir Path directory) throws IOException, InterruptedException {
        weir =
                RunningWeir.in(directory.resolve("data"))
                        .config("emulator: {first_token: 0ms, per_token: 0ms}\n")
                        .start();
        stored = new StoredCalls(weir);
        client = OpenAIOkHttpClient.builder().baseUrl(weir.baseUrl()).apiKey(weir.appKey()).build();
    }

    @AfterAll
    void stop() {
        client.close();
        weir.close();
    }

    @Test
    void getsWholeChatCompletions() throws IOException, InterruptedException {
        try (HttpResponseFor<ChatCompletion> answer =
                client.chat().completions().withRawResponse().create(chat().build())) {
            ChatCompletion completion = answer.parse().validate();
            assertThat(completion.choices().getFirst().message().content().orElseThrow())
                    .isNotEmpty();
            JsonNode call = stored.one(id(answer));
            assertUsage(call, completion.usage().orElseThrow());
            assertThat(call.path("response_id").stringValue()).isEqualTo(completion.id());
            assertThat(call.path("stream").booleanValue()).isFalse();
            assertThat(call.path("user_agent").stringValue()).contains("OpenAI");
        }
    }

    @Test
    void getsStreamsWithTheUsageItAsksFor() throws IOException, InterruptedException {
        ChatCompletionStreamOptions usage =
                ChatCompletionStreamOptions.builder().includeUsage(true).build();
        try (HttpResponseFor<StreamResponse<ChatCompletionChunk>> answer =
                client.chat()
                        .completions()
                        .withRawResponse()
                        .createStreaming(chat().streamOptions(usage).build())) {
            List<ChatCompletionChunk> chunks = read(answer.parse());
            assertThat(chunks).filteredOn(chunk -> chunk.usage().isPresent()).hasSize(1);
            JsonNode call = stored.one(id(answer));
            assertUsage(call, chunks.getLast().usage().orElseThrow());
            assertThat(call.path("stream").booleanValue()).isTrue();
            assertThat(call.path("chunks").longValue()).isEqualTo(chunks.size());
        }
    }

    @Test
    void getsStreamsWithoutUsageWhichIsMeasuredAllTheSame()
            throws IOException, InterruptedException {
        try (HttpResponseFor<StreamResponse<ChatCompletionChunk>> answer =
                client.chat().completions().withRawResponse().createStreaming(chat().build())) {
            List<ChatCompletionChunk> chunks = read(answer.parse());
            assertThat(chunks).noneMatch(chunk -> chunk.usage().isPresent());
            assertThat(chunks).noneMatch(chunk -> chunk.choices().isEmpty());
            ChatCompletionAccumulator whole = ChatCompletionAccumulator.create();
            chunks.forEach(whole::accumulate);
            assertThat(
                            whole.chatCompletion()
                                    .choices()
                                    .getFirst()
                                    .message()
                                    .content()
                                    .orElseThrow())
                    .isNotEmpty();
            JsonNode call = stored.one(id(answer));
            assertThat(call.path("usage_confidence").stringValue()).isEqualTo("provider");
            assertThat(call.path("total_output_tokens").longValue()).isPositive();
        }
    }

    @Test
    void getsThreeChoices() throws IOException, InterruptedException {
        try (HttpResponseFor<ChatCompletion> answer =
                client.chat().completions().withRawResponse().create(chat().n(3).build())) {
            assertThat(answer.parse().validate().choices()).hasSize(3);
            JsonNode call = stored.one(id(answer));
            assertThat(call.path("choices").intValue()).isEqualTo(3);
            assertThat(call.path("finish_reasons")).hasSize(3);
        }
    }

    @Test
    void getsToolCalls() throws IOException, InterruptedException {
        FunctionParameters parameters =
                FunctionParameters.builder()
                        .putAdditionalProperty("type", JsonValue.from("object"))
                        .putAdditionalProperty(
                                "properties",
                                JsonValue.from(Map.of("city", Map.of("type", "string"))))
                        .putAdditionalProperty("required", JsonValue.from(List.of("city")))
                        .build();
        FunctionDefinition weather =
                FunctionDefinition.builder().name("weather").parameters(parameters).build();
        try (HttpResponseFor<ChatCompletion> answer =
                client.chat()
                        .completions()
                        .withRawResponse()
                        .create(
                                chat().addFunctionTool(weather)
                                        .toolChoice(ChatCompletionToolChoiceOption.Auto.REQUIRED)
                                        .build())) {
            ChatCompletionMessageFunctionToolCall call =
                    answer.parse()
                            .validate()
                            .choices()
                            .getFirst()
                            .message()
                            .toolCalls()
                            .orElseThrow()
                            .getFirst()
                            .asFunction();
            assertThat(call.function().name()).isEqualTo("weather");
            assertThat(call.function().arguments()).contains("city");
            assertThat(stored.one(id(answer)).path("finish_reasons").path(0).stringValue())
                    .isEqualTo("tool_calls");
        }
    }

    /** What a structured answer is to look like. */
    static final class Book {
        public String title = "";
        public int year;
    }

    @Test
    void getsStructuredAnswers() {
        StructuredChatCompletion<Book> answer =
                client.chat().completions().create(chat().responseFormat(Book.class).build());
        answer.validate();
        assertThat(answer.choices().getFirst().message().content().orElseThrow().title)
                .isNotEmpty();
    }

    @Test
    void getsWholeResponses() throws IOException, InterruptedException {
        try (HttpResponseFor<Response> answer =
                client.responses().withRawResponse().create(response().build())) {
            Response response = answer.parse().validate();
            assertUsage(stored.one(id(answer)), response.usage().orElseThrow());
        }
    }

    @Test
    void getsStreamedResponses() throws IOException, InterruptedException {
        try (HttpResponseFor<StreamResponse<ResponseStreamEvent>> answer =
                client.responses().withRawResponse().createStreaming(response().build())) {
            ResponseAccumulator whole = ResponseAccumulator.create();
            try (StreamResponse<ResponseStreamEvent> events = answer.parse()) {
                events.stream().map(ResponseStreamEvent::validate).forEach(whole::accumulate);
            }
            assertUsage(stored.one(id(answer)), whole.response().validate().usage().orElseThrow());
        }
    }

    @Test
    void getsEmbeddings() throws IOException, InterruptedException {
        try (HttpResponseFor<CreateEmbeddingResponse> answer =
                client.embeddings()
                        .withRawResponse()
                        .create(
                                EmbeddingCreateParams.builder()
                                        .model("text-embedding-3-small")
                                        .inputOfArrayOfStrings(List.of("one", "two"))
                                        .build())) {
            CreateEmbeddingResponse embeddings = answer.parse().validate();
            assertThat(embeddings.data()).hasSize(2);
            assertThat(embeddings.data().getFirst().embedding()).hasSize(1536);
            JsonNode call = stored.one(id(answer));
            assertThat(call.path("total_input_tokens").longValue())
                    .isEqualTo(embeddings.usage().promptTokens());
            assertThat(call.path("cost_state").stringValue()).isEqualTo("priced");
        }
    }

    @Test
    void getsLegacyCompletions() throws IOException, InterruptedException {
        try (HttpResponseFor<Completion> answer =
                client.completions()
                        .withRawResponse()
                        .create(
                                CompletionCreateParams.builder()
                                        .model("gpt-3.5-turbo-instruct")
                                        .prompt("Once upon a time")
                                        .build())) {
            Completion completion = answer.parse().validate();
            assertUsage(stored.one(id(answer)), completion.usage().orElseThrow());
        }
    }

    @Test
    void getsModerations() throws IOException, InterruptedException {
        try (HttpResponseFor<ModerationCreateResponse> answer =
                client.moderations()
                        .withRawResponse()
                        .create(ModerationCreateParams.builder().input("A kind word.").build())) {
            assertThat(answer.parse().validate().results()).hasSize(1);
            assertThat(stored.one(id(answer)).path("endpoint").stringValue())
                    .isEqualTo("moderations");
        }
    }

    @Test
    void getsModels() {
        List<Model> models = client.models().list().data();
        models.forEach(Model::validate);
        assertThat(models).extracting(Model::id).contains("gpt-4o-mini", "flaky-2");
        assertThat(client.models().retrieve("gpt-4o").validate().id()).isEqualTo("gpt-4o");
    }

    private static ChatCompletionCreateParams.Builder chat() {
        return ChatCompletionCreateParams.builder()
                .model("gpt-4o-mini")
                .addUserMessage("Which book suits a rainy day?");
    }

    private static ResponseCreateParams.Builder response() {
        return ResponseCreateParams.builder()
                .model("gpt-4.1-mini")
                .input("Which book suits a rainy day?");
    }

    private static List<ChatCompletionChunk> read(StreamResponse<ChatCompletionChunk> answer) {
        try (answer) {
            return answer.stream().map(ChatCompletionChunk::validate).toList();
        }
    }

    private static String id(HttpResponseFor<?> answer) {
        return answer.headers().values("x-weir-call-id").getFirst();
    }

    private static void assertUsage(JsonNode call, CompletionUsage shown) {
        assertUsage(call, shown.promptTokens(), shown.completionTokens());
    }

    private static void assertUsage(JsonNode call, ResponseUsage shown) {
        assertUsage(call, shown.inputTokens(), shown.outputTokens());
    }

    private static void assertUsage(JsonNode call, long input, long output) {
        assertThat(call.path("outcome").stringValue()).isEqualTo("completed");
        assertThat(call.path("status").intValue()).isEqualTo(200);
        assertThat(call.path("usage_confidence").stringValue()).isEqualTo("provider");
        assertThat(call.path("total_input_tokens").longValue()).isEqualTo(input);
        assertThat(call.path("total_output_tokens").longValue()).isEqualTo(output);
        assertThat(call.path("cost_state").stringValue()).isEqualTo("priced");
        assertThat(call.path("cost_nano_usd").longValue()).isPositive();
    }
}
