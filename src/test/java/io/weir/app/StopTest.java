package io.weir.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;

import io.weir.it.LiveGateway;
import io.weir.it.Message;
import io.weir.it.ScriptedUpstream;
import io.weir.it.Wire;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class StopTest {
    private static final String CHAT = "/v1/chat/completions";

    private final ScriptedUpstream upstream = new ScriptedUpstream();
    private final CountDownLatch stopping = new CountDownLatch(1);

    @TempDir private Path data;

    StopTest() throws IOException {}

    @AfterEach
    void stop() throws IOException {
        upstream.close();
    }

    @Test
    void callsUnderWayEndAndNewOnesAreNotTaken() throws IOException, InterruptedException {
        upstream.does(peer -> {
            peer.request();
            stopping.countDown();
            peer.wire().say(ScriptedUpstream.eventsHead()).chunk("data: 1\n\n");
            peer.wire().exactly(1);
        });
        LiveGateway gateway = LiveGateway.start(data, upstream.url(), "");
        Message head;
        Thread closing;
        try (Wire call = gateway.connect();
                Wire idle = gateway.connect()) {
            head = call.say(gateway.post(CHAT, "{\"stream\":true}")).headOnly();
            stopping.await();
            closing = Thread.ofPlatform().start(() -> close(gateway));
            assertThat(idle.rest()).isEmpty();
            assertThatIOException().isThrownBy(gateway::connect);
            assertThat(call.chunk()).isEqualTo("data: 1\n\n");
            upstream.toAll("e\r\ndata: [DONE]\n\n\r\n0\r\n\r\n");
            assertThat(call.rest()).contains("[DONE]");
        }
        closing.join();
        try (LiveGateway again = LiveGateway.start(data, upstream.url(), "")) {
            JsonNode record = again.record(head);
            assertThat(record.path("outcome").asString()).isEqualTo("completed");
            assertThat(record.path("chunks").asLong()).isPositive();
        }
    }

    @Test
    void aCallThatTakesTooLongIsCutAndRecorded() throws IOException {
        upstream.does(peer -> {
            peer.request();
            peer.wire().say(ScriptedUpstream.eventsHead()).chunk("data: 1\n\n");
            peer.wire().awaitClose();
        });
        LiveGateway gateway = LiveGateway.start(data, upstream.url(), "server: {drain: 300ms}\n");
        Message head;
        try (Wire call = gateway.connect()) {
            head = call.say(gateway.post(CHAT, "{\"stream\":true}")).headOnly();
            gateway.close();
            call.awaitClose();
        }
        try (LiveGateway again = LiveGateway.start(data, upstream.url(), "")) {
            assertThat(again.record(head).path("outcome").asString())
                    .isIn("client_gone", "interrupted");
        }
        await().until(() -> upstream.requests().size() == 1);
    }

    private static void close(LiveGateway gateway) {
        try {
            gateway.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
