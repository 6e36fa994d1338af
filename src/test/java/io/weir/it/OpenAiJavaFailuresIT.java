package io.weir.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.StreamResponse;
import com.openai.errors.BadRequestException;
import com.openai.errors.InternalServerException;
import com.openai.errors.NotFoundException;
import com.openai.errors.OpenAIException;
import com.openai.errors.OpenAIServiceException;
import com.openai.errors.PermissionDeniedException;
import com.openai.errors.RateLimitException;
import com.openai.errors.UnauthorizedException;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** OpenAI's own Java SDK when things go wrong: it throws what it would throw at OpenAI. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpenAiJavaFailuresIT {
    private RunningWeir weir;
    private StoredCalls stored;
    private OpenAIClient impatient;
    private OpenAIClient patient;

    @BeforeAll
    void start(@TempDir Path directory) throws IOException, InterruptedException {
        weir =
                RunningWeir.in(directory.resolve("data"))
                        .config("emulator: {first_token: 0ms, per_token: 5ms}\n")
                        .start();
        stored = new StoredCalls(weir);
        impatient = client(weir.appKey(), 0);
        patient = client(weir.appKey(), 2);
    }

    @AfterAll
    void stop() {
        impatient.close();
        patient.close();
        weir.close();
    }

    static Stream<Arguments> errors() {
        return Stream.of(
                Arguments.of("error-400", BadRequestException.class, 400, "bad_request"),
                Arguments.of("error-context-length", BadRequestException.class, 400, "bad_request"),
                Arguments.of("error-401", UnauthorizedException.class, 401, "authentication"),
                Arguments.of(
                        "error-403", PermissionDeniedException.class, 403, "permission_denied"),
                Arguments.of("error-404", NotFoundException.class, 404, "not_found"),
                Arguments.of("error-429-bare", RateLimitException.class, 429, "rate_limit"),
                Arguments.of(
                        "error-429-quota", RateLimitException.class, 429, "insufficient_quota"),
                Arguments.of("error-500", InternalServerException.class, 500, "server_error"),
                Arguments.of("error-502", InternalServerException.class, 502, "server_error"),
                Arguments.of("error-503", InternalServerException.class, 503, "server_error"));
    }

    @ParameterizedTest
    @MethodSource("errors")
    void throwsTheExceptionOfTheStatus(
            String model, Class<? extends OpenAIServiceException> type, int status, String word)
            throws IOException, InterruptedException {
        OpenAIServiceException thrown =
                catchThrowableOfType(
                        OpenAIServiceException.class,
                        () -> impatient.chat().completions().create(chat(model)));
        assertThat(thrown).isExactlyInstanceOf(type);
        assertThat(thrown.statusCode()).isEqualTo(status);
        JsonNode call = stored.one(thrown.headers().values("x-weir-call-id").getFirst());
        assertThat(call.path("status").intValue()).isEqualTo(status);
        assertThat(call.path("error_type").stringValue()).isEqualTo(word);
        assertThat(call.path("cost_state").stringValue()).isEqualTo("free");
    }

    @Test
    void isToldWhenItsKeyIsNotTheGateways() throws IOException, InterruptedException {
        OpenAIClient stranger = client("sk-not-a-key-of-this-gateway", 0);
        UnauthorizedException thrown =
                catchThrowableOfType(
                        UnauthorizedException.class,
                        () -> stranger.chat().completions().create(chat("gpt-4o-mini")));
        stranger.close();
        assertThat(thrown.code()).contains("invalid_api_key");
        JsonNode call = stored.one(thrown.headers().values("x-weir-call-id").getFirst());
        assertThat(call.path("outcome").stringValue()).isEqualTo("refused");
        assertThat(call.path("attempts")).isEmpty();
    }

    @Test
    void retriesServerErrorsAndEachTryIsACall() {
        assertThat(patient.chat().completions().create(chat("flaky-2")).validate().choices())
                .hasSize(1);
        List<JsonNode> calls = stored.atLeast("model=flaky-2", 3);
        assertThat(calls)
                .extracting(call -> call.path("client_retry").intValue())
                .containsExactly(0, 1, 2);
        assertThat(calls)
                .extracting(call -> call.path("status").intValue())
                .containsExactly(500, 500, 200);
    }

    @Test
    void retriesRateLimitsAndGivesUp() {
        RateLimitException thrown =
                catchThrowableOfType(
                        RateLimitException.class,
                        () -> patient.chat().completions().create(chat("error-429")));
        assertThat(thrown.headers().values("retry-after-ms")).containsExactly("250");
        assertThat(stored.atLeast("model=error-429", 3))
                .extracting(call -> call.path("client_retry").intValue())
                .containsExactly(0, 1, 2);
    }

    @Test
    void mayLeaveInMidStream() {
        ChatCompletionCreateParams endless =
                chat("long-answer").toBuilder().maxCompletionTokens(20_000).build();
        try (StreamResponse<ChatCompletionChunk> answer =
                impatient.chat().completions().createStreaming(endless)) {
            assertThat(answer.stream().limit(5)).hasSize(5);
        }
        JsonNode call = stored.atLeast("model=long-answer", 1).getFirst();
        assertThat(call.path("outcome").stringValue()).isEqualTo("client_gone");
        assertThat(call.path("usage_confidence").stringValue()).isEqualTo("partial");
        assertThat(call.path("total_input_tokens").longValue()).isPositive();
        assertThat(call.path("total_output_tokens").longValue()).isBetween(1L, 19_999L);
    }

    @Test
    void isToldOfAnErrorWithinAStream() {
        OpenAIException thrown =
                catchThrowableOfType(OpenAIException.class, () -> readStream("error-in-stream"));
        assertThat(thrown).isNotNull();
        JsonNode call = stored.atLeast("model=error-in-stream", 1).getFirst();
        assertThat(call.path("error_type").stringValue()).isEqualTo("error_in_stream");
    }

    @Test
    void neverTakesACutStreamForAWholeOne() {
        OpenAIException thrown =
                catchThrowableOfType(OpenAIException.class, () -> readStream("dropped-stream"));
        assertThat(thrown).isNotNull();
        JsonNode call = stored.atLeast("model=dropped-stream", 1).getFirst();
        assertThat(call.path("outcome").stringValue()).isEqualTo("upstream_failed");
        assertThat(call.path("usage_confidence").stringValue()).isEqualTo("partial");
    }

    private long readStream(String model) {
        try (StreamResponse<ChatCompletionChunk> answer =
                impatient.chat().completions().createStreaming(chat(model))) {
            return answer.stream().count();
        }
    }

    private OpenAIClient client(String key, int retries) {
        return OpenAIOkHttpClient.builder()
                .baseUrl(weir.baseUrl())
                .apiKey(key)
                .maxRetries(retries)
                .build();
    }

    private static ChatCompletionCreateParams chat(String model) {
        return ChatCompletionCreateParams.builder()
                .model(model)
                .addUserMessage("Tell me of the sea.")
                .build();
    }
}
