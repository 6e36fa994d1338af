package io.weir.emulator;

import io.weir.wire.Json;
import java.io.ByteArrayOutputStream;
import java.io.StringWriter;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.io.JsonStringEncoder;

/** Writes JSON as UTF-8 bytes or as text, without a tree. */
final class JsonText {
    private static final int TYPICAL_BYTES = 2_048;

    private JsonText() {}

    /** The bytes of what {@code content} writes. */
    static byte[] bytes(Consumer<JsonGenerator> content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(TYPICAL_BYTES);
        try (JsonGenerator out = Json.FACTORY.createGenerator(Json.WRITE, bytes)) {
            content.accept(out);
        }
        return bytes.toByteArray();
    }

    /** The text of what {@code content} writes. */
    static String text(Consumer<JsonGenerator> content) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = Json.FACTORY.createGenerator(Json.WRITE, text)) {
            content.accept(out);
        }
        return text.toString();
    }

    /** The string as JSON, with its quotes. */
    static String quoted(String text) {
        StringBuilder out = new StringBuilder(text.length() + 8).append('"');
        JsonStringEncoder.getInstance().quoteAsString(text, out);
        return out.append('"').toString();
    }
}
