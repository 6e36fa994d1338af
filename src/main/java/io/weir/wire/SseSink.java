package io.weir.wire;

/**
 * What a splitter finds. Every byte it was fed comes out of exactly one of these, in order, so a
 * sink that relays what it is given relays the stream.
 */
public interface SseSink {
    /** A whole event. */
    void event(SseFrame frame);

    /** A piece of an event that is larger than the bound; it is not read. */
    void oversized(byte[] buffer, int start, int end);

    /** What stood behind the last whole event when the stream ended. */
    void incomplete(SseFrame frame);
}
