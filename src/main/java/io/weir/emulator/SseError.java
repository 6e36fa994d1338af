package io.weir.emulator;

import java.nio.charset.StandardCharsets;

/** Events that say a stream has failed, as recorded from the API. */
final class SseError {
    private static final String MESSAGE =
            "The server had an error processing your request. Sorry about that! (Emulated: the"
                    + " stream ends here.)";

    private SseError() {}

    /** In chat completions and completions: an {@code error} object where a chunk would be. */
    static byte[] chat() {
        return ("data: {\"error\":{\"message\":\""
                        + MESSAGE
                        + "\",\"type\":\"server_error\",\"param\":null,\"code\":\"server_error\"}}\n\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    /** In the Responses API: an event of its own. */
    static byte[] responses(int sequenceNumber) {
        return ("event: error\ndata: {\"type\":\"error\",\"code\":\"server_error\",\"message\":\""
                        + MESSAGE
                        + "\",\"param\":null,\"sequence_number\":"
                        + sequenceNumber
                        + "}\n\n")
                .getBytes(StandardCharsets.UTF_8);
    }
}
