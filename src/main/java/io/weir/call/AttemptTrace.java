package io.weir.call;

import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The moments of one try at an upstream as they come. Belongs to its call's thread. */
public final class AttemptTrace {
    private final LongSupplier ticker;
    private final long receivedNanos;
    private final int number;
    private final String upstream;
    private final long started;
    private long connected = -1;
    private long sent = -1;
    private long firstByte = -1;
    private long ended = -1;
    private boolean reused;
    private int status;
    private @Nullable String failure;
    private @Nullable String requestId;

    AttemptTrace(LongSupplier ticker, long receivedNanos, int number, String upstream) {
        this.ticker = ticker;
        this.receivedNanos = receivedNanos;
        this.number = number;
        this.upstream = upstream;
        this.started = micros();
    }

    /** 1 for the first try. */
    public int number() {
        return number;
    }

    /** A connection is there. */
    public void connected(boolean wasReused) {
        reused = wasReused;
        connected = micros();
    }

    /** The request's last byte was handed to the network. */
    public void sent() {
        sent = micros();
    }

    /** The answer's head is there. */
    public void answered(int answerStatus, @Nullable String answerRequestId) {
        status = answerStatus;
        requestId = answerRequestId;
        firstByte = micros();
    }

    /** The answer's last byte is there; the first call counts. */
    public void ended() {
        if (ended < 0) {
            ended = micros();
        }
    }

    /** There will be no (more) answer. */
    public void failed(UpstreamFailure why) {
        failure = why.errorType();
        ended();
    }

    /** Whether the connection had carried a call before. */
    public boolean reused() {
        return reused;
    }

    /** Whether the request's last byte was handed to the network. */
    public boolean wasSent() {
        return sent >= 0;
    }

    long connectedMicros() {
        return connected;
    }

    long sentMicros() {
        return sent;
    }

    long firstByteMicros() {
        return firstByte;
    }

    long endedMicros() {
        return ended;
    }

    Attempt attempt() {
        return new Attempt(
                number, upstream, reused, started, connected, sent, firstByte, ended, status,
                failure, requestId);
    }

    private long micros() {
        return (ticker.getAsLong() - receivedNanos) / 1_000;
    }
}
