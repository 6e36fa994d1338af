package io.weir.export.otlp;

import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.logs.v1.SeverityNumber;
import io.opentelemetry.proto.resource.v1.Resource;
import io.weir.call.CallRecord;
import io.weir.export.Event;
import java.util.List;

/** Failed calls as log records: an error, or a warning where it is the client's own. */
final class Logs {
    private Logs() {}

    static ExportLogsServiceRequest request(
            List<Event> events, Resource resource, InstrumentationScope scope) {
        ScopeLogs.Builder logs = ScopeLogs.newBuilder().setScope(scope);
        events.stream()
                .filter(event -> event.call().answer().failed())
                .map(Logs::log)
                .forEach(logs::addLogRecords);
        return ExportLogsServiceRequest.newBuilder()
                .addResourceLogs(ResourceLogs.newBuilder().setResource(resource).addScopeLogs(logs))
                .build();
    }

    private static LogRecord log(Event event) {
        CallRecord call = event.call();
        Place place = Place.of(call);
        boolean warning = Failure.isTheClients(call.answer());
        long ended = Place.nanos(call, call.moments().closed());
        return LogRecord.newBuilder()
                .setTimeUnixNano(ended)
                .setObservedTimeUnixNano(ended)
                .setSeverityNumber(
                        warning
                                ? SeverityNumber.SEVERITY_NUMBER_WARN
                                : SeverityNumber.SEVERITY_NUMBER_ERROR)
                .setSeverityText(warning ? "WARN" : "ERROR")
                .setBody(AnyValue.newBuilder().setStringValue(Failure.sentence(event)))
                .setTraceId(place.trace())
                .setSpanId(place.span())
                .setFlags(place.flags())
                .addAllAttributes(CallAttributes.of(event))
                .build();
    }
}
