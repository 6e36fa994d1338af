package io.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** LangChain4j, whose JDK client offers to change to HTTP/2 in the middle of its first request. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LangChain4jIT {
    private static final String QUESTION = "What is the capital of France?";

    private RunningWeir weir;
    private StoredCalls stored;

    @BeforeAll
    void start(@TempDir Path directory) throws IOException, InterruptedException {
        weir =
                RunningWeir.in(directory.resolve("data"))
                        .config("emulator: {first_token: 0ms, per_token: 0ms}\n")
                        .start();
        stored = new StoredCalls(weir);
    }

    @AfterAll
    void stop() {
        weir.close();
    }

    @Test
    void chats() throws IOException {
        OpenAiChatModel model =
                OpenAiChatModel.builder()
                        .baseUrl(weir.baseUrl())
                        .apiKey(weir.appKey())
                        .modelName("gpt-4o-mini")
                        .build();
        ChatResponse answer = model.chat(UserMessage.from(QUESTION));
        assertThat(answer.aiMessage().text()).contains("Paris");
        assertUsage(stored.atLeast("model=gpt-4o-mini", 1).getFirst(), answer);
    }

    @Test
    void streams() throws IOException, InterruptedException, ExecutionException, TimeoutException {
        OpenAiStreamingChatModel model =
                OpenAiStreamingChatModel.builder()
                        .baseUrl(weir.baseUrl())
                        .apiKey(weir.appKey())
                        .modelName("gpt-4o")
                        .build();
        Listener listener = new Listener();
        model.chat(QUESTION, listener);
        ChatResponse answer = listener.whole.get(2, TimeUnit.MINUTES);
        assertThat(answer.aiMessage().text()).contains("Paris").isEqualTo(listener.heard());
        assertUsage(stored.atLeast("model=gpt-4o", 1).getFirst(), answer);
    }

    private static void assertUsage(JsonNode call, ChatResponse answer) {
        assertThat(call.path("outcome").stringValue()).isEqualTo("completed");
        assertThat(call.path("usage_confidence").stringValue()).isEqualTo("provider");
        assertThat(call.path("total_input_tokens").intValue())
                .isEqualTo(Objects.requireNonNull(answer.tokenUsage().inputTokenCount()));
        assertThat(call.path("total_output_tokens").intValue())
                .isEqualTo(Objects.requireNonNull(answer.tokenUsage().outputTokenCount()));
    }

    /** Gathers the pieces; called by one thread at a time. */
    private static final class Listener implements StreamingChatResponseHandler {
        private final CompletableFuture<ChatResponse> whole = new CompletableFuture<>();
        private final StringBuilder pieces = new StringBuilder();

        String heard() {
            return pieces.toString();
        }

        @Override
        public void onPartialResponse(String piece) {
            pieces.append(piece);
        }

        @Override
        public void onCompleteResponse(ChatResponse answer) {
            whole.complete(answer);
        }

        @Override
        public void onError(Throwable error) {
            whole.completeExceptionally(error);
        }
    }
}
