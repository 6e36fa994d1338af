package io.weir.export.otlp;

import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsPartialSuccess;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsPartialSuccess;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.ExportTracePartialSuccess;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What is made of calls, in the order in which it is sent: metrics last, because they are the ones
 * that count twice when a batch is sent twice.
 */
enum Signal {
    TRACES("trace.v1.TraceService", "rejectedSpans") {
        @Override
        Partial partial(byte[] answer) throws InvalidProtocolBufferException {
            ExportTracePartialSuccess partial =
                    ExportTraceServiceResponse.parseFrom(answer).getPartialSuccess();
            return new Partial(partial.getRejectedSpans(), partial.getErrorMessage());
        }
    },
    LOGS("logs.v1.LogsService", "rejectedLogRecords") {
        @Override
        Partial partial(byte[] answer) throws InvalidProtocolBufferException {
            ExportLogsPartialSuccess partial =
                    ExportLogsServiceResponse.parseFrom(answer).getPartialSuccess();
            return new Partial(partial.getRejectedLogRecords(), partial.getErrorMessage());
        }
    },
    METRICS("metrics.v1.MetricsService", "rejectedDataPoints") {
        @Override
        Partial partial(byte[] answer) throws InvalidProtocolBufferException {
            ExportMetricsPartialSuccess partial =
                    ExportMetricsServiceResponse.parseFrom(answer).getPartialSuccess();
            return new Partial(partial.getRejectedDataPoints(), partial.getErrorMessage());
        }
    };

    /** What the configuration calls them. */
    static final List<String> WORDS = Arrays.stream(values()).map(Signal::word).toList();

    private final String service;
    private final String rejected;

    Signal(String service, String rejected) {
        this.service = service;
        this.rejected = rejected;
    }

    /**
     * What an answer says was not taken.
     *
     * @param rejected how many things, 0 for none
     * @param message the server's own words; empty where it has none
     */
    record Partial(long rejected, String message) {}

    /** The partial success of an answer, all of it zero where there is none. */
    abstract Partial partial(byte[] answer) throws InvalidProtocolBufferException;

    static Signal of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Below the server's url, over HTTP. */
    String path() {
        return "/v1/" + word();
    }

    /** The method, over gRPC. */
    String method() {
        return "/opentelemetry.proto.collector." + service + "/Export";
    }

    /** What JSON calls the count of what was not taken. */
    String rejectedName() {
        return rejected;
    }
}
