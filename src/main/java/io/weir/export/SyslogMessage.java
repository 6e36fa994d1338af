package io.weir.export;

import io.weir.call.CallRecord;
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

    /** Of a value in the structured data; all of it is in the JSON. */
    private static final int VALUE_CHARACTERS = 200;

    private final SyslogSettings settings;

    SyslogMessage(SyslogSettings settings) {
        this.settings = settings;
    }

    /** The message of an event, without a frame. */
    byte[] of(Event event) {
        CallRecord call = event.call();
        StringBuilder message = new StringBuilder(event.json().length + 300);
        int priority = settings.facilityCode() * 8 + severity(event);
        message.append('<').append(priority).append(">1 ").append(time(event.time()));
        message.append(' ').append(settings.hostname()).append(' ').append(settings.appName());
        message.append(" - call [").append(settings.dataId());
        value(message, "id", event.callId().toString());
        value(message, "model", sent(event, "request_model", call.request().model()));
        value(message, "status", sent(event, "status", Integer.toString(call.answer().status())));
        value(message, "error_type", sent(event, "error_type", call.answer().errorType()));
        message.append("] ");
        ascii(message, new String(event.json(), StandardCharsets.UTF_8));
        return message.toString().getBytes(StandardCharsets.UTF_8);
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
