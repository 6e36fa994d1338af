package io.weir.call;

/**
 * When things happened to a call, in microseconds after it was received; -1 where a moment never
 * came.
 *
 * @param admitted authenticated and let through by every policy
 * @param connected a connection to the answering upstream was there
 * @param requestSent the request's last byte was handed to the network
 * @param firstByte the answer's head was there
 * @param firstToken the first content token of a stream was there; -1 where the answer was not
 *     streamed
 * @param lastByte the answer's last byte came from upstream
 * @param closed the record was made, just before the last byte left for the client
 * @param longestGap the longest silence between two pieces of a stream
 * @param upstream time spent waiting for upstreams, all attempts together
 */
public record Moments(
        long admitted,
        long connected,
        long requestSent,
        long firstByte,
        long firstToken,
        long lastByte,
        long closed,
        long longestGap,
        long upstream) {
    /** Nothing has happened but the call's arrival. */
    public static final Moments NONE = new Moments(-1, -1, -1, -1, -1, -1, -1, -1, 0);

    /** What Weir itself took, in microseconds: everything that was not waiting for an upstream. */
    public long overhead() {
        return closed < 0 ? 0 : Math.max(0, closed - upstream);
    }
}
