package io.weir.upstream;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import javax.net.ssl.SSLSocket;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.http.impl.io.DefaultHttpResponseParserFactory;
import org.apache.hc.core5.io.CloseMode;
import org.jspecify.annotations.Nullable;

/**
 * One connection to an upstream. Belongs to the call that took it; only {@link #abort()} and {@link
 * #checkPatience} are for others.
 *
 * <p>Its patience is a moment that the {@link Timekeeper} compares with the clock, and no timer of
 * the socket's: on a virtual thread each timed read starts and cancels a timer of the scheduler's,
 * which cost a sixth of a whole call.
 */
final class UpstreamConnection {
    private static final long PATIENT = 0;
    private static final long EXPIRED = Long.MIN_VALUE;

    private final DefaultBHttpClientConnection wire;
    private final HeadReader heads;
    private final InputStream in;
    private final Consumer<UpstreamConnection> whenClosed;

    /** The monotonic clock's time at which waiting ends; {@link #PATIENT} or {@link #EXPIRED}. */
    private final AtomicLong patienceEnds = new AtomicLong(PATIENT);

    private boolean reused;
    private long unusedSince;

    /** Tells {@code whenClosed} once it is of no more use. */
    UpstreamConnection(
            Http1Config http1,
            Socket socket,
            @Nullable SSLSocket secured,
            Consumer<UpstreamConnection> whenClosed)
            throws IOException {
        this.whenClosed = whenClosed;
        heads = new HeadReader(new DefaultHttpResponseParserFactory(http1).create());
        wire =
                new DefaultBHttpClientConnection(
                        http1, null, null, null, null, null, bounds -> heads);
        in = secured == null ? socket.getInputStream() : secured.getInputStream();
        if (secured == null) {
            wire.bind(socket);
        } else {
            wire.bind(secured, socket);
        }
    }

    DefaultBHttpClientConnection wire() {
        return wire;
    }

    boolean wasReused() {
        return reused;
    }

    void reused() {
        reused = true;
    }

    void rest() {
        unusedSince = System.nanoTime();
    }

    long unusedSince() {
        return unusedSince;
    }

    /**
     * Whether the upstream has said something that nobody asked for: it would be taken for the
     * answer to the next request, which may be another client's.
     */
    boolean hasUnaskedBytes() {
        try {
            return heads.hasLeftovers() || in.available() > 0;
        } catch (IOException e) {
            return true;
        }
    }

    boolean stale() {
        try {
            return wire.isStale();
        } catch (IOException e) {
            return true;
        }
    }

    /** Bounds what follows, until {@link #endPatience()}: after that time it is aborted. */
    void patience(long nanos) {
        long ends = System.nanoTime() + nanos;
        patienceEnds.set(ends == PATIENT || ends == EXPIRED ? 1 : ends);
    }

    /** Lifts the bound; whether it was reached, and the connection is therefore aborted. */
    boolean endPatience() {
        return patienceEnds.get() == EXPIRED || patienceEnds.getAndSet(PATIENT) == EXPIRED;
    }

    /** Aborts the connection if its patience has ended. */
    void checkPatience(long now) {
        long ends = patienceEnds.get();
        if (ends != PATIENT
                && ends != EXPIRED
                && now - ends >= 0
                && patienceEnds.compareAndSet(ends, EXPIRED)) {
            abort();
        }
    }

    void abort() {
        whenClosed.accept(this);
        wire.close(CloseMode.IMMEDIATE);
    }
}
