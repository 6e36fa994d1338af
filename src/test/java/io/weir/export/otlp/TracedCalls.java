package io.weir.export.otlp;

import io.weir.call.CallRecord;
import io.weir.call.CallRecordJson;
import io.weir.call.CallRecords;
import io.weir.call.TraceContext;
import io.weir.export.Event;
import io.weir.export.Fields;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/** Events of calls that somebody traces. */
final class TracedCalls {
    static final Instant RECEIVED = Instant.parse("2026-11-22T01:02:03.000004Z");
    static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    static final String PARENT = "00f067aa0ba902b7";

    private TracedCalls() {}

    static List<Event> of(int first, int count) {
        return IntStream.range(first, first + count)
                .mapToObj(number -> event(number, call(number).build()))
                .toList();
    }

    static List<UUID> ids(List<Event> events) {
        return events.stream().map(Event::callId).toList();
    }

    /** A call that goes well. */
    static CallRecords call(int number) {
        UUID id = CallRecords.id(RECEIVED, number);
        return CallRecords.at(RECEIVED, number)
                .trace(new TraceContext(TRACE, PARENT, TraceContext.spanId(id, 0), 1));
    }

    static Event event(int sequence, CallRecord call) {
        return event(sequence, call, Fields.ALL);
    }

    static Event event(int sequence, CallRecord call, Fields fields) {
        return new Event(sequence, call, fields, CallRecordJson.write(call));
    }
}
