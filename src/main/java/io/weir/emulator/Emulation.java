package io.weir.emulator;

import io.weir.wire.Headers;
import java.time.Duration;
import java.util.Iterator;

/**
 * What to send back, and when: a script for whoever serves it. Nothing here sleeps or writes.
 *
 * @param beforeHead the wait before the status line
 * @param headers without Content-Length, Transfer-Encoding and Date: those are the server's
 */
public record Emulation(int status, Headers headers, Duration beforeHead, Body body) {
    /** The body of an answer. */
    public sealed interface Body {}

    /** A body that is sent at once, with its length. */
    @SuppressWarnings("ArrayRecordComponent") // sent once and never compared
    public record Whole(byte[] bytes) implements Body {}

    /**
     * A body that promises more bytes than come.
     *
     * @param promisedBytes the Content-Length to send, more than {@code bytes} has
     * @param end how the connection goes on after the bytes; never {@link Clean}
     */
    @SuppressWarnings("ArrayRecordComponent") // sent once and never compared
    public record Torn(byte[] bytes, int promisedBytes, End end) implements Body {}

    /**
     * A body sent in chunks, each flushed. The steps are made as they are asked for, by one thread.
     *
     * @param end how it goes on after the last step
     */
    public record Stream(Iterator<Step> steps, End end) implements Body {}

    /** Bytes to send and flush, after a wait. */
    @SuppressWarnings("ArrayRecordComponent") // sent once and never compared
    public record Step(Duration before, byte[] bytes) {}

    /** What follows the last byte. */
    public sealed interface End {}

    /** The body ends as HTTP says it should. */
    public record Clean() implements End {}

    /** The connection is cut, without the terminating chunk or the promised bytes. */
    public record Dropped() implements End {}

    /** Nothing is sent for so long, or until the client goes; then the connection is cut. */
    public record Stalled(Duration silence) implements End {}
}
