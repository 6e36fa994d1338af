package io.weir.call;

import java.io.IOException;

/** The client cannot be read from or written to any more. */
public final class ClientGoneException extends IOException {
    private static final long serialVersionUID = 1L;

    /** With what the socket said. */
    public ClientGoneException(IOException cause) {
        super("the client has gone: " + cause.getMessage(), cause);
    }
}
