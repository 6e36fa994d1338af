package io.weir.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.it.GatewayTest;
import io.weir.it.Message;
import io.weir.it.Wire;
import io.weir.wire.Json;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class RefusalsTest extends GatewayTest {
    private static final String CHAT = "/v1/chat/completions";

    RefusalsTest() throws IOException {
        super(
                """
                relay: {max_body: 1MiB, max_read_body: 64KiB}
                server: {timeouts: {head: 300ms}}
                upstream: {keep_alive: 0s}
                """);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://evil.example/v1/models",
                "https://127.0.0.1/v1/models",
                "//evil.example/v1/models",
                "/v1//models",
                "/v1/%2f/models",
                "/v1%2Fmodels",
                "/v1/%5c",
                "/v1/../admin/api/calls",
                "/v1/..;/admin",
                "/v1/models;x=1",
                "/v1/./models",
                "/v1/%2e%2e/admin",
                "/v1/%00",
                "/v1/%252e",
                "/v1/a\\b",
                "/v1/%",
                "/v1/\u00e9",
                "*"
            })
    void refusesATargetThatTwoReadersCouldReadDifferently(String target) throws IOException {
        refused(400, "GET " + target + " HTTP/1.1\r\nhost: weir\r\n" + gateway().auth() + "\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "content-length: 2\r\ncontent-length: 3\r\n",
                "content-length: 2\r\ncontent-length: 2\r\n",
                "content-length: 2\r\ntransfer-encoding: chunked\r\n",
                "transfer-encoding: chunked\r\ncontent-length: 2\r\n",
                "content-length: 2, 2\r\n",
                "content-length: -2\r\n",
                "content-length: +2\r\n",
                "content-length: 0x2\r\n",
                "content-length: 99999999999999999999\r\n",
                "transfer-encoding: chunked\r\ntransfer-encoding: chunked\r\n",
                "transfer-encoding: chunked, chunked\r\n",
                "transfer-encoding: xchunked\r\n",
                "transfer-encoding: chunked, identity\r\n",
                "transfer-encoding: gzip\r\n",
                "transfer-encoding : chunked\r\ncontent-length: 2\r\n",
                "transfer-encoding:\u000bchunked\r\n",
                "content-length : 2\r\n"
            })
    void refusesAFramingThatTwoReadersCouldReadDifferently(String fields) throws IOException {
        try (Wire wire = gateway().connect()) {
            wire.say(
                    "POST "
                            + CHAT
                            + " HTTP/1.1\r\nhost: weir\r\n"
                            + gateway().auth()
                            + fields
                            + "\r\n{}GET /v1/smuggled HTTP/1.1\r\nhost: weir\r\n"
                            + gateway().auth()
                            + "\r\n");
            Message answer = wire.message();
            assertThat(answer.status()).as(answer.toString()).isIn(400, 501);
            assertThat(error(answer).path("message").asString()).isNotEmpty();
            assertThat(wire.rest()).isEmpty();
        }
        assertThat(upstream().requests()).noneMatch(sent -> sent.head().contains("smuggled"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET\r\n\r\n",
                "GET /v1/models\r\n\r\n",
                "GET /v1/models HTTP/9\r\n\r\n",
                "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\r\n\r\n",
                "GET /v1/models HTTP/1.1\r\nno colon here\r\n\r\n"
            })
    void refusesWhatIsNotHttp(String garbage) throws IOException {
        try (Wire wire = gateway().connect()) {
            Message answer = wire.say(garbage).message();
            assertThat(answer.status()).isIn(400, 505);
            assertThat(answer.field("connection")).isEqualTo("close");
            assertThat(error(answer).path("type").asString()).isEqualTo("invalid_request_error");
        }
    }

    @Test
    void refusesAFieldThatIsTooLong() throws IOException {
        try (Wire wire = gateway().connect()) {
            wire.say("GET /v1/models HTTP/1.1\r\nhost: weir\r\nauthorization: Bearer ");
            sayAsLongAsOneListens(wire, "k".repeat(64 << 10), 160);
            assertThat(wire.message().status()).isEqualTo(431);
        }
    }

    @Test
    void refusesTooManyFields() throws IOException {
        refused(431, "GET /v1/models HTTP/1.1\r\nhost: weir\r\n" + "x: y\r\n".repeat(200) + "\r\n");
    }

    @Test
    void refusesAKnownBodyThatIsTooLarge() throws IOException {
        int before = upstream().requests().size();
        refusedAfterBody(413, CHAT, "content-length: 100000\r\n", "x".repeat(100_000));
        refusedAfterBody(413, "/v1/files", "content-length: 2000000\r\n", "x".repeat(2_000_000));
        assertThat(upstream().requests()).hasSize(before);
    }

    @Test
    void refusesABodyThatTurnsOutTooLarge() throws IOException {
        String chunks = "8000\r\n" + "x".repeat(0x8000) + "\r\n";
        refusedAfterBody(413, CHAT, "transfer-encoding: chunked\r\n", chunks.repeat(4));
        upstream()
                .does(peer -> {
                    peer.requestHead();
                    peer.wire().awaitClose();
                });
        refusedAfterBody(413, "/v1/files", "transfer-encoding: chunked\r\n", chunks.repeat(64));
    }

    @Test
    void aStrangersBodyIsNotAskedFor() throws IOException {
        try (Wire wire = gateway().connect()) {
            wire.say(
                    "POST "
                            + CHAT
                            + " HTTP/1.1\r\n"
                            + "host: weir\r\n"
                            + "authorization: Bearer wrong\r\n"
                            + "expect: 100-continue\r\n"
                            + "content-length: 5\r\n\r\n");
            Message answer = wire.message();
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.field("connection")).isEqualTo("close");
            assertThat(wire.rest()).isEmpty();
        }
    }

    @Test
    void aBodyTooLargeIsNotAskedFor() throws IOException {
        try (Wire wire = gateway().connect()) {
            wire.say(
                    "POST "
                            + CHAT
                            + " HTTP/1.1\r\nhost: weir\r\n"
                            + gateway().auth()
                            + "expect: 100-continue\r\ncontent-length: 100000\r\n\r\n");
            assertThat(wire.message().status()).isEqualTo(413);
            assertThat(wire.rest()).isEmpty();
        }
    }

    @Test
    void aClientThatWaitsIsAskedForItsBody() throws IOException {
        upstream().answers("{\"ok\":1}");
        try (Wire wire = gateway().connect()) {
            wire.say(
                    "POST "
                            + CHAT
                            + " HTTP/1.1\r\nhost: weir\r\n"
                            + gateway().auth()
                            + "expect: 100-continue\r\ncontent-length: 2\r\n\r\n");
            assertThat(wire.headOnly().status()).isEqualTo(100);
            assertThat(wire.say("{}").message().body()).isEqualTo("{\"ok\":1}");
            assertThat(upstream().lastRequest().head()).doesNotContainIgnoringCase("expect");
        }
    }

    @Test
    void aSlowHeadIsClosed() throws IOException {
        try (Wire wire = gateway().connect()) {
            wire.say("GET /v1/models HTTP/1.1\r\nhost: ");
            assertThat(wire.rest()).isEmpty();
        }
    }

    @Test
    void aClientThatBreaksOffItsUploadIsNotTheUpstreamsFault() throws IOException {
        upstream()
                .does(peer -> {
                    peer.requestHead();
                    peer.wire().awaitClose();
                });
        try (Wire wire = gateway().connect()) {
            wire.say(
                    "POST /v1/uploads HTTP/1.1\r\nhost: weir\r\n"
                            + gateway().auth()
                            + "content-length: 1000\r\n\r\nhalf");
        }
        JsonNode record = gateway().recordOf("endpoint=uploads");
        assertThat(record.path("outcome").asString()).isEqualTo("client_gone");
    }

    private void refused(int status, String request) throws IOException {
        int before = upstream().requests().size();
        try (Wire wire = gateway().connect()) {
            Message answer = wire.say(request).message();
            assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
            assertThat(error(answer).path("message").asString()).isNotEmpty();
            assertThat(wire.rest()).isEmpty();
        }
        assertThat(upstream().requests()).hasSize(before);
    }

    private void refusedAfterBody(int status, String path, String framing, String body)
            throws IOException {
        try (Wire wire = gateway().connect()) {
            wire.say(
                    "POST "
                            + path
                            + " HTTP/1.1\r\nhost: weir\r\n"
                            + gateway().auth()
                            + framing
                            + "\r\n");
            sayAsLongAsOneListens(wire, body, 1);
            Message answer = wire.message();
            assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
            assertThat(error(answer).path("code").asString()).isEqualTo("request_too_large");
        }
    }

    private static void sayAsLongAsOneListens(Wire wire, String text, int times) {
        try {
            for (int i = 0; i < times; i++) {
                wire.say(text);
            }
        } catch (IOException answeredAlready) {
            // the refusal is there to be read
        }
    }

    private static JsonNode error(Message answer) {
        return Json.MAPPER.readTree(answer.body()).path("error");
    }
}
