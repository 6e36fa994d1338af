package io.weir.call;

/**
 * How long a call was in each phase, in microseconds; together they are its latency. Where a moment
 * never came, its phase lasted until the next that did, or until the call's end: a connection that
 * never came about was being made all the time.
 *
 * @param weir reading the request and letting it through; and making the record at the end
 * @param connecting taking or making a connection to the upstream, failed tries before it included
 * @param sending handing the request to the network
 * @param waiting for the first token, or for the answer's head where it is not streamed
 * @param streaming the answer comes and is relayed
 */
public record Phases(long weir, long connecting, long sending, long waiting, long streaming) {
    /** Of a call that has no end. */
    public static final Phases NONE = new Phases(0, 0, 0, 0, 0);

    /** What they were by the call's moments; {@link #NONE} where it has no end. */
    public static Phases of(Moments at) {
        long end = at.closed();
        if (end < 0) {
            return NONE;
        }
        long last = first(at.lastByte(), end);
        long head = first(at.firstByte(), last);
        long sent = first(at.requestSent(), head);
        long connected = first(at.connected(), sent);
        long admittedAt = within(0, first(at.admitted(), connected), end);
        long connectedAt = within(admittedAt, connected, end);
        long sentAt = within(connectedAt, sent, end);
        long spokenAt = within(sentAt, first(at.firstToken(), head), end);
        long endedAt = within(spokenAt, last, end);
        return new Phases(
                admittedAt + end - endedAt,
                connectedAt - admittedAt,
                sentAt - connectedAt,
                spokenAt - sentAt,
                endedAt - spokenAt);
    }

    /** That moment if it came, else what comes after it. */
    private static long first(long moment, long next) {
        return moment >= 0 ? moment : next;
    }

    /** Not before another moment and not after the call's end. */
    private static long within(long notBefore, long moment, long end) {
        return Math.min(Math.max(moment, notBefore), end);
    }
}
