package io.weir.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.call.TraceContext;
import io.weir.it.LiveGateway;
import io.weir.it.Message;
import io.weir.it.ScriptedUpstream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class TracePropagationTest {
    private static final String CHAT = "/v1/chat/completions";
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String PARENT = "00f067aa0ba902b7";

    private final ScriptedUpstream upstream = new ScriptedUpstream();

    @TempDir private Path data;

    @SuppressWarnings("NullAway.Init")
    private LiveGateway gateway;

    TracePropagationTest() throws IOException {}

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
    void aTraceGoesThroughWeirAndEachAttemptIsASpanOfItsOwn() throws IOException {
        upstream.does(peer -> {
            peer.request();
            peer.wire().say(ScriptedUpstream.json("{}"));
            if (peer.number() == 1) {
                peer.wire().head();
            } else {
                peer.wire().awaitClose();
            }
        });
        gateway.ask(gateway.post(CHAT, "{}"));
        Message answer = gateway.ask(traced("00-" + TRACE + "-" + PARENT + "-01"));
        JsonNode record = gateway.record(answer);
        UUID id = UUID.fromString(record.path("id").asString(""));
        Message sent = upstream.requests().getLast();
        assertThat(record.path("attempts")).as("the first found a dead connection").hasSize(2);
        assertThat(sent.all("traceparent"))
                .isEqualTo(List.of("00-" + TRACE + "-" + TraceContext.spanId(id, 2) + "-01"));
        assertThat(sent.all("tracestate")).isEqualTo(List.of("a=1,b=2"));
        assertThat(record.path("trace_id").asString()).isEqualTo(TRACE);
        assertThat(record.path("parent_span_id").asString()).isEqualTo(PARENT);
        assertThat(record.path("span_id").asString()).isEqualTo(TraceContext.spanId(id, 0));
        assertThat(record.path("trace_flags").asInt()).isEqualTo(1);
    }

    @Test
    void aTraceThatIsNotValidIsReplacedAndItsStateGoesNoFurther() throws IOException {
        upstream.answers("{}");
        Message answer =
                gateway.ask(traced("00-" + TRACE.toUpperCase(Locale.ROOT) + "-" + PARENT + "-01"));
        JsonNode record = gateway.record(answer);
        UUID id = UUID.fromString(record.path("id").asString(""));
        String own = id.toString().replace("-", "");
        Message sent = upstream.requests().getLast();
        assertThat(sent.all("traceparent"))
                .isEqualTo(List.of("00-" + own + "-" + TraceContext.spanId(id, 1) + "-01"));
        assertThat(sent.all("tracestate")).isEmpty();
        assertThat(record.path("trace_id").asString()).isEqualTo(own);
        assertThat(record.has("parent_span_id")).isFalse();
    }

    @Test
    void theCallsOfATraceCanBeListed() throws IOException {
        upstream.answers("{}");
        gateway.ask(gateway.post(CHAT, "{}"));
        Message answer = gateway.ask(traced("00-" + TRACE + "-" + PARENT + "-00"));
        String id = gateway.record(answer).path("id").asString();
        JsonNode found = gateway.admin("/admin/api/calls?trace=" + TRACE).path("calls");
        assertThat(found).hasSize(1);
        assertThat(found.get(0).path("id").asString()).isEqualTo(id);
        assertThat(found.get(0).path("trace_flags").asInt(-1)).isZero();
    }

    private String traced(String traceparent) {
        return gateway.post(CHAT, "{}")
                .replaceFirst(
                        "\r\n", "\r\ntraceparent: " + traceparent + "\r\ntracestate: a=1,b=2\r\n");
    }
}
