package io.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.HttpResponseFor;
import com.openai.core.http.StreamResponse;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.embeddings.CreateEmbeddingResponse;
import com.openai.models.embeddings.EmbeddingCreateParams;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The cache of answers before OpenAI's own Java SDK: what comes from it is what came first. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CacheIT {
    private static final String OTHER_KEY = "weir-app-of-another-project-0123456789";

    private RunningWeir weir;
    private StoredCalls stored;
    private OpenAIClient client;

    @BeforeAll
    void start(@TempDir Path directory) throws IOException, InterruptedException {
        weir =
                RunningWeir.in(directory.resolve("data"))
                        .config(
                                "cache: {enabled: true}\nkeys: [{name: other, project: web, key: env:OTHER_KEY}]\n")
                        .variable("OTHER_KEY", OTHER_KEY)
                        .start();
        stored = new StoredCalls(weir);
        client = client(weir.appKey());
    }

    @AfterAll
    void stop() {
        client.close();
        weir.close();
    }

    @Test
    void aWholeAnswerIsTheFirstFieldByField() throws IOException, InterruptedException {
        try (HttpResponseFor<ChatCompletion> first = create(client, "whole");
                HttpResponseFor<ChatCompletion> again = create(client, "whole")) {
            assertThat(first.headers().values("x-weir-cache")).containsExactly("miss");
            assertThat(again.headers().values("x-weir-cache")).containsExactly("hit");
            assertThat(again.headers().values("age")).isNotEmpty();
            assertThat(again.parse().validate()).isEqualTo(first.parse().validate());
            JsonNode asked = stored.one(id(first));
            JsonNode given = stored.one(id(again));
            assertThat(given.path("cache").stringValue()).isEqualTo("hit");
            assertThat(given.path("cost_nano_usd").longValue()).isZero();
            assertThat(given.path("cache_saved_nano_usd").longValue())
                    .isPositive()
                    .isEqualTo(asked.path("cost_nano_usd").longValue());
        }
    }

    @Test
    void aStreamIsTheFirstEventByEvent() throws IOException, InterruptedException {
        ChatCompletionCreateParams asked = chat("stream");
        try (HttpResponseFor<StreamResponse<ChatCompletionChunk>> first = stream(asked)) {
            List<ChatCompletionChunk> chunks = first.parse().stream().toList();
            try (HttpResponseFor<StreamResponse<ChatCompletionChunk>> again = stream(asked)) {
                assertThat(again.headers().values("x-weir-cache")).containsExactly("hit");
                assertThat(again.parse().stream().toList()).isEqualTo(chunks);
                JsonNode given = stored.one(id(again));
                assertThat(given.path("chunks").longValue())
                        .isEqualTo(stored.one(id(first)).path("chunks").longValue());
            }
        }
    }

    @Test
    void embeddingsAreKeptToo() {
        EmbeddingCreateParams params =
                EmbeddingCreateParams.builder()
                        .model("text-embedding-3-small")
                        .input("kept")
                        .build();
        try (HttpResponseFor<CreateEmbeddingResponse> first =
                        client.embeddings().withRawResponse().create(params);
                HttpResponseFor<CreateEmbeddingResponse> again =
                        client.embeddings().withRawResponse().create(params)) {
            assertThat(again.headers().values("x-weir-cache")).containsExactly("hit");
            assertThat(again.parse()).isEqualTo(first.parse());
        }
    }

    @Test
    void anotherProjectHasAnswersOfItsOwn() {
        OpenAIClient other = client(OTHER_KEY);
        try (HttpResponseFor<ChatCompletion> first = create(client, "apart");
                HttpResponseFor<ChatCompletion> theirs = create(other, "apart")) {
            assertThat(first.headers().values("x-weir-cache")).containsExactly("miss");
            assertThat(theirs.headers().values("x-weir-cache")).containsExactly("miss");
        } finally {
            other.close();
        }
    }

    @Test
    void theCommandsShowAndForget() throws IOException, InterruptedException {
        create(client, "shown").close();
        create(client, "shown").close();
        assertThat(weir.command("cache", "show").stdout())
                .contains("state", "on", "hits", "default");
        assertThat(weir.admin("/cache").path("hits").longValue()).isPositive();
        assertThat(weir.command("cache", "clear", "--project", "default", "--yes").stdout())
                .startsWith("Answers forgotten: ");
        try (HttpResponseFor<ChatCompletion> after = create(client, "shown")) {
            assertThat(after.headers().values("x-weir-cache")).containsExactly("miss");
        }
        assertThat(weir.command("audit").stdout()).contains("cache.clear");
    }

    private OpenAIClient client(String key) {
        return OpenAIOkHttpClient.builder().baseUrl(weir.baseUrl()).apiKey(key).build();
    }

    @SuppressWarnings("MustBeClosedChecker") // whoever calls it closes it
    private static HttpResponseFor<ChatCompletion> create(OpenAIClient by, String question) {
        return by.chat().completions().withRawResponse().create(chat(question));
    }

    @SuppressWarnings("MustBeClosedChecker") // whoever calls it closes it
    private HttpResponseFor<StreamResponse<ChatCompletionChunk>> stream(
            ChatCompletionCreateParams params) {
        return client.chat().completions().withRawResponse().createStreaming(params);
    }

    private static ChatCompletionCreateParams chat(String question) {
        return ChatCompletionCreateParams.builder()
                .model("gpt-4o-mini")
                .addUserMessage(question)
                .build();
    }

    private static String id(HttpResponseFor<?> answer) {
        return answer.headers().values("x-weir-call-id").getFirst();
    }
}
