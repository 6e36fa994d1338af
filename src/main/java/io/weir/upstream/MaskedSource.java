package io.weir.upstream;

import io.weir.call.Outcome;
import io.weir.call.Source;
import io.weir.call.UpstreamFailure;

/**
 * An answer that is masked while it passes. Bytes that may be the key's beginning wait until what
 * follows tells; being the key's own, they need no place to wait in. Owned by the thread that
 * relays it.
 */
final class MaskedSource implements Source {
    private final Source inner;
    private final KeyMask mask;
    private Piece waiting = Piece.NONE;
    private int held;

    /** Bytes that were asked for in pieces shorter than the key, and wait for the next. */
    private record Piece(byte[] bytes, int start, int end) {
        static final Piece NONE = new Piece(new byte[0], 0, 0);

        boolean isEmpty() {
            return start == end;
        }

        int take(byte[] into, int offset, int length) {
            int taken = Math.min(length, end - start);
            System.arraycopy(bytes, start, into, offset, taken);
            return taken;
        }

        Piece behind(int taken) {
            return start + taken == end ? NONE : new Piece(bytes, start + taken, end);
        }
    }

    /** Hides the key in what {@code inner} says. */
    MaskedSource(Source inner, KeyMask mask) {
        this.inner = inner;
        this.mask = mask;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws UpstreamFailure {
        int longest = mask.pattern().length();
        if (waiting.isEmpty() && length > longest) {
            return masked(into, offset, length);
        }
        if (waiting.isEmpty()) {
            byte[] wide = new byte[2 * longest];
            int read = masked(wide, 0, wide.length);
            if (read < 0) {
                return -1;
            }
            waiting = new Piece(wide, 0, read);
        }
        int taken = waiting.take(into, offset, length);
        waiting = waiting.behind(taken);
        return taken;
    }

    /** Masks in place, in a piece that is longer than the key. */
    private int masked(byte[] into, int offset, int length) throws UpstreamFailure {
        int given = 0;
        boolean ended = false;
        while (given == 0 && !ended) {
            mask.pattern().copyBegin(held, into, offset);
            int read = inner.read(into, offset + held, length - held);
            int end = offset + held + Math.max(0, read);
            ended = read < 0 || inner.complete();
            mask.hide(into, offset, end);
            held = ended ? 0 : mask.pattern().begunAtEnd(into, offset, end);
            given = end - offset - held;
        }
        return given == 0 ? -1 : given;
    }

    @Override
    public boolean complete() {
        return waiting.isEmpty() && held == 0 && inner.complete();
    }

    @Override
    public void close(Outcome why) {
        inner.close(why);
    }
}
