package io.weir.export;

import io.weir.call.CallRecord;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

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

    /** About as many are before an event's JSON, with what frames it. */
    static final int HEADER_BYTES = 300;

    private static final int DELETE = 0x7f;

    /** Of a value in the structured data; all of it is in the JSON. */
    private static final int VALUE_CHARACTERS = 200;

    private final SyslogSettings settings;

    SyslogMessage(SyslogSettings settings) {
        this.settings = settings;
    }

    /** The message of an event, without a frame. */
    byte[] of(Event event) {
        CallRecord call = event.call();
        StringBuilder message = new StringBuilder(HEADER_BYTES);
        int priority = settings.facilityCode() * 8 + severity(event);
        message.append('<').append(priority).append(">1 ").append(time(event.time()));
        message.append(' ').append(settings.hostname()).append(' ').append(settings.appName());
        message.append(" - call [").append(settings.dataId());
        value(message, "id", event.callId().toString());
        value(message, "model", sent(event, "request_model", call.request().model()));
        value(message, "status", sent(event, "status", Integer.toString(call.answer().status())));
        value(message, "error_type", sent(event, "error_type", call.answer().errorType()));
        message.append("] ");
        byte[] header = message.toString().getBytes(StandardCharsets.UTF_8);
        byte[] json = ascii(event.json());
        return ByteBuffer.allocate(header.length + json.length).put(header).put(json).array();
    }

    private static int severity(Event event) {
        CallRecord.Answer answer = event.call().answer();
        int status = event.fields().sends("status") ? answer.status() : 0;
        return switch (sent(event, "outcome", answer.outcome())) {
            case "upstream_failed", "deadline_passed", "interrupted" -> ERROR;
            case "refused", "client_gone" -> status >= 500 ? ERROR : WARNING;
            default -> status >= 500 ? ERROR : status >= 400 ? WARNING : INFORMATIONAL;
        };
    }

    /** A field's value; empty where there is none, or it may not be sent. */
    private static String sent(Event event, String field, @Nullable String value) {
        return value == null || !event.fields().sends(field) ? "" : value;
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

    /** The same array where there is nothing to escape. */
    private static byte[] ascii(byte[] json) {
        for (byte each : json) {
            if (each < 0 || each == DELETE) {
                return escaped(new String(json, StandardCharsets.UTF_8));
            }
        }
        return json;
    }

    private static byte[] escaped(String json) {
        StringBuilder ascii = new StringBuilder(json.length() * 2);
        for (int i = 0; i < json.length(); i++) {
            char character = json.charAt(i);
            if (character < DELETE) {
                ascii.append(character);
            } else {
                ascii.append("\\u%04x".formatted((int) character));
            }
        }
        return ascii.toString().getBytes(StandardCharsets.US_ASCII);
    }
}
