package io.weir.http;

import io.weir.call.ClientGoneException;
import io.weir.wire.Headers;

/** Knows those who have logged in to the dashboard, by what their browsers send. */
public interface Door {
    /** Whether a route of that access, one of the two with a session, is open to them. */
    boolean admits(Headers headers, Access access);

    /** Answers somebody who was not admitted. */
    void turnAway(Exchange exchange) throws ClientGoneException;
}
