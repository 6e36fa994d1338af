package io.weir.export;

import java.nio.ByteBuffer;
import java.util.List;

/** Bodies of many events, in an array of just their size. */
final class Bodies {
    private Bodies() {}

    /** A line for each event. */
    static byte[] lines(List<Event> events) {
        ByteBuffer body = ByteBuffer.allocate(jsonBytes(events) + events.size());
        for (Event event : events) {
            body.put(event.json()).put((byte) '\n');
        }
        return body.array();
    }

    /** One array of all. */
    static byte[] array(List<Event> events) {
        ByteBuffer body = ByteBuffer.allocate(jsonBytes(events) + events.size() + 1);
        char before = '[';
        for (Event event : events) {
            body.put((byte) before).put(event.json());
            before = ',';
        }
        return body.put((byte) ']').array();
    }

    /** How long their JSON is together. */
    static int jsonBytes(List<Event> events) {
        int bytes = 0;
        for (Event event : events) {
            bytes += event.json().length;
        }
        return bytes;
    }
}
