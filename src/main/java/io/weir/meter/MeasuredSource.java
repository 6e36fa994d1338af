package io.weir.meter;

import io.weir.call.CallTrace;
import io.weir.call.Outcome;
import io.weir.call.PaceLog;
import io.weir.call.Source;
import io.weir.call.UpstreamFailure;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * An answer that is measured while it passes: moments, sizes, and what its watch reads. Its facts
 * are in the trace before the bytes that complete it are given away. Owned by the thread that
 * relays it.
 */
final class MeasuredSource implements Source {
    private static final int DRAINED_BYTES = 8_192;

    private final Source inner;
    private final AnswerWatch watch;
    private final CallTrace trace;
    private final DrainBounds drain;
    private final int captureBytes;
    private final ByteArrayOutputStream captured = new ByteArrayOutputStream(0);
    private final PaceLog pace = new PaceLog();
    private final Pending pending = new Pending();
    private long lastPieceNanos;
    private long received;
    private long relayed;
    private boolean innerEnded;
    private boolean closed;

    /**
     * A measured answer.
     *
     * @param captureBytes how much of it to keep for the record
     */
    MeasuredSource(
            Source inner, AnswerWatch watch, CallTrace trace, DrainBounds drain, int captureBytes) {
        this.inner = inner;
        this.watch = watch;
        this.trace = trace;
        this.drain = drain;
        this.captureBytes = captureBytes;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws UpstreamFailure {
        int given = pending.take(into, offset, length);
        try {
            while (given == 0 && !innerEnded) {
                given = pull(into, offset, length);
            }
        } catch (UpstreamFailure failure) {
            settle();
            throw failure;
        }
        relayed += given;
        keep(into, offset, given);
        if (complete() || (innerEnded && pending.isEmpty())) {
            settle();
        }
        return given > 0 ? given : -1;
    }

    @Override
    public boolean complete() {
        return pending.isEmpty() && (watch.ended() || inner.complete());
    }

    @Override
    public void close(Outcome why) {
        if (closed) {
            return;
        }
        closed = true;
        if (why instanceof Outcome.ClientGone) {
            drain();
        }
        settle();
        inner.close(why);
    }

    /** Reads the next piece; how many bytes of {@code into} are the client's, 0 for none yet. */
    private int pull(byte[] into, int offset, int length) throws UpstreamFailure {
        int read = inner.read(into, offset, length);
        if (read < 0) {
            innerEnded = true;
            watch.finish(pending);
            if (!watch.whole()) {
                throw new UpstreamFailure.Broken(
                        "The upstream ended its answer before it was complete. Retry.", null);
            }
            return pending.take(into, offset, length);
        }
        received += read;
        long now = trace.now();
        if (lastPieceNanos != 0) {
            trace.gap(now - lastPieceNanos);
        }
        lastPieceNanos = now;
        watch.feed(into, offset, read, pending);
        if (watch.begun()) {
            trace.firstToken();
        }
        if (watch.ended()) {
            trace.answerEnded();
        }
        trace.relayed(relayed, watch.events());
        return watch.edits() ? pending.take(into, offset, length) : read;
    }

    /** The client has gone: reads on to the usage, which comes last, as far as the bounds allow. */
    private void drain() {
        long deadline = trace.now() + drain.time().toNanos();
        long most = received + drain.bytes();
        byte[] piece = new byte[DRAINED_BYTES];
        try {
            while (!innerEnded && !watch.ended() && received < most && trace.now() < deadline) {
                pull(piece, 0, piece.length);
            }
        } catch (UpstreamFailure alsoGone) {
            innerEnded = true;
        }
    }

    private void keep(byte[] bytes, int offset, int length) {
        int room = captureBytes - captured.size();
        if (room > 0 && length > 0) {
            int kept = Math.min(room, length);
            captured.write(bytes, offset, kept);
            pace.relayed((lastPieceNanos - trace.receivedNanos()) / 1_000, kept);
        }
    }

    private void settle() {
        trace.facts(watch.facts(), watch.texts());
        trace.relayed(relayed, watch.events());
        if (captureBytes > 0) {
            trace.capture(captured.toString(StandardCharsets.UTF_8));
            trace.capturePace(watch.events() > 0 ? pace.text() : "");
        }
    }
}
