package io.weir.emulator;

import static io.weir.emulator.Exchange.chat;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmulatedModelsTest {
    private static final String STREAM = "\"stream\":true";

    @ParameterizedTest
    @CsvSource({
        "error-400,400,invalid_request_error,invalid_value",
        "error-401,401,invalid_request_error,invalid_api_key",
        "error-403,403,request_forbidden,unsupported_country_region_territory",
        "error-404,404,invalid_request_error,model_not_found",
        "error-429,429,requests,rate_limit_exceeded",
        "error-429-bare,429,requests,rate_limit_exceeded",
        "error-429-quota,429,insufficient_quota,insufficient_quota",
        "error-500,500,server_error,",
        "error-503,503,server_error,",
        "error-context-length,400,invalid_request_error,context_length_exceeded"
    })
    void failsAsItIsCalled(String model, int status, String type, String code) {
        for (String more : List.of("", STREAM)) {
            Exchange exchange = chat(model, "Hm", more);
            assertThat(exchange.status()).isEqualTo(status);
            assertThat(exchange.error().path("type").asString()).isEqualTo(type);
            assertThat(exchange.error().path("code").asString(null)).isEqualTo(code);
            assertThat(header(exchange, "x-request-id")).startsWith("req_");
            assertThat(header(exchange, "Content-Type")).isEqualTo("application/json");
        }
    }

    @Test
    void saysHowLongToWaitOrNot() {
        Exchange polite = chat("error-429", "Hm", "");
        assertThat(header(polite, "retry-after")).isEqualTo("1");
        assertThat(header(polite, "retry-after-ms")).isEqualTo("250");
        Exchange bare = chat("error-429-bare", "Hm", "");
        assertThat(bare.emulation().headers().has("retry-after")).isFalse();
        assertThat(bare.emulation().headers().has("retry-after-ms")).isFalse();
    }

    @Test
    void answersAsAProxyWould() {
        Exchange exchange = chat("error-502", "Hm", "");
        assertThat(exchange.status()).isEqualTo(502);
        assertThat(exchange.text()).startsWith("<html>");
        assertThat(header(exchange, "Content-Type")).isEqualTo("text/html");
        assertThat(exchange.emulation().headers().has("x-request-id")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "slow-first-token,30000",
        "slow-first-token-5s,5000",
        "slow-first-token-70ms,70",
        "slow-first-token-2m,120000"
    })
    void waitsForTheFirstToken(String model, long waitMs) {
        for (String more : List.of("", STREAM)) {
            Exchange exchange = chat(model, "Hm", more);
            assertThat(exchange.emulation().beforeHead()).isEqualTo(Duration.ofMillis(waitMs));
            assertThat(exchange.said()).isNotEmpty();
        }
    }

    @Test
    void fallsSilent() {
        Exchange streamed = chat("stalled-stream", "Hm", STREAM);
        assertThat(streamed.said()).isNotEmpty();
        assertThat(streamed.text()).doesNotContain("[DONE]").endsWith("}\n\n");
        Emulation.Stream stream = (Emulation.Stream) streamed.emulation().body();
        assertThat(stream.end()).isInstanceOf(Emulation.Stalled.class);
        Emulation.Torn whole = (Emulation.Torn) chat("stalled-stream", "Hm", "").emulation().body();
        assertThat(whole.bytes().length).isLessThan(whole.promisedBytes());
        assertThat(whole.end()).isInstanceOf(Emulation.Stalled.class);
    }

    @ParameterizedTest
    @CsvSource({"dropped-stream", "dropped-whole"})
    void cutsTheConnection(String model) {
        Exchange streamed = chat(model, "Hm", STREAM);
        assertThat(streamed.said()).isNotEmpty();
        assertThat(streamed.text()).doesNotContain("[DONE]").doesNotEndWith("\n\n");
        Emulation.Stream stream = (Emulation.Stream) streamed.emulation().body();
        assertThat(stream.end()).isEqualTo(new Emulation.Dropped());
        Emulation.Torn whole = (Emulation.Torn) chat(model, "Hm", "").emulation().body();
        assertThat(whole.bytes().length).isLessThan(whole.promisedBytes());
        assertThat(whole.end()).isEqualTo(new Emulation.Dropped());
    }

    @Test
    void sendsAnEventThatIsNotJson() {
        Exchange streamed = chat("malformed-event", "Hm", STREAM);
        assertThat(streamed.text()).contains("{\"cont\n\n").endsWith("data: [DONE]\n\n");
        String whole = chat("malformed-event", "Hm", "").text();
        assertThat(whole).startsWith("{").doesNotEndWith("}");
    }

    @Test
    void failsInTheMiddle() {
        Exchange streamed = chat("error-in-stream", "Hm", STREAM);
        assertThat(streamed.said()).isNotEmpty();
        assertThat(streamed.events().getLast().path("error").path("type").asString())
                .isEqualTo("server_error");
        assertThat(streamed.text()).doesNotContain("[DONE]");
        assertThat(chat("error-in-stream", "Hm", "").status()).isEqualTo(500);
    }

    @Test
    void failsInTheMiddleOfAResponseWithTheRightNumber() {
        String body = "{\"model\":\"error-in-stream\",\"input\":\"Hm\",\"stream\":true}";
        Exchange streamed = Exchange.post("/v1/responses", body);
        assertThat(streamed.events().getLast().path("type").asString()).isEqualTo("error");
        assertThat(streamed.events().getLast().path("sequence_number").asInt())
                .isEqualTo(streamed.events().size() - 1);
        assertThat(streamed.text()).contains("event: error\n").doesNotContain("completed");
    }

    @Test
    void keepsItsUsageToItself() {
        String asked = STREAM + ",\"stream_options\":{\"include_usage\":true}";
        assertThat(chat("no-usage", "Hm", asked).text()).doesNotContain("\"usage\"");
        assertThat(chat("no-usage", "Hm", "").text()).doesNotContain("\"usage\"");
        Exchange completion =
                Exchange.post("/v1/completions", "{\"model\":\"no-usage\",\"prompt\":\"a\"}");
        assertThat(completion.text()).doesNotContain("\"usage\"");
    }

    @Test
    void failsTwiceForEachBodyAndAnswersThen() {
        Emulator emulator = Exchange.emulator();
        assertThat(statuses(emulator, "flaky-2", "a", 6))
                .containsExactly(500, 500, 200, 500, 500, 200);
        assertThat(statuses(emulator, "flaky-2", "b", 1)).containsExactly(500);
        assertThat(statuses(emulator, "flaky-1", "a", 3)).containsExactly(500, 200, 500);
        assertThat(statuses(emulator, "flaky-0", "a", 2)).containsExactly(200, 200);
    }

    @Test
    void refuses() {
        var message = chat("refusal", "Hm", "").json().path("choices").path(0).path("message");
        assertThat(message.path("content").isNull()).isTrue();
        assertThat(message.path("refusal").asString()).startsWith("I'm sorry");
        assertThat(chat("refusal", "Hm", STREAM).text()).contains("{\"refusal\":\" sorry\"}");
    }

    @Test
    void isFiltered() {
        for (String more : List.of("", STREAM)) {
            Exchange exchange = chat("content-filter", "Hm", more);
            assertThat(exchange.finishReason()).isEqualTo("content_filter");
            assertThat(exchange.said()).isNotEmpty();
        }
    }

    @Test
    void framesEventsInUnusualButLawfulWays() throws CharacterCodingException {
        Exchange exchange = chat("crlf-stream", "Hm", STREAM);
        String text =
                StandardCharsets.UTF_8.newDecoder().decode(buffer(exchange.bytes())).toString();
        assertThat(text).contains(": emulated\r\n\r\n").endsWith("data: [DONE]\r\n\r\n");
        assertThat(text.replace("\r\n", "")).doesNotContain("\n");
        assertThat(exchange.said()).contains("☕").isEqualTo(chat("crlf-stream", "Hm", "").said());
        assertThat(exchange.steps()).anyMatch(step -> isInside(step.bytes()[0]));
    }

    @Test
    void thinksFirst() {
        var usage = chat("reasoning", "Hm", "").usage();
        int thought = usage.path("completion_tokens_details").path("reasoning_tokens").asInt();
        assertThat(thought).isPositive();
        Exchange limited = chat("reasoning", "Hm", "\"max_tokens\":50");
        assertThat(limited.usage().path("completion_tokens").asInt()).isEqualTo(50);
        assertThat(new JtokkitCount().count("gpt-4o", limited.said())).isEqualTo(25);
    }

    @Test
    void readsMostOfThePromptFromItsCache() {
        var usage = chat("cached", "One two three four five", "").usage();
        int cached = usage.path("prompt_tokens_details").path("cached_tokens").asInt();
        assertThat(cached).isEqualTo(usage.path("prompt_tokens").asInt() * 3 / 4);
    }

    @Test
    void writesUntilTheLimit() {
        Exchange exchange = chat("long-answer", "Hm", "\"max_tokens\":5000");
        assertThat(exchange.usage().path("completion_tokens").asInt()).isEqualTo(5_000);
        assertThat(exchange.finishReason()).isEqualTo("length");
        Exchange endless = chat("long-answer", "Hm", "\"max_tokens\":2147483647");
        assertThat(endless.usage().path("completion_tokens").asInt()).isEqualTo(32_768);
    }

    @Test
    void everyPeculiarModelWorksOnEveryEndpoint() {
        for (EmulatedModel model : EmulatedModels.PECULIAR) {
            String head = "{\"model\":\"" + model.name() + "\",";
            for (String rest : List.of("}", ",\"stream\":true}")) {
                Set<Integer> statuses = new TreeSet<>();
                statuses.add(status("/v1/responses", head + "\"input\":\"a\"" + rest));
                statuses.add(status("/v1/completions", head + "\"prompt\":\"a\"" + rest));
                statuses.add(status("/v1/embeddings", head + "\"input\":\"a\"}"));
                assertThat(statuses).as(model.name()).doesNotContain(0);
            }
        }
    }

    @Test
    void knowsNamesThatLookLikeOpenAis() {
        for (String name : List.of("gpt-9", "chatgpt-4o-latest", "o1-mini", "ft:gpt-4o:x::1")) {
            assertThat(EmulatedModels.behaviour(name)).contains(Behaviour.ORDINARY);
        }
        for (String name : List.of("claude-4", "", "error-418", "flaky-", "flaky-99999")) {
            assertThat(EmulatedModels.behaviour(name)).isEmpty();
        }
    }

    @Test
    void theTableHasARowForEachModel() {
        String table = EmulatedModels.table();
        assertThat(table.lines()).hasSize(EmulatedModels.PECULIAR.size() + 2);
        assertThat(EmulatedModels.PECULIAR)
                .allMatch(model -> table.contains("| `" + model.name() + "` |"));
        assertThat(EmulatedModels.names()).doesNotHaveDuplicates();
    }

    private static int status(String path, String body) {
        return Exchange.post(path, body).status();
    }

    private static List<Integer> statuses(Emulator emulator, String model, String text, int times) {
        String body = Exchange.chatBody(model, text, "");
        return IntStream.range(0, times)
                .mapToObj(
                        i -> Exchange.with(emulator, "POST", "/v1/chat/completions", body).status())
                .toList();
    }

    private static String header(Exchange exchange, String name) {
        return exchange.emulation().headers().first(name).orElse("");
    }

    private static ByteBuffer buffer(byte[] bytes) {
        return ByteBuffer.wrap(bytes);
    }

    private static boolean isInside(byte first) {
        return (first & 0xC0) == 0x80;
    }
}
