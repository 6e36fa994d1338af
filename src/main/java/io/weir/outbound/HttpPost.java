package io.weir.outbound;

import java.util.Map;

/**
 * Something to be posted or put. Path and fields may hold a secret and are not shown.
 *
 * @param path with its query
 * @param fields of the head, beside those that HTTP itself needs
 */
public record HttpPost(String path, Map<String, String> fields, byte[] body) {
    public HttpPost {
        fields = Map.copyOf(fields);
    }

    @Override
    public String toString() {
        return "HttpPost[" + body.length + " bytes]";
    }
}
