package io.weir.upstream;

import io.weir.call.Outcome;
import io.weir.call.Source;
import io.weir.call.UpstreamFailure;

/** What was read of an answer already, then the rest of it. Owned by the thread that relays it. */
final class ResumedSource implements Source {
    private final byte[] begin;
    private final Source rest;
    private int at;

    /** Gives {@code begin}, then {@code rest}. */
    ResumedSource(byte[] begin, Source rest) {
        this.begin = begin;
        this.rest = rest;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws UpstreamFailure {
        if (at == begin.length) {
            return rest.read(into, offset, length);
        }
        int taken = Math.min(length, begin.length - at);
        System.arraycopy(begin, at, into, offset, taken);
        at += taken;
        return taken;
    }

    @Override
    public boolean complete() {
        return at == begin.length && rest.complete();
    }

    @Override
    public void close(Outcome why) {
        rest.close(why);
    }
}
