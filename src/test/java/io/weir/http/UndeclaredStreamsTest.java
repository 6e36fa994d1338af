package io.weir.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.it.GatewayTest;
import io.weir.it.Message;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Answers to requests for a stream that come without a {@code content-type}. */
class UndeclaredStreamsTest extends GatewayTest {
    private static final String CHAT = "/v1/chat/completions";
    private static final String STREAM = "{\"model\":\"gpt-4o\",\"stream\":true,\"messages\":[]}";
    private static final String USAGE =
            "\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":4,\"total_tokens\":13}";
    private static final String EVENTS =
            "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hi\"},\"finish_reason\":\"stop\"}]}\n\n";
    private static final String USAGE_EVENT = "data: {\"choices\":[]," + USAGE + "}\n\n";
    private static final String DONE = "data: [DONE]\n\n";

    UndeclaredStreamsTest() throws IOException {
        super("upstream: {keep_alive: 0s}\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n \n", ": hello\n\n"})
    void eventsAreMeasuredAndUsageIsHidden(String begin) throws IOException {
        says(begin + EVENTS + USAGE_EVENT + DONE, true);
        Message answer = gateway().ask(gateway().post(CHAT, STREAM));
        assertThat(answer.body()).isEqualTo(begin + EVENTS + DONE);
        assertThat(answer.field("content-type")).isEmpty();
        JsonNode record = gateway().record(answer);
        assertThat(record.path("usage_confidence").asString()).isEqualTo("provider");
        assertThat(record.path("output_tokens").asLong()).isEqualTo(4);
        assertThat(record.path("chunks").asLong()).isPositive();
        assertThat(record.path("first_token_us").asLong()).isPositive();
    }

    @Test
    void eventsOfAKnownLengthAreMeasuredToo() throws IOException {
        says(EVENTS + USAGE_EVENT + DONE, false);
        Message answer = gateway().ask(gateway().post(CHAT, STREAM));
        assertThat(answer.body()).isEqualTo(EVENTS + DONE);
        assertThat(gateway().record(answer).path("output_tokens").asLong()).isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {" \r\n{\"id\":\"chatcmpl-1\",\"choices\":[]," + USAGE + "}"})
    void jsonIsStillReadAsJson(String json) throws IOException {
        for (boolean chunked : new boolean[] {true, false}) {
            says(json, chunked);
            Message answer = gateway().ask(gateway().post(CHAT, STREAM));
            assertThat(answer.body()).isEqualTo(json);
            JsonNode record = gateway().record(answer);
            assertThat(record.path("output_tokens").asLong()).isEqualTo(4);
            assertThat(record.path("outcome").asString()).isEqualTo("completed");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "just text"})
    void whatIsNeitherPasses(String text) throws IOException {
        says(text, false);
        Message answer = gateway().ask(gateway().post(CHAT, STREAM));
        assertThat(answer.body()).isEqualTo(text);
        assertThat(gateway().record(answer).path("outcome").asString()).isEqualTo("completed");
    }

    private void says(String body, boolean chunked) {
        upstream()
                .does(peer -> {
                    peer.request();
                    if (chunked) {
                        peer.wire().say("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n");
                        for (int at = 0; at < body.length(); at += 3) {
                            peer.wire().chunk(body.substring(at, Math.min(body.length(), at + 3)));
                        }
                        peer.wire().lastChunk();
                    } else {
                        peer.wire()
                                .say(
                                        "HTTP/1.1 200 OK\r\ncontent-length: "
                                                + body.length()
                                                + "\r\n\r\n"
                                                + body);
                    }
                });
    }
}
