package io.weir.export;

import java.io.IOException;

/** No answer that can be used. Its message holds no secret and nothing that the other side said. */
final class HttpFailure extends IOException {
    private static final long serialVersionUID = 1L;

    HttpFailure(String message) {
        super(message);
    }
}
