package io.weir.wire;

import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * An error in OpenAI's form: {@code {"error":{"message","type","param","code"}}}.
 *
 * @param status the HTTP status it travels with, 400 to 599
 * @param type the class, {@code invalid_request_error} for instance
 * @param code the machine's word for it; this is what a report counts
 * @param param the request's field at fault
 * @param message a sentence that tells its reader what to do
 * @see <a href="https://platform.openai.com/docs/guides/error-codes">OpenAI's error codes</a>
 */
public record ApiError(
        int status, String type, @Nullable String code, @Nullable String param, String message) {
    public ApiError {
        if (status < 400 || status > 599) {
            throw new IllegalArgumentException("an error's status is 400 to 599, not " + status);
        }
    }

    /** An error about no particular field. */
    public static ApiError of(int status, String type, String code, String message) {
        return new ApiError(status, type, code, null, message);
    }

    /** The body, UTF-8. */
    public byte[] json() {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = Json.FACTORY.createGenerator(Json.WRITE, text)) {
            out.writeStartObject();
            out.writeName("error");
            out.writeStartObject();
            out.writeStringProperty("message", message);
            out.writeStringProperty("type", type);
            writeOrNull(out, "param", param);
            writeOrNull(out, "code", code);
            out.writeEndObject();
            out.writeEndObject();
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void writeOrNull(JsonGenerator out, String name, @Nullable String value) {
        if (value == null) {
            out.writeNullProperty(name);
        } else {
            out.writeStringProperty(name, value);
        }
    }
}
