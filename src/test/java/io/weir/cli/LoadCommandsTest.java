package io.weir.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.replay.ScriptedServer;
import io.weir.wire.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The commands that make load: replay and bench. */
class LoadCommandsTest {
    private static final String TRACE =
            "offset_ms,input_tokens,output_tokens\n0,10,20\n1,20,30\n2,30,40\n";

    @TempDir private Path directory;
    private final ScriptedServer server = new ScriptedServer(LoadCommandsTest::answer);

    @AfterEach
    void close() {
        server.close();
    }

    private static String answer(ScriptedServer.Request request) {
        JsonNode json = Json.MAPPER.readTree(request.body());
        int words =
                json.path("messages").path(0).path("content").asString("").split(" ", -1).length;
        return ScriptedServer.json(
                request.head().contains("Bearer wrong") ? 401 : 200,
                "{\"usage\":{\"prompt_tokens\":%d,\"completion_tokens\":%d}}"
                        .formatted(words + 7, json.path("max_tokens").asInt()));
    }

    private Shell.Result replay(Shell shell, String trace, String... args) throws IOException {
        Path file = Files.writeString(directory.resolve("trace.csv"), trace, UTF_8);
        Stream<String> all =
                Stream.concat(
                        Stream.of(
                                "replay",
                                file.toString(),
                                "--base-url",
                                server.baseUrl().toString(),
                                "--speed",
                                "1000"),
                        Stream.of(args));
        return shell.run(all.toArray(String[]::new));
    }

    @Test
    void replaySumsUpWhatTheClientSaw() throws IOException {
        Shell.Result result = replay(new Shell().with("WEIR_KEY", "canary-1"), TRACE);
        assertThat(result.exitCode()).isZero();
        assertThat(result.err()).isEmpty();
        assertThat(result.out())
                .containsPattern("calls in the trace +3\nanswered +3\nfailed +0\n")
                .containsPattern("latency +[0-9.]+ ")
                .containsPattern("started late by +[0-9.]+ ")
                .containsPattern("in +60 +60\nout +90 +90\n")
                .doesNotContain("canary");
        assertThat(server.requests())
                .allSatisfy(request -> assertThat(request.head()).contains("Bearer canary-1"));
    }

    @Test
    void replayPrintsJson() throws IOException {
        Shell.Result result = replay(new Shell(), TRACE, "--json", "--limit", "2");
        JsonNode json = Json.MAPPER.readTree(result.out());
        assertThat(json.path("succeeded").asInt()).isEqualTo(2);
        assertThat(json.path("statuses").path("200").asInt()).isEqualTo(2);
        assertThat(json.path("total_input_tokens").asInt()).isEqualTo(30);
        assertThat(json.path("trace_output_tokens").asInt()).isEqualTo(50);
        assertThat(json.path("latency_us").path("p99.9").isNumber()).isTrue();
        assertThat(json.path("first_token_us").isNull()).isTrue();
    }

    @Test
    void replayShowsProgressOnATerminalOnly() throws IOException {
        Shell person = new Shell().at(new Terminal.Tty(false, false, true));
        assertThat(replay(person, TRACE).err()).contains("of 3 calls").endsWith("\r\u001b[K");
        assertThat(replay(new Shell(), TRACE).err()).isEmpty();
    }

    @Test
    void replayNamesABadLine() throws IOException {
        Shell.Result result = replay(new Shell(), TRACE + "3,x,40\n");
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).startsWith("weir: line 5: \"x\" is not a number of tokens");
    }

    @Test
    void replayEndsWhenTheKeyIsRefused() throws IOException {
        Shell.Result result = replay(new Shell().with("WEIR_KEY", "wrong"), TRACE);
        assertThat(result.exitCode()).isEqualTo(4);
        assertThat(result.err()).contains("the key was refused").doesNotContain("wrong");
    }

    @Test
    void replayNeedsATraceThatIsThere() {
        Shell.Result result = new Shell().run("replay", "no-such.csv");
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("no-such.csv");
    }

    private Shell.Result bench(String... args) {
        Stream<String> all =
                Stream.concat(
                        Stream.of(
                                "bench",
                                "--duration",
                                "100ms",
                                "--warmup",
                                "20ms",
                                "--settle",
                                "0ms",
                                "--rounds",
                                "2",
                                "--rate",
                                "200"),
                        Stream.of(args));
        return new Shell().with("PEER_KEY", "canary-peer").run(all.toArray(String[]::new));
    }

    @Test
    void benchComparesTargetsAndKeepsTheRawFigures() throws IOException {
        String url = server.baseUrl().toString();
        long self = ProcessHandle.current().pid();
        Shell.Result result =
                bench(
                        "--direct",
                        url,
                        "--via",
                        url,
                        "--pid",
                        Long.toString(self),
                        "--target",
                        "peer=" + url + ",key-env=PEER_KEY",
                        "--raw",
                        directory.toString());
        assertThat(result.exitCode()).isZero();
        assertThat(result.out())
                .contains("Open loop, 200 calls/s, at most 64 connections; 2 rounds of 100 ms;")
                .containsPattern("direct +40 +0 +")
                .containsPattern("via +40 +0 +[0-9,.]+ +")
                .containsPattern("peer adds +-?[0-9.]+ +")
                .containsPattern("via adds +-?[0-9.]+ +");
        assertThat(result.all()).doesNotContain("canary");
        assertThat(Files.readString(directory.resolve("peer-2-latency.csv"), UTF_8))
                .startsWith("nanoseconds,calls\n");
        JsonNode summary = Json.MAPPER.readTree(directory.resolve("summary.json").toFile());
        assertThat(summary.path("runs")).hasSize(6);
        assertThat(server.requests())
                .anySatisfy(request -> assertThat(request.head()).contains("Bearer canary-peer"));
    }

    @Test
    void benchPrintsJson() {
        Shell.Result result = bench("--direct", server.baseUrl().toString(), "--json");
        JsonNode json = Json.MAPPER.readTree(result.out());
        assertThat(json.path("targets").path("direct").path("latency_us").path("p50").isNumber())
                .isTrue();
        assertThat(json.path("runs").path(1).path("calls").asInt()).isEqualTo(20);
    }

    @Test
    void benchSaturatesInAClosedLoop() {
        Shell.Result result = bench("--direct", server.baseUrl().toString(), "--closed", "2");
        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).startsWith("Closed loop, 2 connections;");
    }

    @Test
    void benchFailsWhenCallsFail() {
        Shell.Result result =
                bench(
                        "--direct",
                        server.baseUrl().toString(),
                        "--header",
                        "Authorization: Bearer wrong");
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.out()).contains("40 http_401");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    | Measure what?
                    --pid 1 | --pid goes with --via
                    --target nonsense | A target looks like
                    --target a=http://127.0.0.1:1/v1,cpu=3 | come ,pid= and ,key-env=
                    --target a=http://127.0.0.1:1/v1,pid=x | A process id is a number
                    --target a=http://127.0.0.1:1/v1,key-env=UNSET | The variable UNSET
                    --target a=http://h/v1 --target a=http://h/v1 | different names
                    --direct http://127.0.0.1:1/v1 --duration 5 | write 500ms
                    --direct http://127.0.0.1:1/v1 --duration 0s | --duration is above 0
                    --direct http://127.0.0.1:1/v1 --rate 0 | --rate is above 0
                    --direct http://127.0.0.1:1/v1 --header nonsense | A header looks like
                    """)
    void benchSaysHowItIsUsed(String args, String message) {
        List<String> all = args == null ? List.of() : List.of(args.split(" ", -1));
        Shell.Result result =
                new Shell()
                        .run(
                                Stream.concat(Stream.of("bench"), all.stream())
                                        .toArray(String[]::new));
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains(message);
    }
}
