package io.weir.cache;

import io.weir.call.CallTrace;
import io.weir.call.Outcome;
import io.weir.call.Source;

/** A kept stream, given again as fast as it is taken. Owned by the thread that relays it. */
final class ReplaySource implements Source {
    private final byte[] body;
    private final long events;
    private final CallTrace trace;
    private int at;

    ReplaySource(byte[] body, long events, CallTrace trace) {
        this.body = body;
        this.events = events;
        this.trace = trace;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
        if (complete()) {
            return -1;
        }
        int given = Math.min(length, body.length - at);
        System.arraycopy(body, at, into, offset, given);
        at += given;
        trace.relayed(at, complete() ? events : 0);
        return given;
    }

    @Override
    public boolean complete() {
        return at == body.length;
    }

    @Override
    public void close(Outcome why) {
        // Nothing is held open.
    }
}
