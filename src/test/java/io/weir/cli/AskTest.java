package io.weir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.wire.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class AskTest {
    private static final String ANSWER =
            """
            {"model":"gpt-4o-mini-2024-07-18","choices":[
            {"index":0,"message":{"content":"Dune.\\nAnd Emma."},"finish_reason":"stop"},
            {"index":1,"message":{"content":"Ulysses."},"finish_reason":"length"}],
            "usage":{"prompt_tokens":1200,"completion_tokens":10}}
            """;
    private static final String CALL =
            """
            {"id":"call-1","total_input_tokens":1200,"total_output_tokens":10,
            "usage_confidence":"provider","cost_nano_usd":186000,"cost_state":"priced",
            "price_id":"gpt-4o-mini"}
            """;
    private static final List<String> STREAM =
            List.of(
                    "{\"model\":\"m-1\",\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\"}}]}",
                    "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hel\"}}]}",
                    "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"lo\"},\"finish_reason\":\"stop\"}]}",
                    "{\"choices\":[],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":2}}",
                    "[DONE]");

    @TempDir private Path data;
    private final FakeWeir weir = new FakeWeir();

    @BeforeEach
    void answer() throws IOException {
        weir.keysIn(data)
                .on(
                        "/v1/chat/completions",
                        exchange -> {
                            exchange.getResponseHeaders().add("x-weir-call-id", "call-1");
                            FakeWeir.send(exchange, 200, "application/json", ANSWER);
                        })
                .json("/admin/api/calls/call-1", 200, CALL);
    }

    @AfterEach
    void close() {
        weir.close();
    }

    private Shell.Result ask(String... args) {
        return askWithInput("", args);
    }

    private Shell.Result askWithInput(String input, String... args) {
        List<String> all = new ArrayList<>(List.of("ask"));
        all.addAll(List.of(args));
        all.addAll(List.of("--base-url", weir.baseUrl(), "--data", data.toString()));
        return new Shell().runWithInput(input, all.toArray(String[]::new));
    }

    @Test
    void printsEachChoiceThenTimeTokensAndTheLedgersCost() {
        Shell.Result result = ask("Two", "books?", "-n", "2", "--system", "Be brief.");
        assertThat(result.exitCode()).isZero();
        assertThat(result.err()).isEmpty();
        assertThat(result.out())
                .startsWith("1. Dune.\nAnd Emma.\n2. Ulysses.\n\n")
                .containsPattern(
                        "\\n[0-9.]+ m?s · 1,200 tokens in, 10 out · \\$0\\.000186 · "
                                + "gpt-4o-mini-2024-07-18\\n$");
        JsonNode sent = Json.MAPPER.readTree(weir.requests().getFirst().body());
        assertThat(sent.path("n").asInt()).isEqualTo(2);
        assertThat(sent.path("messages").path(0).path("content").asString()).isEqualTo("Be brief.");
        assertThat(sent.path("messages").path(1).path("content").asString())
                .isEqualTo("Two books?");
    }

    @Test
    void usesTheAppKeyForTheCallAndTheAdminKeyForItsCost() {
        ask("hi");
        assertThat(weir.requests())
                .extracting(FakeWeir.Request::authorization)
                .containsExactly("Bearer " + FakeWeir.APP_KEY, "Bearer " + FakeWeir.ADMIN_KEY);
    }

    @Test
    void waitsForTheStoreToCatchUp() {
        AtomicInteger asked = new AtomicInteger();
        weir.on(
                "/admin/api/calls/call-1",
                exchange -> {
                    boolean there = asked.incrementAndGet() > 2;
                    FakeWeir.send(exchange, there ? 200 : 404, "application/json", CALL);
                });
        assertThat(ask("hi").out()).contains("$0.000186");
    }

    @Test
    void worksWithoutALedger() throws IOException {
        Files.delete(data.resolve("admin.key"));
        Shell.Result result = ask("hi");
        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).contains("1,200 tokens in, 10 out");
        assertThat(weir.requests()).hasSize(1);
    }

    @Test
    void streamsAndSaysWhenTheFirstTokenCame() {
        weir.stream(STREAM);
        Shell.Result result = ask("hi", "--stream");
        assertThat(result.out()).startsWith("Hello\n\n").contains("first token after");
        assertThat(weir.requests().getFirst().body()).contains("\"include_usage\":true");
    }

    @Test
    void printsOneJsonObject() {
        Shell.Result result = ask("hi", "--json");
        assertThat(result.out().lines()).hasSize(1);
        JsonNode json = Json.MAPPER.readTree(result.out());
        assertThat(json.path("choices").path(1).asString()).isEqualTo("Ulysses.");
        assertThat(json.path("cost_nano_usd").asLong()).isEqualTo(186_000);
        assertThat(json.path("call_id").asString()).isEqualTo("call-1");
    }

    @Test
    void printsTheAnswersOnlyWhenQuiet() {
        assertThat(ask("hi", "-q").out()).isEqualTo("1. Dune.\nAnd Emma.\n2. Ulysses.\n");
        assertThat(weir.requests()).hasSize(1);
    }

    @Test
    void readsThePromptFromItsInput() {
        askWithInput("line one\nline two\n", "-");
        assertThat(weir.requests().getFirst().body()).contains("line one\\nline two");
    }

    @Test
    void asksForAPromptWhenThereIsNone() {
        Shell.Result result = ask();
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("Ask something");
    }

    @Test
    void neverLetsAnAnswerControlTheTerminal() {
        weir.json(
                "/v1/chat/completions",
                200,
                "{\"choices\":[{\"message\":{\"content\":\"a\\u001b]0;owned\\u0007b\"}}]}");
        assertThat(ask("hi").out()).doesNotContain("\u001b").startsWith("a\uFFFD]0;owned\uFFFDb");
    }

    @Test
    void aStreamThatBreaksOffFails() {
        weir.stream(STREAM.subList(0, 2));
        Shell.Result result = ask("hi", "--stream");
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains("broke off");
    }

    @Test
    void anErrorInTheStreamFails() {
        weir.stream(List.of(STREAM.get(1), "{\"error\":{\"message\":\"overloaded\"}}"));
        Shell.Result result = ask("hi", "--stream");
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains("overloaded");
    }

    @Test
    void aCutEventIsExplainedByTheErrorBehindIt() {
        String cut = STREAM.get(1).substring(0, STREAM.get(1).length() / 2);
        weir.stream(List.of(STREAM.get(1), cut, "{\"error\":{\"message\":\"broke off\"}}"));
        Shell.Result result = ask("hi", "--stream");
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains("The answer failed: broke off");
        assertThat(result.out()).endsWith("\n");
    }

    @Test
    void reasoningModelsGetTheirOwnNameForTheLimit() {
        ask("hi", "--model", "o3-mini", "--max-tokens", "7");
        ask("hi", "--max-tokens", "7");
        assertThat(weir.requests().get(0).body()).contains("\"max_completion_tokens\":7");
        assertThat(weir.requests().get(2).body()).contains("\"max_tokens\":7");
    }
}
