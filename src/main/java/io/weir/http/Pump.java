package io.weir.http;

import java.io.IOException;
import java.io.OutputStream;

/** Writes the body of an answer, piece by piece. */
@FunctionalInterface
public interface Pump {
    /**
     * Writes and flushes until the body is complete.
     *
     * @param out the client's side
     * @throws IOException when the client cannot be written to
     */
    void pump(OutputStream out) throws IOException;
}
