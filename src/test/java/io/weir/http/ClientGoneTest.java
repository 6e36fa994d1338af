package io.weir.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weir.it.LiveGateway;
import io.weir.it.ScriptedUpstream;
import io.weir.it.Wire;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class ClientGoneTest {
    private static final String CHAT = "/v1/chat/completions";
    private static final String STREAM =
            "{\"model\":\"gpt-4o\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
    private static final String HELLO =
            "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"hello there\"}}]}\n\n";
    private static final String USAGE =
            "data:"
                    + " {\"choices\":[],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":4,\"total_tokens\":13}}\n\n";

    private final ScriptedUpstream upstream = new ScriptedUpstream();
    private final AtomicLong closedNanos = new AtomicLong();

    @TempDir private Path data;

    ClientGoneTest() throws IOException {}

    @AfterEach
    void stop() throws IOException {
        upstream.close();
    }

    @Test
    void theUpstreamIsCancelledWhileTheFirstTokenIsAwaited() throws IOException {
        upstream.does(peer -> {
            peer.request();
            peer.wire().awaitClose();
            closedNanos.set(System.nanoTime());
        });
        try (LiveGateway gateway = LiveGateway.start(data, upstream.url(), "")) {
            long left = leaveBeforeTheHead(gateway, STREAM);
            printNoticed("while the first token was awaited", left);
            JsonNode record = gateway.recordOf("outcome=client_gone");
            assertThat(record.path("usage_confidence").asString()).isEqualTo("partial");
            assertThat(record.path("input_tokens").asLong()).isPositive();
        }
    }

    @Test
    void theUpstreamIsCancelledWhileAWholeAnswerIsAwaited() throws IOException {
        upstream.does(peer -> {
            peer.request();
            peer.wire().awaitClose();
            closedNanos.set(System.nanoTime());
        });
        try (LiveGateway gateway = LiveGateway.start(data, upstream.url(), "")) {
            printNoticed("while a whole answer was awaited", leaveBeforeTheHead(gateway, "{}"));
            gateway.recordOf("outcome=client_gone");
        }
    }

    @Test
    void theUpstreamIsCancelledInTheMiddleOfAStream() throws IOException {
        upstream.does(peer -> {
            peer.request();
            peer.wire().say(ScriptedUpstream.eventsHead()).chunk(HELLO);
            peer.wire().awaitClose();
            closedNanos.set(System.nanoTime());
        });
        try (LiveGateway gateway = LiveGateway.start(data, upstream.url(), "")) {
            printNoticed("in the middle of a stream", leaveAfterHello(gateway));
            JsonNode record = gateway.recordOf("outcome=client_gone");
            assertThat(record.path("usage_confidence").asString()).isEqualTo("partial");
            assertThat(record.path("output_tokens").asLong()).isPositive();
        }
    }

    @Test
    void theUpstreamIsDrainedToItsUsageWhereThatIsThePolicy() throws IOException {
        upstream.does(peer -> {
            peer.request();
            peer.wire().say(ScriptedUpstream.eventsHead()).chunk(HELLO);
            await().atMost(Duration.ofSeconds(60)).until(() -> closedNanos.get() != 0);
            for (int i = 0; i < 50; i++) {
                peer.wire().chunk(HELLO);
            }
            peer.wire().chunk(USAGE).chunk("data: [DONE]\n\n").lastChunk();
        });
        String yaml = "relay: {when_client_leaves: drain}\n";
        try (LiveGateway gateway = LiveGateway.start(data, upstream.url(), yaml)) {
            closedNanos.set(leaveAfterHello(gateway));
            JsonNode record = gateway.recordOf("outcome=client_gone");
            assertThat(record.path("usage_confidence").asString()).isEqualTo("provider");
            assertThat(record.path("output_tokens").asLong()).isEqualTo(4);
        }
    }

    @Test
    void drainingEndsAtItsBound() throws IOException {
        upstream.does(peer -> {
            peer.request();
            peer.wire().say(ScriptedUpstream.eventsHead());
            while (true) {
                peer.wire().chunk(HELLO);
            }
        });
        String yaml = "relay: {when_client_leaves: drain, drain: {bytes: 64KiB}}\n";
        try (LiveGateway gateway = LiveGateway.start(data, upstream.url(), yaml)) {
            leaveAfterHello(gateway);
            JsonNode record = gateway.recordOf("outcome=client_gone");
            assertThat(record.path("usage_confidence").asString()).isEqualTo("partial");
        }
    }

    @Test
    void drainingASilentUpstreamEndsInTime() throws IOException {
        upstream.does(peer -> {
            peer.request();
            peer.wire().say(ScriptedUpstream.eventsHead()).chunk(HELLO);
            peer.wire().awaitClose();
        });
        String yaml = "relay: {when_client_leaves: drain, drain: {time: 300ms}}\n";
        try (LiveGateway gateway = LiveGateway.start(data, upstream.url(), yaml)) {
            leaveAfterHello(gateway);
            gateway.recordOf("outcome=client_gone");
        }
    }

    @Test
    void aLongWaitIsNotMistakenForALeave() throws IOException {
        upstream.does(peer -> {
            peer.request();
            await().pollDelay(Duration.ofMillis(1_800)).until(() -> true);
            peer.wire().say(ScriptedUpstream.json("{\"late\":1}"));
        });
        String yaml = "server: {timeouts: {idle: 400ms}}\n";
        try (LiveGateway gateway = LiveGateway.start(data, upstream.url(), yaml)) {
            assertThat(gateway.ask(gateway.post(CHAT, "{}")).body()).isEqualTo("{\"late\":1}");
        }
    }

    @Test
    void aRequestSentTooEarlyIsAnsweredInItsTurn() throws IOException {
        upstream.does(peer -> {
            while (true) {
                String path = peer.request().startLine().split(" ", 3)[1];
                await().pollDelay(Duration.ofMillis(600)).until(() -> true);
                peer.wire().say(ScriptedUpstream.json("{\"path\":\"" + path + "\"}"));
            }
        });
        try (LiveGateway gateway = LiveGateway.start(data, upstream.url(), "");
                Wire wire = gateway.connect()) {
            wire.say(gateway.get("/v1/a"));
            await().until(() -> !upstream.requests().isEmpty());
            await().pollDelay(Duration.ofMillis(500)).until(() -> true);
            wire.say(gateway.get("/v1/b"));
            assertThat(wire.message().body()).contains("/v1/a");
            assertThat(wire.message().body()).contains("/v1/b");
        }
    }

    private long leaveBeforeTheHead(LiveGateway gateway, String body) throws IOException {
        try (Wire wire = gateway.connect()) {
            wire.say(gateway.post(CHAT, body));
            await().until(() -> !upstream.requests().isEmpty());
        }
        return System.nanoTime();
    }

    private long leaveAfterHello(LiveGateway gateway) throws IOException {
        try (Wire wire = gateway.connect()) {
            wire.say(gateway.post(CHAT, STREAM)).headOnly();
            wire.chunk();
        }
        return System.nanoTime();
    }

    private void printNoticed(String when, long leftNanos) {
        await().atMost(Duration.ofSeconds(5)).until(() -> closedNanos.get() != 0);
        System.out.printf(
                "client gone %s: upstream closed after %d ms%n",
                when, (closedNanos.get() - leftNanos) / 1_000_000);
    }
}
