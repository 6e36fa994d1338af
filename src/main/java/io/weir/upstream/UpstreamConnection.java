package io.weir.upstream;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import javax.net.ssl.SSLSocket;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.http.impl.io.DefaultHttpResponseParserFactory;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * One connection to an upstream. Belongs to the call that took it; only {@link #abort()} is for
 * others.
 */
final class UpstreamConnection {
    private final DefaultBHttpClientConnection wire;
    private final HeadReader heads;
    private final InputStream in;
    private boolean reused;
    private long unusedSince;

    UpstreamConnection(Http1Config http1, Socket socket, @Nullable SSLSocket secured)
            throws IOException {
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

    /**
     * The longest the next read may wait; at least a millisecond, because 0 would mean for ever,
     * and rounded up, so that after it the time is certainly over.
     */
    void patience(long nanos) {
        wire.setSocketTimeout(Timeout.ofMilliseconds(Math.max(1, (nanos + 999_999) / 1_000_000)));
    }

    void abort() {
        wire.close(CloseMode.IMMEDIATE);
    }
}
