package io.weir.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.it.LiveGateway;
import io.weir.it.Message;
import io.weir.it.ScriptedUpstream;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class KeptConnectionsTest {
    private static final String CHAT = "/v1/chat/completions";

    private final ScriptedUpstream upstream = new ScriptedUpstream();

    @TempDir private Path data;

    @SuppressWarnings("NullAway.Init")
    private LiveGateway gateway;

    KeptConnectionsTest() throws IOException {}

    @BeforeEach
    void start() throws IOException {
        gateway = LiveGateway.start(data, upstream.url(), "");
    }

    @AfterEach
    void stop() throws IOException {
        gateway.close();
        upstream.close();
    }

    @Test
    void aConnectionIsUsedAgain() throws IOException {
        upstream.answers("{}");
        for (int i = 0; i < 5; i++) {
            assertThat(gateway.ask(gateway.post(CHAT, "{}")).status()).isEqualTo(200);
        }
        assertThat(upstream.connections()).isEqualTo(1);
    }

    @Test
    void aRequestOnAConnectionThatWasClosedMeanwhileIsSentAgain() throws IOException {
        upstream.does(peer -> {
            peer.request();
            peer.wire().say(ScriptedUpstream.json("{\"n\":" + peer.number() + "}"));
            if (peer.number() == 1) {
                peer.wire().head();
            } else {
                peer.wire().awaitClose();
            }
        });
        assertThat(gateway.ask(gateway.post(CHAT, "{}")).body()).isEqualTo("{\"n\":1}");
        Message answer = gateway.ask(gateway.post(CHAT, "{}"));
        assertThat(answer.body()).isEqualTo("{\"n\":2}");
        JsonNode attempts = gateway.record(answer).path("attempts");
        assertThat(attempts).hasSize(2);
        assertThat(attempts.get(0).path("reused").asBoolean()).isTrue();
        assertThat(attempts.get(0).path("failure").asString()).isEqualTo("upstream_unreachable");
        assertThat(attempts.get(1).path("reused").asBoolean()).isFalse();
        assertThat(attempts.get(1).path("status").asInt()).isEqualTo(200);
    }

    @Test
    void aRequestThatWasPerhapsActedOnIsNotSentAgain() throws IOException {
        upstream.does(peer -> {
            peer.request();
            peer.wire().close();
        });
        Message answer = gateway.ask(gateway.post(CHAT, "{}"));
        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.body()).contains("upstream_broken");
        assertThat(upstream.connections()).isEqualTo(1);
    }

    @Test
    void bytesThatNobodyAskedForDoNotAnswerTheNextRequest() throws IOException {
        upstream.does(peer -> {
            peer.request();
            String json = ScriptedUpstream.json("{\"n\":" + peer.number() + "}");
            peer.wire()
                    .say(peer.number() == 1 ? json + ScriptedUpstream.json("{\"evil\":1}") : json);
            peer.wire().awaitClose();
        });
        assertThat(gateway.ask(gateway.post(CHAT, "{}")).body()).isEqualTo("{\"n\":1}");
        assertThat(gateway.ask(gateway.post(CHAT, "{}")).body()).isEqualTo("{\"n\":2}");
    }

    @Test
    void aConnectionWhoseAnswerSaysCloseIsNotUsedAgain() throws IOException {
        upstream.does(peer -> {
            peer.request();
            peer.wire()
                    .say("HTTP/1.1 200 OK\r\nconnection: x-a, Close\r\ncontent-length: 2\r\n\r\n{}")
                    .awaitClose();
        });
        gateway.ask(gateway.post(CHAT, "{}"));
        Message answer = gateway.ask(gateway.post(CHAT, "{}"));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(gateway.record(answer).path("attempts")).hasSize(1);
    }
}
