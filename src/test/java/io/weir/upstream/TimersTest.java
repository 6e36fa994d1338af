package io.weir.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.it.GatewayTest;
import io.weir.it.LiveGateway;
import io.weir.it.Message;
import io.weir.it.ScriptedUpstream;
import io.weir.it.Wire;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class TimersTest extends GatewayTest {
    private static final String CHAT = "/v1/chat/completions";
    private static final String STREAM = "{\"model\":\"gpt-4o\",\"stream\":true,\"messages\":[]}";
    private static final String HELLO =
            "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"hello\"}}]}\n\n";
    private static final String TIMERS =
            "upstream: {keep_alive: 0s, timeouts: {connect: 500ms, first_byte: 700ms, idle: 900ms,"
                    + " total: 3s}}\n";

    TimersTest() throws IOException {
        super(TIMERS);
    }

    @Test
    void aConnectionThatDoesNotComeIsTimedOut(@TempDir Path data) throws IOException {
        List<Socket> queue = new ArrayList<>();
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            fill(full, queue);
            String url = "http://127.0.0.1:" + full.getLocalPort() + "/v1";
            try (LiveGateway gateway = LiveGateway.start(data, url, TIMERS)) {
                Message answer = gateway.ask(gateway.post(CHAT, STREAM));
                assertThat(answer.status()).isEqualTo(504);
                assertThat(answer.body()).contains("\"upstream_connect_timeout\"");
            }
        } finally {
            for (Socket socket : queue) {
                socket.close();
            }
        }
    }

    @Test
    void anUpstreamThatIsNotThereIsUnreachable(@TempDir Path data) throws IOException {
        try (LiveGateway gateway = LiveGateway.start(data, "http://127.0.0.1:1/v1", TIMERS)) {
            Message answer = gateway.ask(gateway.post(CHAT, STREAM));
            assertThat(answer.status()).isEqualTo(502);
            assertThat(answer.body()).contains("\"upstream_unreachable\"");
            JsonNode record = gateway.record(answer);
            assertThat(record.path("error_type").asString()).isEqualTo("upstream_unreachable");
            assertThat(record.path("attempts")).hasSize(1);
            assertThat(record.path("cost_nano_usd").asLong()).isZero();
        }
    }

    @Test
    void anAnswerThatDoesNotBeginIsTimedOut() throws IOException {
        upstream()
                .does(peer -> {
                    peer.request();
                    peer.wire().awaitClose();
                });
        timedOut("upstream_first_byte_timeout");
    }

    @Test
    void anAnswerThatFallsSilentIsTimedOut() throws IOException {
        upstream()
                .does(peer -> {
                    peer.request();
                    peer.wire()
                            .say(
                                    "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{")
                            .awaitClose();
                });
        timedOut("upstream_idle_timeout");
    }

    @Test
    void aStreamThatFallsSilentEndsInAnErrorEvent() throws IOException {
        upstream()
                .does(peer -> {
                    peer.request();
                    peer.wire().say(ScriptedUpstream.eventsHead()).chunk(HELLO);
                    peer.wire().awaitClose();
                });
        streamTimedOut("upstream_idle_timeout");
    }

    @Test
    void aStreamThatGoesOnForEverEndsWithItsTime() throws IOException {
        upstream()
                .does(peer -> {
                    peer.request();
                    peer.wire().say(ScriptedUpstream.eventsHead());
                    while (true) {
                        peer.wire().chunk(HELLO);
                        LockSupport.parkNanos(20_000_000);
                    }
                });
        streamTimedOut("upstream_total_timeout");
    }

    @Test
    void anUpstreamThatDoesNotTakeTheRequestIsTimedOut() throws IOException {
        upstream()
                .does(peer -> {
                    peer.requestHead();
                    LockSupport.parkNanos(60_000_000_000L);
                });
        Message answer =
                gateway().ask(gateway().post(CHAT, "{\"x\":\"" + "x".repeat(20 << 20) + "\"}"));
        assertThat(answer.status()).isEqualTo(504);
        assertThat(answer.body()).contains("\"upstream_total_timeout\"");
    }

    private void timedOut(String code) throws IOException {
        Message answer = gateway().ask(gateway().post(CHAT, STREAM));
        assertThat(answer.status()).isEqualTo(504);
        assertThat(answer.body()).contains("\"" + code + "\"");
        JsonNode record = gateway().record(answer);
        assertThat(record.path("error_type").asString()).isEqualTo(code);
        assertThat(record.path("attempts").get(0).path("failure").asString()).isEqualTo(code);
    }

    private void streamTimedOut(String code) throws IOException {
        try (Wire wire = gateway().connect()) {
            Message head = wire.say(gateway().post(CHAT, STREAM)).headOnly();
            assertThat(wire.rest())
                    .contains("event: error", "\"" + code + "\"")
                    .doesNotContain("[DONE]")
                    .doesNotContain("\r\n0\r\n\r\n");
            assertThat(gateway().record(head).path("error_type").asString()).isEqualTo(code);
        }
    }

    /** Connects until nobody is let into the queue any more. */
    private static void fill(ServerSocket full, List<Socket> queue) throws IOException {
        while (queue.size() < 64) {
            Socket socket = new Socket();
            queue.add(socket);
            try {
                socket.connect(
                        new InetSocketAddress(full.getInetAddress(), full.getLocalPort()), 500);
            } catch (SocketTimeoutException fullNow) {
                return;
            }
        }
    }
}
