package io.weir.export.otlp;

import io.weir.call.TraceContext;
import io.weir.export.Event;
import io.weir.export.Fields;
import io.weir.export.Sent;
import io.weir.export.otlp.OtlpServer.Protocol;
import io.weir.outbound.GuardedGrpc;
import io.weir.outbound.GuardedHttp;
import io.weir.outbound.HttpSettings;
import io.weir.outbound.Resolver;
import io.weir.wire.Headers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Prints how many calls a second the exporter sends, and what a trace costs on the way of a call:
 * {@code mvnw test-compile}, then this class with the test's class path.
 */
final class OtlpBench {
    private static final int BATCH = 500;
    private static final int BATCHES = 400;
    private static final int LOOPS = 20_000_000;

    private OtlpBench() {}

    public static void main(String[] arguments) throws Exception {
        for (Protocol protocol : Protocol.values()) {
            for (List<Signal> signals : List.of(List.of(Signal.TRACES), List.of(Signal.values()))) {
                exporter(protocol, signals);
            }
        }
        for (int round = 0; round < 3; round++) {
            trace("no traceparent", headers(false));
            trace("a traceparent", headers(true));
        }
    }

    private static void exporter(Protocol protocol, List<Signal> signals) throws Exception {
        OtlpDouble minded = new OtlpDouble();
        List<Event> events = new ArrayList<>();
        for (Event event : TracedCalls.of(0, BATCH)) {
            events.add(new Event(event.sequence(), event.call(), Fields.ALL, new byte[0]));
        }
        try (OtlpServer server = protocol.serve(minded, Optional.empty())) {
            HttpSettings http =
                    OtlpServer.settings(server.port(), Optional.empty(), Duration.ofSeconds(20));
            OtlpSettings settings =
                    new OtlpSettings(http, protocol == Protocol.GRPC, signals, Map.of(), Map.of());
            Carrier carrier =
                    settings.grpc()
                            ? new GrpcCarrier(new GuardedGrpc(http, Resolver.SYSTEM), Map.of())
                            : new HttpCarrier(
                                    new GuardedHttp(http, Resolver.SYSTEM, Instant::now), Map.of());
            try (OtlpDestination destination = new OtlpDestination(settings, carrier)) {
                send(destination, events, minded, BATCHES / 4);
                long began = System.nanoTime();
                send(destination, events, minded, BATCHES);
                double seconds = (System.nanoTime() - began) / 1e9;
                System.out.printf(
                        "OTLP over %s, %s, batches of %d: %,.0f calls/s, %,d bytes a batch before gzip%n",
                        protocol,
                        signals,
                        BATCH,
                        BATCH * BATCHES / seconds,
                        Spans.request(
                                        events,
                                        io.opentelemetry.proto.resource.v1.Resource
                                                .getDefaultInstance(),
                                        io.opentelemetry.proto.common.v1.InstrumentationScope
                                                .getDefaultInstance())
                                .getSerializedSize());
            }
        }
    }

    private static void send(
            OtlpDestination destination, List<Event> events, OtlpDouble minded, int times)
            throws InterruptedException {
        for (int i = 0; i < times; i++) {
            if (!(destination.send(events) instanceof Sent.Delivered)) {
                throw new IllegalStateException("not delivered");
            }
            minded.traces().clear();
            minded.metrics().clear();
            minded.heads().clear();
        }
    }

    /** What a call does: reads the field, and writes one for its attempt. */
    private static void trace(String what, Headers headers) {
        long kept = 0;
        long began = System.nanoTime();
        for (int i = 0; i < LOOPS; i++) {
            UUID id = new UUID(7, i);
            TraceContext context = TraceContext.of(headers, id);
            kept += context.traceparent(TraceContext.spanId(id, 1)).charAt(40);
        }
        System.out.printf(
                "%s: %.0f ns a call (%d)%n",
                what, (System.nanoTime() - began) / (double) LOOPS, kept % 10);
    }

    private static Headers headers(boolean traced) {
        Headers usual =
                Headers.of(
                        "host", "127.0.0.1:8080",
                        "authorization", "Bearer weir-app-x",
                        "content-type", "application/json",
                        "accept", "application/json",
                        "user-agent", "OpenAI/Python 1.99.0",
                        "x-stainless-lang", "python",
                        "x-stainless-package-version", "1.99.0",
                        "x-stainless-os", "Linux",
                        "x-stainless-arch", "x64",
                        "x-stainless-runtime", "CPython",
                        "x-stainless-retry-count", "0",
                        "content-length", "412");
        return traced
                ? usual.and(
                        "traceparent", "00-" + TracedCalls.TRACE + "-" + TracedCalls.PARENT + "-01")
                : usual;
    }
}
