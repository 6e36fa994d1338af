package io.weir.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.it.GatewayTest;
import io.weir.it.Message;
import io.weir.it.ScriptedUpstream;
import io.weir.it.Wire;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class StreamsTest extends GatewayTest {
    private static final String CHAT = "/v1/chat/completions";
    private static final String STREAM = "{\"model\":\"gpt-4o\",\"stream\":true,\"messages\":[]}";
    private static final String WITH_USAGE =
            "{\"model\":\"gpt-4o\",\"stream\":true,\"stream_options\":{\"include_usage\":true},\"messages\":[]}";
    private static final String USAGE =
            "{\"prompt_tokens\":9,\"completion_tokens\":4,\"total_tokens\":13}";

    StreamsTest() throws IOException {
        super("upstream: {keep_alive: 0s}\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void eventsPassByteForByteHoweverTheyAreCut(String eol) throws IOException {
        String events =
                (": a comment\n\n"
                                + "retry: 5\n"
                                + "event: x\n"
                                + "id: 7\n"
                                + "data:"
                                + " {\"choices\":[{\"delta\":{\"content\":\"\u00e2\u0082\u00ac\"},\"index\":0}],\"obfuscation\":null}\n\n"
                                + "data:{\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\",\"index\":0}]}\n"
                                + "data: \n\n"
                                + "unknown: z\n\n"
                                + "data: {\"choices\":[],\"usage\":"
                                + USAGE
                                + "}\n\ndata: [DONE]\n\n")
                        .replace("\n", eol);
        upstream()
                .does(peer -> {
                    peer.request();
                    peer.wire().say(ScriptedUpstream.eventsHead());
                    for (int i = 0; i < events.length(); i++) {
                        peer.wire().chunk(events.substring(i, i + 1));
                    }
                    peer.wire().lastChunk();
                });
        Message answer = gateway().ask(gateway().post(CHAT, WITH_USAGE));
        assertThat(answer.body()).isEqualTo(events);
        assertThat(upstream().lastRequest().body()).isEqualTo(WITH_USAGE);
        assertThat(gateway().record(answer).path("output_tokens").asLong()).isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 17, 100, 4_000})
    void usageThatOnlyWeirAskedForIsHidden(int cut) throws IOException {
        String first =
                "data:"
                        + " {\"id\":\"c\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"\u00e2\u0082\u00ac\"}}]%s}\n\n";
        String last =
                "data:"
                        + " {\"id\":\"c\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]%s}\n\n";
        String usage = "data: {\"id\":\"c\",\"choices\":[],\"usage\":" + USAGE + "}\n\n";
        String done = "data: [DONE]\n\n";
        String plain = first.formatted("") + ": c\n\n" + last.formatted("") + done;
        String asked =
                first.formatted(",\"usage\":null")
                        + ": c\n\n"
                        + last.formatted(",\"usage\":null")
                        + usage
                        + done;
        upstream()
                .does(peer -> {
                    peer.request();
                    peer.wire().say(ScriptedUpstream.eventsHead());
                    for (int at = 0; at < asked.length(); at += cut) {
                        peer.wire().chunk(asked.substring(at, Math.min(asked.length(), at + cut)));
                    }
                    peer.wire().lastChunk();
                });
        Message answer = gateway().ask(gateway().post(CHAT, STREAM));
        assertThat(answer.body()).isEqualTo(plain);
        assertThat(upstream().lastRequest().body()).contains("\"include_usage\":true");
        JsonNode record = gateway().record(answer);
        assertThat(record.path("output_tokens").asLong()).isEqualTo(4);
        assertThat(record.path("usage_confidence").asString()).isEqualTo("provider");
    }

    @Test
    void eachEventPassesWhenItComes() throws IOException {
        upstream()
                .does(peer -> {
                    peer.request();
                    peer.wire().say(ScriptedUpstream.eventsHead()).chunk("data: 1\n\n");
                    peer.wire().head();
                    peer.wire().chunk("data: [DONE]\n\n").lastChunk();
                });
        try (Wire wire = gateway().connect()) {
            wire.say(gateway().post(CHAT, WITH_USAGE));
            assertThat(wire.headOnly().field("content-type")).isEqualTo("text/event-stream");
            assertThat(wire.chunk()).isEqualTo("data: 1\n\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"close", "reset", "half chunk", "garbage"})
    void aStreamThatBreaksEndsInAnErrorEvent(String how) throws IOException {
        upstream()
                .does(peer -> {
                    peer.request();
                    peer.wire()
                            .say(ScriptedUpstream.eventsHead())
                            .chunk(
                                    "data:"
                                            + " {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"hello\"}}]}\n\n"
                                            + "data: {\"cho");
                    switch (how) {
                        case "reset" -> peer.wire().reset();
                        case "half chunk" -> peer.wire().say("40\r\nab");
                        case "garbage" -> peer.wire().say("zz\r\nab\r\n");
                        default -> peer.wire().close();
                    }
                });
        try (Wire wire = gateway().connect()) {
            wire.say(gateway().post(CHAT, STREAM));
            Message head = wire.headOnly();
            String raw = wire.rest();
            assertThat(raw)
                    .contains("event: error\ndata: {\"error\":{")
                    .contains("upstream_broken")
                    .doesNotContain("[DONE]")
                    .doesNotContain("\r\n0\r\n\r\n");
            JsonNode record = gateway().record(head);
            assertThat(record.path("outcome").asString()).isEqualTo("upstream_failed");
            assertThat(record.path("error_type").asString()).isEqualTo("upstream_broken");
            assertThat(record.path("usage_confidence").asString()).isEqualTo("partial");
            assertThat(record.path("output_tokens").asLong()).isPositive();
        }
    }

    @Test
    void aStreamThatEndsTooEarlyEndsInAnErrorEvent() throws IOException {
        upstream()
                .does(peer -> {
                    peer.request();
                    peer.wire()
                            .say(ScriptedUpstream.eventsHead())
                            .chunk(
                                    "data:"
                                            + " {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"hel\"}}]}\n\n")
                            .lastChunk();
                });
        try (Wire wire = gateway().connect()) {
            String raw = wire.say(gateway().post(CHAT, STREAM)).rest();
            assertThat(raw)
                    .contains("event: error")
                    .contains("upstream_broken")
                    .doesNotContain("[DONE]")
                    .doesNotContain("\r\n0\r\n\r\n");
        }
    }

    @Test
    void anAnswerShorterThanPromisedIsCut() throws IOException {
        String promised =
                "HTTP/1.1 200 OK\r\ncontent-type: audio/mpeg\r\ncontent-length: 100000\r\n\r\n";
        upstream()
                .does(peer -> {
                    peer.request();
                    peer.wire().say(promised + "x".repeat(70_000));
                });
        try (Wire wire = gateway().connect()) {
            wire.say(gateway().get("/v1/files/f/content"));
            Message head = wire.headOnly();
            assertThat(head.field("content-length")).isEqualTo("100000");
            assertThat(wire.rest()).hasSizeLessThan(100_000).matches("x+");
            assertThat(gateway().record(head).path("error_type").asString())
                    .isEqualTo("upstream_broken");
        }
    }

    @Test
    void aShortAnswerShorterThanPromisedIsAnError() throws IOException {
        upstream()
                .does(peer -> {
                    peer.request();
                    peer.wire().say("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{\"a\":");
                });
        Message answer = gateway().ask(gateway().post(CHAT, "{}"));
        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.body()).contains("upstream_broken");
    }

    @Test
    void whatIsNotHttpIsABrokenUpstream() throws IOException {
        for (String garbage :
                List.of(
                        "SSH-2.0-OpenSSH\r\n\r\n",
                        "\u0000\u0001\u0002\r\n\r\n",
                        "HTTP/1.1 2x0 OK\r\n\r\n",
                        "")) {
            upstream()
                    .does(peer -> {
                        peer.request();
                        peer.wire().say(garbage);
                    });
            Message answer = gateway().ask(gateway().post(CHAT, "{}"));
            assertThat(answer.status()).as(garbage).isEqualTo(502);
            assertThat(answer.body()).contains("upstream_broken");
        }
    }

    @Test
    void anErrorInPlaceOfAStreamPasses() throws IOException {
        String error =
                "{\"error\":{\"message\":\"no\",\"type\":\"insufficient_quota\",\"param\":null,\"code\":\"insufficient_quota\"}}";
        upstream()
                .says(
                        "HTTP/1.1 429 Too Many Requests\r\n"
                                + "content-type: application/json\r\n"
                                + "retry-after: 3\r\n"
                                + "content-length: "
                                + error.length()
                                + "\r\n\r\n"
                                + error);
        Message answer = gateway().ask(gateway().post(CHAT, STREAM));
        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.body()).isEqualTo(error);
        assertThat(answer.field("retry-after")).isEqualTo("3");
        assertThat(gateway().record(answer).path("error_code").asString())
                .isEqualTo("insufficient_quota");
    }
}
