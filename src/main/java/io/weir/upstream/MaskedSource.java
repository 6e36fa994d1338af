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
    private int held;

    /** Hides the key in what {@code inner} says. */
    MaskedSource(Source inner, KeyMask mask) {
        this.inner = inner;
        this.mask = mask;
    }

    /** Takes pieces that are longer than the key. */
    @Override
    public int read(byte[] into, int offset, int length) throws UpstreamFailure {
        if (length <= mask.pattern().length()) {
            throw new IllegalArgumentException(
                    "a piece of %d bytes is no longer than the key".formatted(length));
        }
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
        return held == 0 && inner.complete();
    }

    @Override
    public void close(Outcome why) {
        inner.close(why);
    }
}
