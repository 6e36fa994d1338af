package io.weir.export.otlp;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.SpanFlags;
import io.opentelemetry.proto.trace.v1.Status;
import io.weir.call.Attempt;
import io.weir.call.CallRecord;
import io.weir.export.Event;
import java.util.List;

/**
 * Calls as spans: the call is a span of Weir's as a server, each attempt below it one of Weir's as
 * a client. Tokens and money are on the call's alone, so that sums over spans are right.
 */
final class Spans {
    private Spans() {}

    static ExportTraceServiceRequest request(
            List<Event> events, Resource resource, InstrumentationScope scope) {
        ScopeSpans.Builder spans = ScopeSpans.newBuilder().setScope(scope);
        for (Event event : events) {
            Place place = Place.of(event.call());
            spans.addSpans(call(event, place));
            if (event.fields().sends("attempts")) {
                event.call()
                        .attempts()
                        .forEach(attempt -> spans.addSpans(attempt(event, place, attempt)));
            }
        }
        return ExportTraceServiceRequest.newBuilder()
                .addResourceSpans(
                        ResourceSpans.newBuilder().setResource(resource).addScopeSpans(spans))
                .build();
    }

    private static Span call(Event event, Place place) {
        CallRecord call = event.call();
        Span.Builder span =
                Span.newBuilder()
                        .setTraceId(place.trace())
                        .setSpanId(place.span())
                        .setName(name(event))
                        .setKind(Span.SpanKind.SPAN_KIND_SERVER)
                        .setStartTimeUnixNano(Place.nanos(call, 0))
                        .setEndTimeUnixNano(Place.nanos(call, call.moments().closed()))
                        .addAllAttributes(CallAttributes.of(event));
        int remote = SpanFlags.SPAN_FLAGS_CONTEXT_HAS_IS_REMOTE_MASK_VALUE;
        if (place.parent() != null) {
            span.setParentSpanId(place.parent());
            remote |= SpanFlags.SPAN_FLAGS_CONTEXT_IS_REMOTE_MASK_VALUE;
        }
        if (call.answer().failed() && !Failure.isTheClients(call.answer())) {
            span.setStatus(error(Failure.sentence(event)));
        }
        return span.setFlags(place.flags() | remote).build();
    }

    private static Span attempt(Event event, Place place, Attempt attempt) {
        CallRecord call = event.call();
        long ended = attempt.endedMicros() < 0 ? call.moments().closed() : attempt.endedMicros();
        Span.Builder span =
                Span.newBuilder()
                        .setTraceId(place.trace())
                        .setParentSpanId(place.span())
                        .setSpanId(Place.attempt(call, attempt.number()))
                        .setName(name(event))
                        .setKind(Span.SpanKind.SPAN_KIND_CLIENT)
                        .setStartTimeUnixNano(Place.nanos(call, attempt.startedMicros()))
                        .setEndTimeUnixNano(
                                Place.nanos(call, Math.max(ended, attempt.startedMicros())))
                        .setFlags(
                                place.flags()
                                        | SpanFlags.SPAN_FLAGS_CONTEXT_HAS_IS_REMOTE_MASK_VALUE)
                        .addAllAttributes(CallAttributes.of(event, attempt));
        String type = Failure.type(attempt);
        return type == null ? span.build() : span.setStatus(error(type)).build();
    }

    /** {@code {gen_ai.operation.name} {gen_ai.request.model}}, as the convention wants it. */
    private static String name(Event event) {
        CallRecord.Request request = event.call().request();
        String operation = request.operation().isEmpty() ? "other" : request.operation();
        return request.model() == null || !event.fields().sends("request_model")
                ? operation
                : operation + " " + request.model();
    }

    private static Status error(String message) {
        return Status.newBuilder()
                .setCode(Status.StatusCode.STATUS_CODE_ERROR)
                .setMessage(message)
                .build();
    }
}
