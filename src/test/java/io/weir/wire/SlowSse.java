package io.weir.wire;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Finds events the slow and obvious way, after HTML's section 9.2.6: the model of the splitter. */
final class SlowSse {
    private SlowSse() {}

    /** The events with data; what is left behind the last blank line is dropped. */
    static List<SseEvent> events(byte[] stream) {
        String text = new String(stream, StandardCharsets.UTF_8);
        if (text.startsWith("\uFEFF")) {
            text = text.substring(1);
        }
        String[] lines = text.replace("\r\n", "\n").replace('\r', '\n').split("\n", -1);
        List<SseEvent> events = new ArrayList<>();
        List<String> data = new ArrayList<>();
        String name = "";
        String id = "";
        for (int i = 0; i < lines.length - 1; i++) {
            String line = lines[i];
            if (line.isEmpty()) {
                if (!data.isEmpty()) {
                    events.add(new SseEvent(name, String.join("\n", data), id));
                }
                data.clear();
                name = "";
                id = "";
                continue;
            }
            int colon = line.indexOf(':');
            String field = colon < 0 ? line : line.substring(0, colon);
            String value = colon < 0 ? "" : line.substring(colon + 1);
            value = value.startsWith(" ") ? value.substring(1) : value;
            switch (field) {
                case "data" -> data.add(value);
                case "event" -> name = value;
                case "id" -> id = value;
                default -> {}
            }
        }
        return events;
    }
}
