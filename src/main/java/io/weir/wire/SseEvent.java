package io.weir.wire;

import java.nio.charset.StandardCharsets;

/**
 * A server-sent event (HTML Living Standard, section 9.2).
 *
 * @param name its {@code event} field; empty where it has none
 * @param data its {@code data} lines joined by line feeds
 * @param id its {@code id} field; empty where it has none
 */
public record SseEvent(String name, String data, String id) {
    public SseEvent {
        if (breaksLine(name) || breaksLine(id)) {
            throw new IllegalArgumentException(
                    "an event's name and id are one line each, not '" + name + "', '" + id + "'");
        }
    }

    /** An event of data alone. */
    public static SseEvent of(String data) {
        return new SseEvent("", data, "");
    }

    /** An event with a name. */
    public static SseEvent of(String name, String data) {
        return new SseEvent(name, data, "");
    }

    /** The event as it goes on the wire, UTF-8 with line feeds, blank line included. */
    public byte[] bytes() {
        StringBuilder text = new StringBuilder(data.length() + 32);
        if (!name.isEmpty()) {
            text.append("event: ").append(name).append('\n');
        }
        if (!id.isEmpty()) {
            text.append("id: ").append(id).append('\n');
        }
        for (String line : breaksLine(data) ? lines(data) : new String[] {data}) {
            text.append("data: ").append(line).append('\n');
        }
        return text.append('\n').toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String[] lines(String data) {
        return data.replace("\r\n", "\n").replace('\r', '\n').split("\n", -1);
    }

    private static boolean breaksLine(String text) {
        return text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0;
    }
}
