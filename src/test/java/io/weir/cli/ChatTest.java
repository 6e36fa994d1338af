package io.weir.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.wire.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class ChatTest {
    private static final List<String> ANSWER =
            List.of(
                    "{\"choices\":[{\"delta\":{\"content\":\"Well, \"}}]}",
                    "{\"choices\":[{\"delta\":{\"content\":\"hello.\"}}]}",
                    "{\"choices\":[],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":3}}",
                    "[DONE]");

    @TempDir private Path data;
    private final FakeWeir weir = new FakeWeir();
    private Shell shell = new Shell();

    @BeforeEach
    void answer() throws IOException {
        weir.keysIn(data).stream(ANSWER)
                .json(
                        "/admin/api/calls/call-1",
                        200,
                        """
                        {"total_input_tokens":9,"total_output_tokens":3,
                        "usage_confidence":"estimated","cost_nano_usd":3150,"cost_state":"priced"}
                        """);
    }

    @AfterEach
    void close() {
        weir.close();
    }

    private Shell.Result chat(String input, String... args) {
        List<String> all = new ArrayList<>(List.of("chat"));
        all.addAll(List.of(args));
        all.addAll(List.of("--base-url", weir.baseUrl(), "--data", data.toString()));
        return shell.runWithInput(input, all.toArray(String[]::new));
    }

    private List<JsonNode> asked() {
        return weir.requests().stream()
                .filter(request -> request.method().equals("POST"))
                .map(request -> Json.MAPPER.readTree(request.body()))
                .toList();
    }

    @Test
    void answersEachLineAndKeepsAccount() {
        Shell.Result result = chat("hello\n\nand again\n/quit\nnever asked\n");
        assertThat(result.exitCode()).isZero();
        assertThat(result.err()).isEmpty();
        List<String> lines = result.out().lines().toList();
        assertThat(lines).hasSize(4);
        assertThat(lines.get(0)).isEqualTo("Well, hello.");
        assertThat(lines.get(1))
                .matches(
                        "\\[[0-9.]+ m?s · 9 tokens in, 3 out \\(estimated\\) · \\$0\\.00000315\\]");
        assertThat(lines.get(3)).endsWith("all: 18 tokens in, 6 out (estimated) · $0.0000063]");
        assertThat(asked()).hasSize(2);
        assertThat(asked().getLast().path("messages").toString())
                .isEqualTo(
                        "[{\"role\":\"user\",\"content\":\"hello\"},"
                                + "{\"role\":\"assistant\",\"content\":\"Well, hello.\"},"
                                + "{\"role\":\"user\",\"content\":\"and again\"}]");
    }

    @Test
    void obeysItsCommands() throws IOException {
        Path text = data.resolve("talk.txt");
        Path json = data.resolve("talk.json");
        Shell.Result result =
                chat(
                        String.join(
                                "\n",
                                "/model gpt-4.1",
                                "/system Be brief.",
                                "one",
                                "/save " + text,
                                "/save " + json,
                                "/reset",
                                "two",
                                "/save " + data.resolve("no/such/folder"),
                                "/nonsense",
                                "/help"));
        assertThat(asked().getFirst().path("model").asString()).isEqualTo("gpt-4.1");
        assertThat(asked().getLast().path("messages").toString())
                .isEqualTo(
                        "[{\"role\":\"system\",\"content\":\"Be brief.\"},"
                                + "{\"role\":\"user\",\"content\":\"two\"}]");
        assertThat(Files.readString(text, UTF_8))
                .isEqualTo("system: Be brief.\n\nuser: one\n\nassistant: Well, hello.\n\n");
        assertThat(Json.MAPPER.readTree(Files.readString(json, UTF_8))).hasSize(3);
        assertThat(result.out())
                .contains("Could not save to")
                .contains("No such command: /nonsense")
                .contains("/reset ");
    }

    @Test
    void interruptingStopsTheAnswerOnly() {
        AtomicReference<Runnable> pressed = new AtomicReference<>(() -> {});
        CountDownLatch over = new CountDownLatch(1);
        shell.with(
                (Interrupts)
                        onInterrupt -> {
                            pressed.set(onInterrupt);
                            return () -> {};
                        });
        weir.on(
                "/v1/chat/completions",
                exchange -> {
                    exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
                    exchange.sendResponseHeaders(200, 0);
                    try (OutputStream out = exchange.getResponseBody()) {
                        out.write(("data: " + ANSWER.getFirst() + "\n\n").getBytes(UTF_8));
                        out.flush();
                        weir.stream(ANSWER);
                        Objects.requireNonNull(pressed.get()).run();
                        awaitQuietly(over);
                    }
                });
        Shell.Result result = chat("a long story\nthe next\n");
        over.countDown();
        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).contains("[stopped after").contains("Well, hello.");
        assertThat(asked()).hasSize(2);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aFailedCallIsTheExitCodeOfAScriptButNotOfAPerson() {
        weir.json("/v1/chat/completions", 429, "{\"error\":{\"message\":\"Slow down.\"}}");
        Shell.Result script = chat("hello\n");
        assertThat(script.exitCode()).isEqualTo(1);
        assertThat(script.err()).contains("Slow down.");
        shell.at(new Terminal.Tty(true, false, false));
        Shell.Result person = chat("hello\n");
        assertThat(person.exitCode()).isZero();
        assertThat(person.out()).contains("> ").contains("/quit");
    }
}
