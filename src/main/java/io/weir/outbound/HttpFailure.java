package io.weir.outbound;

import java.io.IOException;

/** No answer that can be used. Its message holds no secret and nothing that the other side said. */
public final class HttpFailure extends IOException {
    private static final long serialVersionUID = 1L;

    public HttpFailure(String message) {
        super(message);
    }
}
