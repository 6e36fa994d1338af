package io.weir.web;

import java.io.IOException;

/**
 * Makes calls through the gateway's own front door, with its own key: they are checked, limited,
 * measured and recorded like anybody's.
 */
@FunctionalInterface
public interface OwnCalls {
    /**
     * What came back.
     *
     * @param callId of the record; empty where there is none
     */
    record Answered(int status, String callId, String body) {}

    /**
     * Posts JSON to a path under {@code /v1/} and waits for the whole answer.
     *
     * @throws IOException when the gateway does not answer
     */
    Answered post(String path, String json) throws IOException, InterruptedException;
}
