package io.weir.http;

import io.weir.call.ClientGoneException;

/** Answers requests; called on the connection's own virtual thread, one request at a time. */
@FunctionalInterface
public interface Handler {
    /**
     * Answers one request.
     *
     * @throws ClientGoneException when the client cannot be written to any more
     */
    void handle(Exchange exchange) throws ClientGoneException;
}
