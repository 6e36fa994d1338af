package io.weir.replay;

import static io.weir.replay.ScriptedServer.events;
import static io.weir.replay.ScriptedServer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.replay.ScriptedServer.Request;
import io.weir.wire.Headers;
import io.weir.wire.Json;
import java.io.IOException;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ReplayTest {
    private static final String TRACE =
            """
            offset_ms,input_tokens,output_tokens,model
            0,100,20
            10,7,30,gpt-3.5-turbo-instruct
            20,8,40
            9000,2,50
            """;

    @Test
    void everyCallHasExactlyTheTokensTheTraceSays() throws Exception {
        try (ScriptedServer server = new ScriptedServer(ReplayTest::whole)) {
            ReplaySummary summary = replay(server, TRACE, 1_000, false);
            assertThat(summary.succeeded()).isEqualTo(4);
            assertThat(summary.failed()).isZero();
            assertThat(summary.tokens())
                    .isEqualTo(new ReplaySummary.Tokens(4, 0, 117, 140, 117, 140));
            assertThat(server.requests())
                    .extracting(Request::path)
                    .containsExactlyInAnyOrder(
                            "/v1/chat/completions",
                            "/v1/completions",
                            "/v1/chat/completions",
                            "/v1/completions");
            assertThat(server.requests())
                    .allSatisfy(request -> assertThat(request.head()).contains("Bearer test-key"));
        }
    }

    @Test
    void streamsAreReadToTheirUsage() throws Exception {
        try (ScriptedServer server = new ScriptedServer(ReplayTest::streamed)) {
            ReplaySummary summary = replay(server, TRACE, 1_000, true);
            assertThat(summary.tokens().inputSeen()).isEqualTo(117);
            assertThat(summary.firstToken().count()).isEqualTo(4);
            assertThat(server.requests())
                    .allSatisfy(request ->
                            assertThat(request.body()).contains("\"include_usage\":true"));
        }
    }

    @Test
    void playsOnTheTracesClockSpeededUp() throws Exception {
        FakeTicker ticker = new FakeTicker();
        try (ScriptedServer server = new ScriptedServer(ReplayTest::whole)) {
            new Replay(trace(TRACE), target(server), settings(100, false), words(), ticker).run();
        }
        assertThat(ticker.waits()).containsExactly(0L, 100_000L, 200_000L, 90_000_000L);
    }

    @Test
    void countsWhatFailedByReason() throws Exception {
        AtomicInteger number = new AtomicInteger();
        Function<Request, String> script =
                request ->
                        switch (number.incrementAndGet()) {
                            case 1 -> json(429, "{\"error\":{\"code\":\"rate_limit_exceeded\"}}");
                            case 2 -> "";
                            case 3 -> "HTTP/1.1 two hundred\r\n\r\n";
                            default -> events(List.of("{\"choices\":[]}"));
                        };
        try (ScriptedServer server = new ScriptedServer(script)) {
            ReplaySummary summary = replayOneByOne(server, TRACE);
            assertThat(summary.sent()).isEqualTo(4);
            assertThat(summary.succeeded()).isZero();
            assertThat(summary.failures())
                    .containsEntry("http_429", 1L)
                    .containsEntry("cut_off", 1L)
                    .containsEntry("connection_broken", 1L)
                    .containsEntry("broken_stream", 1L);
            assertThat(summary.statuses()).containsEntry(429, 1L);
        }
    }

    @Test
    void aRefusedKeyEndsItAtOnce() throws Exception {
        try (ScriptedServer server = new ScriptedServer(request -> json(401, "{}"))) {
            ReplaySummary summary = replayOneByOne(server, TRACE);
            assertThat(summary.unauthorised()).isTrue();
            assertThat(summary.sent()).isLessThan(4);
        }
    }

    @Test
    void saysThatNothingAnswers() throws IOException {
        LoadTarget nowhere;
        try (ServerSocket unused = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            URI url = URI.create("http://127.0.0.1:" + unused.getLocalPort() + "/v1");
            nowhere = new LoadTarget("nowhere", url, Headers.NONE, List.of());
        }
        assertThatThrownBy(() ->
                        new Replay(
                                        trace(TRACE),
                                        nowhere,
                                        settings(1, false),
                                        words(),
                                        new FakeTicker())
                                .run())
                .isInstanceOf(TargetUnreachable.class)
                .hasMessageContaining("Nothing answers at");
    }

    @Test
    void connectionsAreKept() throws Exception {
        try (ScriptedServer server = new ScriptedServer(ReplayTest::whole)) {
            replayOneByOne(server, TRACE);
            assertThat(server.connections()).isEqualTo(2); // one of them only to see who is there
        }
    }

    /** Counts words as tokens, as the prompts here are made. */
    static String whole(Request request) {
        JsonNode json = Json.MAPPER.readTree(request.body());
        return json(200, "{\"choices\":[],%s}".formatted(usage(json)));
    }

    static String streamed(Request request) {
        JsonNode json = Json.MAPPER.readTree(request.body());
        return events(
                List.of(
                        "{\"choices\":[{\"delta\":{\"content\":\"\"}}],\"usage\":null}",
                        "{\"choices\":[{\"delta\":{\"content\":\"a\"}}],\"usage\":null}",
                        "{\"choices\":[],%s}".formatted(usage(json)),
                        "[DONE]"));
    }

    private static String usage(JsonNode json) {
        String prompt = json.path("prompt").asString("");
        String content = json.path("messages").path(0).path("content").asString("");
        int tokens =
                prompt.isEmpty() ? 7 + content.split(" ", -1).length : prompt.split(" ", -1).length;
        return "\"usage\":{\"prompt_tokens\":%d,\"completion_tokens\":%d}"
                .formatted(tokens, json.path("max_tokens").asInt());
    }

    private static ReplaySummary replay(
            ScriptedServer server, String trace, double speed, boolean stream) throws Exception {
        return new Replay(
                        trace(trace),
                        target(server),
                        settings(speed, stream),
                        words(),
                        Ticker.system())
                .run();
    }

    private static ReplaySummary replayOneByOne(ScriptedServer server, String trace)
            throws Exception {
        ReplaySettings settings = new ReplaySettings(1e6, null, 1, false, Duration.ofSeconds(20));
        return new Replay(trace(trace), target(server), settings, words(), Ticker.system()).run();
    }

    private static ReplaySettings settings(double speed, boolean stream) {
        return new ReplaySettings(speed, null, 16, stream, Duration.ofSeconds(20));
    }

    private static TextOfTokens words() {
        return TextOfTokens.repeatedWord();
    }

    private static Trace trace(String text) throws IOException {
        return TraceReader.read(new StringReader(text));
    }

    private static LoadTarget target(ScriptedServer server) {
        return new LoadTarget(
                "test",
                server.baseUrl(),
                Headers.of("Authorization", "Bearer test-key"),
                List.of());
    }
}
