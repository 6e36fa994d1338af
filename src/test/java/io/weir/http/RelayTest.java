package io.weir.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.it.GatewayTest;
import io.weir.it.LiveGateway;
import io.weir.it.Message;
import io.weir.it.ScriptedUpstream;
import io.weir.it.Wire;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class RelayTest extends GatewayTest {
    private static final String CHAT = "/v1/chat/completions";
    private static final String ODD_REQUEST =
            "{ \"model\":\"gpt-4o\",\r\n"
                    + "\"messages\" : [],\t\"unknown\":{\"x\":null,"
                    + " \"y\":1.50e+3},\"emoji\":\"\u00f0\u009f\u008c\u008a\" }\n";
    private static final String ODD_ANSWER =
            "{\"id\":\"chatcmpl-1\", \"new_field\":null,\"model\":\"gpt-4o-2024-08-06\",\r\n"
                    + " \"usage\":{\"prompt_tokens\":5,\"completion_tokens\":7,\"total_tokens\":12,\"later\":1.0}}"
                    + " ";

    RelayTest() throws IOException {
        super("upstream:\n  keep_alive: 0s\n");
    }

    @Test
    void bodiesPassByteForByte() throws IOException {
        upstream().answers(ODD_ANSWER);
        Message answer = gateway().ask(gateway().post(CHAT, ODD_REQUEST));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(ODD_ANSWER);
        assertThat(upstream().lastRequest().body()).isEqualTo(ODD_REQUEST);
        JsonNode record = gateway().record(answer);
        assertThat(record.path("output_tokens").asLong()).isEqualTo(7);
        assertThat(record.path("outcome").asString()).isEqualTo("completed");
    }

    @Test
    void fieldsOfTheAnswerPassAndThoseOfTheHopDoNot() throws IOException {
        upstream()
                .says(
                        "HTTP/1.1 429 Slow Down\r\n"
                                + "x-request-id: req_1\r\n"
                                + "x-ratelimit-limit-tokens: 5\r\n"
                                + "retry-after-ms: 12\r\n"
                                + "openai-version: 2020-10-01\r\n"
                                + "set-cookie: a=1\r\n"
                                + "set-cookie: b=2\r\n"
                                + "X-MiXed: Case\r\n"
                                + "connection: keep-alive, x-hop\r\n"
                                + "x-hop: secret\r\n"
                                + "keep-alive: timeout=5\r\n"
                                + "proxy-authenticate: x\r\n"
                                + "content-length: 2\r\n\r\n"
                                + "{}");
        Message answer = gateway().ask(gateway().post(CHAT, "{}"));
        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.field("x-request-id")).isEqualTo("req_1");
        assertThat(answer.field("x-ratelimit-limit-tokens")).isEqualTo("5");
        assertThat(answer.field("retry-after-ms")).isEqualTo("12");
        assertThat(answer.field("openai-version")).isEqualTo("2020-10-01");
        assertThat(answer.all("set-cookie")).containsExactly("a=1", "b=2");
        assertThat(answer.head())
                .contains("X-MiXed: Case")
                .doesNotContain("x-hop", "keep-alive", "proxy-");
        assertThat(answer.field("x-weir-call-id")).isNotEmpty();
    }

    @Test
    void onlyWeirsOwnFieldsAreAdded() throws IOException {
        upstream().says("HTTP/1.1 200 OK\r\nalpha: 1\r\ncontent-length: 2\r\n\r\n{}");
        Message answer = gateway().ask(gateway().post(CHAT, "{}"));
        assertThat(
                        answer.head()
                                .lines()
                                .skip(1)
                                .map(line ->
                                        line.substring(0, line.indexOf(':'))
                                                .toLowerCase(Locale.ROOT)))
                .containsExactlyInAnyOrder("alpha", "content-length", "x-weir-call-id");
    }

    @Test
    void theClientsAccountAndHopFieldsStayHere() throws IOException {
        upstream().answers("{}");
        gateway()
                .ask(
                        "POST "
                                + CHAT
                                + " HTTP/1.1\r\nhost: evil.example\r\n"
                                + gateway().auth()
                                + "openai-organization: org-evil\r\n"
                                + "openai-project: proj-evil\r\n"
                                + "x-weir-upstream: http://evil\r\n"
                                + "cookie: c=1\r\n"
                                + "connection: upgrade, HTTP2-Settings, x-named\r\n"
                                + "upgrade: h2c\r\n"
                                + "http2-settings: AAMAAABk\r\n"
                                + "x-named: 1\r\n"
                                + "te: trailers\r\n"
                                + "proxy-authorization: Basic x\r\n"
                                + "keep-alive: 5\r\n"
                                + "openai-beta: assistants=v2\r\n"
                                + "x-stainless-lang: java\r\n"
                                + "content-length: 2\r\n\r\n"
                                + "{}");
        Message sent = upstream().lastRequest();
        assertThat(sent.head().toLowerCase(Locale.ROOT))
                .doesNotContain(
                        "evil",
                        "x-weir",
                        "cookie",
                        "upgrade",
                        "http2-settings",
                        "x-named",
                        "\r\nte:",
                        "proxy-",
                        "keep-alive",
                        "weir-app-");
        assertThat(sent.all("authorization"))
                .containsExactly("Bearer " + LiveGateway.upstreamKey());
        assertThat(sent.all("host")).hasSize(1);
        assertThat(upstream().url()).contains(sent.field("host"));
        assertThat(sent.field("openai-beta")).isEqualTo("assistants=v2");
        assertThat(sent.field("x-stainless-lang")).isEqualTo("java");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "DELETE", "OPTIONS", "PATCH", "PUT", "PROPFIND"})
    void everyMethodAndPathIsRelayedWithItsQuery(String method) throws IOException {
        upstream().says("HTTP/1.1 418 Teapot\r\ncontent-length: 3\r\n\r\nabc");
        String target = "/v1/brand/new%20thing?a=%2F..%2f&b=1&b=&c=//;x#y".replace("#y", "");
        Message answer =
                gateway()
                        .ask(
                                method
                                        + " "
                                        + target
                                        + " HTTP/1.1\r\nhost: weir\r\n"
                                        + gateway().auth()
                                        + "\r\n");
        assertThat(answer.status()).isEqualTo(418);
        assertThat(answer.body()).isEqualTo("abc");
        assertThat(upstream().lastRequest().startLine())
                .isEqualTo(method + " " + target + " HTTP/1.1");
    }

    @Test
    void aHeadRequestIsAnsweredByAHead() throws IOException {
        upstream()
                .does(peer -> {
                    peer.request();
                    peer.wire()
                            .say("HTTP/1.1 200 OK\r\ncontent-length: 77\r\netag: x\r\n\r\n")
                            .awaitClose();
                });
        try (Wire wire = gateway().connect()) {
            wire.say("HEAD /v1/files/f HTTP/1.1\r\nhost: weir\r\n" + gateway().auth() + "\r\n");
            Message answer = wire.headOnly();
            assertThat(answer.field("content-length")).isEqualTo("77");
            upstream().answers("{}");
            assertThat(wire.say(gateway().get("/v1/models")).message().body()).isEqualTo("{}");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 304})
    void anAnswerThatHasNoBodyIsNotWaitedFor(int status) throws IOException {
        upstream()
                .does(peer -> {
                    peer.request();
                    peer.wire()
                            .say("HTTP/1.1 " + status + " Nothing\r\netag: x\r\n\r\n")
                            .awaitClose();
                });
        try (Wire wire = gateway().connect()) {
            Message answer = wire.say(gateway().get("/v1/files/f")).headOnly();
            assertThat(answer.status()).isEqualTo(status);
            assertThat(answer.head()).doesNotContainIgnoringCase("transfer-encoding");
            upstream().answers("{}");
            assertThat(wire.say(gateway().get("/v1/models")).message().body()).isEqualTo("{}");
            assertThat(gateway().record(answer).path("outcome").asString()).isEqualTo("completed");
        }
    }

    @Test
    void aChunkedRequestPassesWholeOrThrough() throws IOException {
        upstream().answers("{}");
        String head =
                " HTTP/1.1\r\nhost: weir\r\n" + gateway().auth() + "transfer-encoding: chunked\r\n";
        gateway().ask("POST " + CHAT + head + "\r\n3\r\n{\"a\r\n5;ext=1\r\n\":1 }\r\n0\r\n\r\n");
        assertThat(upstream().lastRequest().body()).isEqualTo("{\"a\":1 }");
        gateway().ask("POST /v1/files" + head + "\r\n4\r\nabcd\r\n0\r\ntrailer: x\r\n\r\n");
        assertThat(upstream().lastRequest().body()).isEqualTo("abcd");
    }

    @Test
    void aFormPassesByteForByte() throws IOException {
        upstream().answers("{\"text\":\"hi\"}");
        String form =
                "--b\r\n"
                        + "Content-Disposition: form-data; name=\"model\"\r\n\r\n"
                        + "whisper-1\r\n"
                        + "--b\r\n"
                        + "\u0000\u00ff\u0080\r\n"
                        + "--b--\r\n";
        gateway()
                .ask(
                        "POST /v1/audio/transcriptions HTTP/1.1\r\nhost: weir\r\n"
                                + gateway().auth()
                                + "content-type: multipart/form-data; boundary=b\r\n"
                                + "content-length: "
                                + form.length()
                                + "\r\n\r\n"
                                + form);
        assertThat(upstream().lastRequest().body()).isEqualTo(form);
        assertThat(upstream().lastRequest().field("content-type"))
                .isEqualTo("multipart/form-data; boundary=b");
    }

    @Test
    void aGzippedAnswerPassesUntouchedAndIsMeasured() throws IOException {
        String packed = gzip(ODD_ANSWER);
        upstream()
                .says(
                        "HTTP/1.1 200 OK\r\n"
                                + "content-type: application/json\r\n"
                                + "content-encoding: gzip\r\n"
                                + "content-length: "
                                + packed.length()
                                + "\r\n\r\n"
                                + packed);
        Message answer =
                gateway()
                        .ask(
                                "POST "
                                        + CHAT
                                        + " HTTP/1.1\r\nhost: weir\r\n"
                                        + gateway().auth()
                                        + "accept-encoding: br, gzip\r\n"
                                        + "content-length: 2\r\n\r\n"
                                        + "{}");
        assertThat(answer.body()).isEqualTo(packed);
        assertThat(answer.field("content-encoding")).isEqualTo("gzip");
        assertThat(gateway().record(answer).path("output_tokens").asLong()).isEqualTo(7);
    }

    @Test
    void aGzippedAnswerInChunksIsMeasuredToo() throws IOException {
        String packed = gzip(ODD_ANSWER);
        upstream()
                .does(peer -> {
                    peer.request();
                    peer.wire()
                            .say(
                                    "HTTP/1.1 200 OK\r\n"
                                            + "content-type: application/json\r\n"
                                            + "content-encoding: gzip\r\n"
                                            + "transfer-encoding: chunked\r\n\r\n")
                            .chunk(packed.substring(0, 9))
                            .chunk(packed.substring(9))
                            .lastChunk();
                });
        Message answer = gateway().ask(gateway().post(CHAT, "{}"));
        assertThat(answer.body()).isEqualTo(packed);
        assertThat(gateway().record(answer).path("output_tokens").asLong()).isEqualTo(7);
    }

    @Test
    void anAnswerThatEndsWithItsConnectionPasses() throws IOException {
        upstream()
                .does(peer -> {
                    peer.request();
                    peer.wire()
                            .say(
                                    "HTTP/1.0 200 OK\r\ncontent-type: application/json\r\n\r\n"
                                            + ODD_ANSWER);
                });
        Message answer = gateway().ask(gateway().post(CHAT, "{}"));
        assertThat(answer.body()).isEqualTo(ODD_ANSWER);
        assertThat(gateway().record(answer).path("output_tokens").asLong()).isEqualTo(7);
    }

    @Test
    void anOldClientIsAnsweredToTheConnectionsEnd() throws IOException {
        upstream()
                .does(peer -> {
                    peer.request();
                    peer.wire()
                            .say(ScriptedUpstream.eventsHead())
                            .chunk("data: 1\n\n")
                            .chunk("data: [DONE]\n\n")
                            .lastChunk();
                });
        String request = gateway().post(CHAT, "{\"stream\":true}").replace("HTTP/1.1", "HTTP/1.0");
        try (Wire wire = gateway().connect()) {
            Message answer = wire.say(request).messageToEnd();
            assertThat(answer.body()).isEqualTo("data: 1\n\ndata: [DONE]\n\n");
            assertThat(answer.head()).doesNotContain("chunked");
        }
    }

    @Test
    void requestsInOneGoAreAnsweredInTheirOrder() throws IOException {
        upstream()
                .does(peer -> {
                    while (true) {
                        String path = peer.request().startLine().split(" ", 3)[1];
                        peer.wire()
                                .say(
                                        "HTTP/1.1 200 OK\r\ncontent-length: "
                                                + path.length()
                                                + "\r\n\r\n"
                                                + path);
                    }
                });
        try (Wire wire = gateway().connect()) {
            wire.say(
                    gateway().get("/v1/a")
                            + gateway().post("/v1/b", "{}")
                            + gateway().get("/v1/c")
                            + gateway().get("/health/live"));
            assertThat(List.of(wire.message().body(), wire.message().body(), wire.message().body()))
                    .containsExactly("/v1/a", "/v1/b", "/v1/c");
            assertThat(wire.message().body()).contains("live");
        }
    }

    @Test
    void anUpstreamMayAnswerBeforeItHasTheBody() throws IOException {
        upstream()
                .does(peer -> {
                    peer.requestHead();
                    peer.wire()
                            .say(
                                    "HTTP/1.1 413 Too Large\r\n"
                                            + "content-length: 3\r\n"
                                            + "connection: close\r\n\r\n"
                                            + "big");
                    peer.wire().halfClose();
                    peer.wire().awaitClose();
                });
        String body = "x".repeat(8 << 20);
        Message answer =
                gateway()
                        .ask(
                                "POST /v1/files HTTP/1.1\r\nhost: weir\r\n"
                                        + gateway().auth()
                                        + "content-length: "
                                        + body.length()
                                        + "\r\n\r\n"
                                        + body);
        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.body()).isEqualTo("big");
    }

    @Test
    void informationalAnswersAreSkipped() throws IOException {
        upstream()
                .says(
                        "HTTP/1.1 103 Early Hints\r\nlink: x\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n"
                                + ScriptedUpstream.json("{}"));
        assertThat(gateway().ask(gateway().post(CHAT, "{}")).body()).isEqualTo("{}");
    }

    private static String gzip(String text) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(text.getBytes(StandardCharsets.ISO_8859_1));
        }
        return packed.toString(StandardCharsets.ISO_8859_1);
    }
}
