package io.weir.export;

import io.weir.wire.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import tools.jackson.databind.JsonNode;

/**
 * An event as RFC 5424 writes it: header, structured data, and the event's JSON.
 *
 * <p>The JSON is written in ASCII, with everything else escaped as JSON can. RFC 5424 asks for a
 * byte order mark before other text, and receivers keep that as part of the message, where it is no
 * JSON any more; and no receiver can take a control character for the end of a message.
 */
final class SyslogMessage {
    private static final int ERROR = 3;
    private static final int WARNING = 4;
    private static final int INFORMATIONAL = 6;

    /** Of a value in the structured data; all of it is in the JSON. */
    private static final int VALUE_CHARACTERS = 200;

    private final SyslogSettings settings;

    SyslogMessage(SyslogSettings settings) {
        this.settings = settings;
    }

    /** The message of an event, without a frame. */
    byte[] of(Event event) {
        JsonNode call = Json.MAPPER.readTree(event.json());
        StringBuilder message = new StringBuilder(event.json().length + 300);
        int priority = settings.facilityCode() * 8 + severity(call);
        message.append('<').append(priority).append(">1 ").append(time(event.time()));
        message.append(' ').append(settings.hostname()).append(' ').append(settings.appName());
        message.append(" - call [").append(settings.dataId());
        value(message, "id", event.callId().toString());
        value(message, "model", text(call, "request_model"));
        value(message, "status", text(call, "status"));
        value(message, "error_type", text(call, "error_type"));
        message.append("] ");
        ascii(message, new String(event.json(), StandardCharsets.UTF_8));
        return message.toString().getBytes(StandardCharsets.UTF_8);
    }

    private int severity(JsonNode call) {
        int status = field(call, "status").asInt(0);
        return switch (text(call, "outcome")) {
            case "upstream_failed", "deadline_passed", "interrupted" -> ERROR;
            case "refused", "client_gone" -> status >= 500 ? ERROR : WARNING;
            default -> status >= 500 ? ERROR : status >= 400 ? WARNING : INFORMATIONAL;
        };
    }

    private String text(JsonNode call, String name) {
        JsonNode field = field(call, name);
        return field.isValueNode() ? field.asString("") : "";
    }

    private JsonNode field(JsonNode call, String name) {
        return call.path(settings.renamed().getOrDefault(name, name));
    }

    /** RFC 3339 with microseconds, which are the finest that RFC 5424 has. */
    private static String time(Instant time) {
        return time.truncatedTo(ChronoUnit.MICROS).toString();
    }

    private static void value(StringBuilder message, String name, String value) {
        if (value.isEmpty()) {
            return;
        }
        message.append(' ').append(name).append("=\"");
        value.codePoints()
                .limit(VALUE_CHARACTERS)
                .forEach(character -> {
                    if (character == '"' || character == '\\' || character == ']') {
                        message.append('\\');
                    }
                    message.appendCodePoint(fit(character) ? character : '?');
                });
        message.append('"');
    }

    private static boolean fit(int character) {
        return !Character.isISOControl(character)
                && Character.getType(character) != Character.SURROGATE;
    }

    private static void ascii(StringBuilder message, String json) {
        for (int i = 0; i < json.length(); i++) {
            char character = json.charAt(i);
            if (character < 0x7f) {
                message.append(character);
            } else {
                message.append("\\u%04x".formatted((int) character));
            }
        }
    }
}
