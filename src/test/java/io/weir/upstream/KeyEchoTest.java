package io.weir.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.it.GatewayTest;
import io.weir.it.LiveGateway;
import io.weir.it.Message;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** An upstream that repeats the key it was sent. */
class KeyEchoTest extends GatewayTest {
    private static final String CHAT = "/v1/chat/completions";
    private static final String KEY = LiveGateway.upstreamKey();
    private static final String STARS = "*".repeat(KEY.length());
    private static final String ERROR =
            "{\"error\":{\"message\":\"Incorrect API key: %s\",\"code\":\"invalid_api_key\"}}";
    private static final String HEAD =
            "HTTP/1.1 401 Unauthorized\r\ncontent-type: application/json\r\n";

    KeyEchoTest() throws IOException {
        super("upstream: {keep_alive: 0s}\n");
    }

    @Test
    void isMaskedInAnErrorOfKnownLengthAndInItsFields() throws IOException {
        String error = ERROR.formatted(KEY);
        upstream()
                .says(
                        HEAD
                                + "www-authenticate: Bearer error=\""
                                + KEY
                                + "\"\r\ncontent-length: "
                                + error.length()
                                + "\r\n\r\n"
                                + error);
        Message answer = gateway().ask(gateway().post(CHAT, "{}"));
        assertThat(answer.body()).isEqualTo(ERROR.formatted(STARS));
        assertThat(answer.field("www-authenticate")).isEqualTo("Bearer error=\"" + STARS + "\"");
        assertThat(gateway().record(answer).toString()).contains(STARS).doesNotContain(KEY);
    }

    @Test
    void isMaskedInAnErrorThatComesInChunks() throws IOException {
        inChunks(HEAD, ERROR.formatted(KEY), 30);
        Message answer = gateway().ask(gateway().post(CHAT, "{}"));
        assertThat(answer.body()).isEqualTo(ERROR.formatted(STARS));
        assertThat(gateway().record(answer).toString()).contains(STARS).doesNotContain(KEY);
    }

    @Test
    void isMaskedInAnErrorThatIsTooLongToBeHeld() throws IOException {
        String before = "x".repeat(65_536 - 5);
        inChunks(HEAD, before + KEY + "y".repeat(8_192 - 10) + KEY, 4_096);
        Message answer = gateway().ask(gateway().post(CHAT, "{}"));
        assertThat(answer.body()).isEqualTo(before + STARS + "y".repeat(8_192 - 10) + STARS);
    }

    @Test
    void isMaskedInALongErrorOfKnownLength() throws IOException {
        String error = "x".repeat(70_000) + KEY;
        upstream().says(HEAD + "content-length: " + error.length() + "\r\n\r\n" + error);
        Message answer = gateway().ask(gateway().post(CHAT, "{}"));
        assertThat(answer.body()).isEqualTo("x".repeat(70_000) + STARS);
        assertThat(answer.field("content-length")).isEqualTo(Integer.toString(error.length()));
    }

    @Test
    void isMaskedInACompressedErrorWhichIsThenSentPlain() throws IOException {
        String packed = gzip(ERROR.formatted(KEY));
        upstream().says(packedHead(packed) + packed);
        plain(gateway().ask(gateway().post(CHAT, "{}")));
        inChunks(HEAD + "content-encoding: gzip\r\n", packed, 20);
        plain(gateway().ask(gateway().post(CHAT, "{}")));
    }

    @Test
    void aCompressedErrorWithoutItStaysAsItCame() throws IOException {
        String packed = gzip(ERROR.formatted("sk-another"));
        upstream().says(packedHead(packed) + packed);
        Message answer = gateway().ask(gateway().post(CHAT, "{}"));
        assertThat(answer.body()).isEqualTo(packed);
        assertThat(answer.field("content-encoding")).isEqualTo("gzip");
        assertThat(gateway().record(answer).path("error_message").asString())
                .isEqualTo("Incorrect API key: sk-another");
    }

    @Test
    void isMaskedInTheEventsOfAStream() throws IOException {
        String event = "event: error\ndata: " + ERROR.formatted(KEY) + "\n\n";
        inChunks(
                "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n",
                "data: {\"choices\":[]}\n\n" + event + "data: [DONE]\n\n",
                11);
        Message answer = gateway().ask(gateway().post(CHAT, "{\"stream\":true}"));
        assertThat(answer.body()).doesNotContain(KEY).contains(STARS, "[DONE]");
        assertThat(gateway().record(answer).toString()).contains(STARS).doesNotContain(KEY);
    }

    @Test
    void isMaskedInTheEventsOfAFailedStream() throws IOException {
        String events = "data: " + ERROR.formatted(KEY) + "\n\ndata: [DONE]\n\n";
        inChunks("HTTP/1.1 401 No\r\ncontent-type: text/event-stream\r\n", events, 50);
        Message answer = gateway().ask(gateway().post(CHAT, "{\"stream\":true}"));
        assertThat(answer.body()).isEqualTo(events.replace(KEY, STARS));
    }

    @Test
    void anErrorWithoutABodyLeavesItsConnectionInUse() throws IOException {
        upstream().says("HTTP/1.1 404 Nothing\r\ncontent-length: 0\r\n\r\n");
        Message answer = gateway().ask(gateway().post(CHAT, "{}"));
        assertThat(answer.status()).isEqualTo(404);
        assertThat(gateway().record(answer).path("attempts").get(0).path("ended_us").asLong())
                .isNotNegative();
    }

    @Test
    void anUpstreamIsOfferedOnlyCodingsThatCanBeUndone() throws IOException {
        upstream().answers("{}");
        gateway()
                .ask(
                        "GET /v1/models HTTP/1.1\r\nhost: weir\r\n"
                                + gateway().auth()
                                + "accept-encoding: br, gzip, zstd\r\n\r\n");
        assertThat(upstream().lastRequest().all("accept-encoding")).containsExactly("gzip");
    }

    private static void plain(Message answer) {
        assertThat(answer.body()).isEqualTo(ERROR.formatted(STARS));
        assertThat(answer.field("content-encoding")).isEmpty();
        assertThat(answer.all("content-length"))
                .containsExactly(Integer.toString(answer.body().length()));
    }

    private void inChunks(String head, String body, int size) {
        upstream()
                .does(peer -> {
                    peer.request();
                    peer.wire().say(head + "transfer-encoding: chunked\r\n\r\n");
                    for (int at = 0; at < body.length(); at += size) {
                        peer.wire().chunk(body.substring(at, Math.min(body.length(), at + size)));
                    }
                    peer.wire().lastChunk();
                });
    }

    private static String packedHead(String packed) {
        return HEAD + "content-encoding: gzip\r\ncontent-length: " + packed.length() + "\r\n\r\n";
    }

    private static String gzip(String text) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(text.getBytes(StandardCharsets.ISO_8859_1));
        }
        return packed.toString(StandardCharsets.ISO_8859_1);
    }
}
