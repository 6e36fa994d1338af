package io.weir.export;

import io.weir.call.CallRecord;
import io.weir.call.CallRecords;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/** Events as a runner hands them to a destination. */
final class Events {
    private Events() {}

    static List<Event> of(int first, int count) {
        return IntStream.range(first, first + count).mapToObj(Events::event).toList();
    }

    static List<UUID> ids(List<Event> events) {
        return events.stream().map(Event::callId).toList();
    }

    /** Sends until it is delivered; how often that took. */
    static int untilDelivered(Destination destination, List<Event> events)
            throws InterruptedException {
        for (int times = 1; times <= 20; times++) {
            if (destination.send(events) instanceof Sent.Delivered) {
                return times;
            }
        }
        throw new AssertionError("not delivered in 20 times");
    }

    private static Event event(int number) {
        UUID id = new UUID(7, number);
        String json =
                "{\"id\":\"%s\",\"model\":\"gpt-5 \\u00fc ü\",\"n\":%d}".formatted(id, number);
        return with(number, json);
    }

    /** One with that text, whatever its call is. */
    static Event with(int number, String json) {
        Instant time = Instant.ofEpochSecond(1_790_000_000L + number, 120_345_678);
        return with(number, new UUID(7, number), time, json);
    }

    /** The same of a call of that id and time. */
    static Event with(int number, UUID id, Instant time, String json) {
        CallRecord call = CallRecords.at(time, number).id(id).build();
        return new Event(number, call, Fields.ALL, json.getBytes(StandardCharsets.UTF_8));
    }
}
