package io.weir.outbound;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import javax.net.ssl.SSLSocket;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.impl.io.MonitoringResponseOutOfOrderStrategy;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.apache.hc.core5.io.CloseMode;
import org.jspecify.annotations.Nullable;

/** A connection to an address that was found to be allowed. Belongs to one thread. */
final class GuardedConnection implements Closeable {
    static final int ANSWER_BYTES = 65_536;

    /** A look for an early answer takes a millisecond. */
    static final int LOOK_EVERY_BYTES = 256 << 10;

    private static final Http1Config HTTP1 =
            Http1Config.custom().setMaxLineLength(16_384).setMaxHeaderCount(256).build();

    private final Socket socket;
    private final DefaultBHttpClientConnection wire;
    private final HttpRequestExecutor executor = new HttpRequestExecutor();
    private boolean kept;

    private GuardedConnection(Socket socket) {
        this.socket = socket;
        // A server may refuse a large body before it has read it: that answer is worth reading.
        this.wire =
                new DefaultBHttpClientConnection(
                        HTTP1,
                        null,
                        null,
                        null,
                        null,
                        new MonitoringResponseOutOfOrderStrategy(LOOK_EVERY_BYTES),
                        null,
                        null);
    }

    /** Speaks HTTP through a connection. */
    static GuardedConnection upon(GuardedDial.Connection dialed) throws IOException {
        GuardedConnection connection = new GuardedConnection(dialed.transport());
        if (dialed.socket() instanceof SSLSocket secured) {
            connection.wire.bind(secured, dialed.transport());
        } else {
            connection.wire.bind(dialed.socket());
        }
        return connection;
    }

    /**
     * Sends a request and reads the answer, all of it within a time.
     *
     * @param mostBytes of the answer's body that are read
     */
    HttpAnswer exchange(ClassicHttpRequest request, Duration patience, Instant now, int mostBytes)
            throws IOException, HttpException {
        kept = false;
        try (Alarm alarm = new Alarm(socket, patience)) {
            try {
                return answer(request, now, mostBytes);
            } catch (IOException e) {
                throw alarm.rung() ? Alarm.timedOut(patience) : e;
            }
        }
    }

    /** Whether it can be used once more. */
    boolean lives() {
        try {
            return kept && wire.isOpen() && !wire.isStale();
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        wire.close(CloseMode.IMMEDIATE);
    }

    private HttpAnswer answer(ClassicHttpRequest request, Instant now, int mostBytes)
            throws IOException, HttpException {
        HttpCoreContext context = HttpCoreContext.create();
        ClassicHttpResponse response = executor.execute(request, wire, context);
        byte[] body = read(response.getEntity(), mostBytes);
        kept = body.length < mostBytes && executor.keepAlive(request, response, wire, context);
        Header retryAfter = response.getFirstHeader("retry-after");
        return new HttpAnswer(
                response.getCode(),
                body,
                HttpAnswer.wait(retryAfter == null ? null : retryAfter.getValue(), now));
    }

    private static byte[] read(@Nullable HttpEntity entity, int mostBytes) throws IOException {
        if (entity == null) {
            return new byte[0];
        }
        InputStream content = entity.getContent();
        byte[] body = content.readNBytes(mostBytes);
        if (body.length < mostBytes) {
            content.close();
        }
        return body;
    }
}
