package io.weir.admin;

import io.weir.http.Exchange;
import io.weir.wire.Json;
import java.io.IOException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** The JSON that the admin API is sent. */
final class RequestJson {
    private static final int MOST_BYTES = 65_536;

    private RequestJson() {}

    /**
     * The object in a request's body.
     *
     * @throws IllegalArgumentException where it is none, or too large
     */
    static JsonNode object(Exchange exchange) throws IOException {
        byte[] bytes = exchange.body().readNBytes(MOST_BYTES + 1);
        if (bytes.length > MOST_BYTES) {
            throw new IllegalArgumentException("the body is larger than 64 KiB");
        }
        try {
            JsonNode json = Json.MAPPER.readTree(bytes);
            if (json != null && json.isObject()) {
                return json;
            }
        } catch (JacksonException e) {
            throw new IllegalArgumentException(
                    "the body is not JSON: " + e.getOriginalMessage(), e);
        }
        throw new IllegalArgumentException("the body has to be a JSON object");
    }
}
