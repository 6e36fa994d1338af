package io.weir.export.otlp;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Duration;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsPartialSuccess;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.ExportTracePartialSuccess;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import io.weir.outbound.Troubles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What an OTLP server has and how it is minded, whichever protocol it is reached by. */
public final class OtlpDouble {
    static final String TOKEN = "0tlp-s3cret";

    private final Troubles<Trouble> troubles = new Troubles<>();
    private final List<ExportTraceServiceRequest> traces = new CopyOnWriteArrayList<>();
    private final List<ExportLogsServiceRequest> logs = new CopyOnWriteArrayList<>();
    private final List<ExportMetricsServiceRequest> metrics = new CopyOnWriteArrayList<>();
    private final List<Map<String, String>> heads = new CopyOnWriteArrayList<>();
    private final Consumer<ExportTraceServiceRequest> taken;
    private volatile Predicate<Span> dislikes = span -> false;

    /** What may go wrong, as HTTP's status and gRPC's. */
    public enum Trouble {
        BUSY(429, 14),
        BAD_GATEWAY(502, 1),
        UNAVAILABLE(503, 14),
        TIMED_OUT(504, 4),
        EXHAUSTED(429, 8),
        INTERNAL(500, 13),
        UNAUTHENTICATED(401, 16),
        FORBIDDEN(403, 7),
        NOT_FOUND(404, 12),
        TOO_LARGE(413, 3),
        PARTIAL(200, 0),
        /** Takes what it is sent, and the connection ends before its answer. */
        CUT(0, -1),
        /** Takes what it is sent, and never answers. */
        HELD(0, -1),
        /** Never answers. */
        SILENT(0, -1);

        final int http;
        final int grpc;

        Trouble(int http, int grpc) {
            this.http = http;
            this.grpc = grpc;
        }

        boolean refuses() {
            return http >= 400;
        }

        /** Whether it says how long it wants to be left alone. */
        boolean asksToWait() {
            return this == BUSY || this == EXHAUSTED || this == UNAVAILABLE;
        }
    }

    /** Remembers what it has. */
    public OtlpDouble() {
        taken = traces::add;
    }

    /** Remembers no trace, and tells the calls that it was sent. */
    public OtlpDouble(Consumer<UUID> taken) {
        this.taken = request -> calls(spansOf(request)).forEach(taken);
    }

    /** The next requests go so, in this order. */
    void next(Trouble... next) {
        troubles.next(List.of(next));
    }

    /** From now on all requests go so; well where it is null. */
    public void lasting(@Nullable Trouble trouble) {
        troubles.lasting(trouble);
    }

    @Nullable Trouble trouble() {
        return troubles.poll();
    }

    /** From now on it will never take a batch with such a span in it. */
    void dislikes(Predicate<Span> span) {
        dislikes = span;
    }

    List<ExportTraceServiceRequest> traces() {
        return traces;
    }

    List<ExportLogsServiceRequest> logs() {
        return logs;
    }

    List<ExportMetricsServiceRequest> metrics() {
        return metrics;
    }

    /** All that it was sent, in the form that Protocol Buffers have for people. */
    public String sent() {
        return "%s %s %s %s".formatted(heads, traces, logs, metrics);
    }

    /** The heads of requests, their names in lower case. */
    List<Map<String, String>> heads() {
        return heads;
    }

    List<Span> spans() {
        return traces.stream().flatMap(OtlpDouble::spansOf).toList();
    }

    /** The calls whose spans it has, in order. */
    List<UUID> calls() {
        return calls(spans().stream()).toList();
    }

    private static Stream<UUID> calls(Stream<Span> spans) {
        return spans.flatMap(span -> text(span.getAttributesList(), "weir.call.id"))
                .map(UUID::fromString);
    }

    static Stream<String> text(List<KeyValue> attributes, String key) {
        return attributes.stream()
                .filter(each -> each.getKey().equals(key))
                .map(each -> each.getValue().getStringValue());
    }

    /** Takes a message; whether it is to its taste. */
    boolean take(Signal signal, byte[] message) throws InvalidProtocolBufferException {
        switch (signal) {
            case TRACES -> {
                ExportTraceServiceRequest request = ExportTraceServiceRequest.parseFrom(message);
                if (spansOf(request).anyMatch(dislikes)) {
                    return false;
                }
                taken.accept(request);
            }
            case LOGS -> logs.add(ExportLogsServiceRequest.parseFrom(message));
            case METRICS -> metrics.add(ExportMetricsServiceRequest.parseFrom(message));
        }
        return true;
    }

    /** The answer to what was taken, in part or whole. */
    static MessageLite answer(Signal signal, boolean partial) {
        return switch (signal) {
            case TRACES ->
                    partial
                            ? ExportTraceServiceResponse.newBuilder()
                                    .setPartialSuccess(
                                            ExportTracePartialSuccess.newBuilder()
                                                    .setRejectedSpans(2)
                                                    .setErrorMessage("too\nold"))
                                    .build()
                            : ExportTraceServiceResponse.getDefaultInstance();
            case LOGS ->
                    partial
                            ? ExportLogsServiceResponse.newBuilder()
                                    .setPartialSuccess(
                                            ExportLogsPartialSuccess.newBuilder()
                                                    .setRejectedLogRecords(1))
                                    .build()
                            : ExportLogsServiceResponse.getDefaultInstance();
            case METRICS -> ExportMetricsServiceResponse.getDefaultInstance();
        };
    }

    /** A {@code google.rpc.Status} that asks for 7 seconds. */
    static byte[] waitSevenSeconds() {
        byte[] retryInfo = member(1, Duration.newBuilder().setSeconds(7).build());
        Any detail =
                Any.newBuilder()
                        .setTypeUrl("type.googleapis.com/google.rpc.RetryInfo")
                        .setValue(ByteString.copyFrom(retryInfo))
                        .build();
        return member(3, detail);
    }

    private static byte[] member(int number, MessageLite message) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        try {
            out.writeMessage(number, message);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static Stream<Span> spansOf(ExportTraceServiceRequest request) {
        return request.getResourceSpansList().stream()
                .flatMap(each -> each.getScopeSpansList().stream())
                .flatMap(each -> each.getSpansList().stream());
    }
}
