package io.weir.replay;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * A place for one call at a time, with a connection that is kept between calls. Whoever took it
 * from {@link Lanes} owns it; only {@link #close} may come from another thread.
 */
final class Lane implements AutoCloseable {
    /** Peers close idle connections; a call is never sent twice, so an old one is not trusted. */
    private static final long TRUSTED_IDLE_NANOS = Duration.ofSeconds(2).toNanos();

    private static final int CONNECT_TIMEOUT_MILLIS = 5_000;

    private final int number;
    private final LoadTarget target;
    private final int silenceMillis;
    private volatile @Nullable Connection connection;
    private volatile boolean closed;
    private long idleSince;

    Lane(int number, LoadTarget target, Duration silence) {
        this.number = number;
        this.target = target;
        this.silenceMillis = Math.toIntExact(silence.toMillis());
    }

    /** Its place among the lanes, from 0. */
    int number() {
        return number;
    }

    /** Sends a request and reads its answer to the end; returns the answer's head. */
    AnswerHead exchange(byte[] request, AnswerWatch watch) throws IOException {
        boolean kept = false;
        try {
            Connection used = connected();
            used.socket().getOutputStream().write(request);
            AnswerHead head = used.answers().head();
            watch.head(head);
            used.answers().body(head, watch);
            kept = head.keepAlive();
            return head;
        } finally {
            if (kept) {
                idleSince = System.nanoTime();
            } else {
                disconnect();
            }
        }
    }

    private Connection connected() throws IOException {
        refuseIfClosed();
        if (System.nanoTime() - idleSince > TRUSTED_IDLE_NANOS) {
            disconnect();
        }
        Connection open = connection;
        if (open == null) {
            Socket socket = connect(target, silenceMillis);
            open = new Connection(socket, new AnswerStream(socket.getInputStream()));
            connection = open;
            refuseIfClosed();
        }
        return open;
    }

    private void refuseIfClosed() throws EOFException {
        if (closed) {
            throw new EOFException("given up");
        }
    }

    /** Connects and hangs up; throws {@link TargetUnreachable} when that fails. */
    static void requireReachable(LoadTarget target, Duration silence) {
        try {
            connect(target, Math.toIntExact(silence.toMillis())).close();
        } catch (IOException e) {
            throw new TargetUnreachable(target, e);
        }
    }

    /** A connection to the target, encrypted and verified where its URL says https. */
    private static Socket connect(LoadTarget target, int silenceMillis) throws IOException {
        Socket plain = new Socket();
        try {
            plain.setTcpNoDelay(true);
            plain.setSoTimeout(silenceMillis);
            plain.connect(
                    new InetSocketAddress(target.host(), target.port()), CONNECT_TIMEOUT_MILLIS);
            return target.secure() ? encrypted(plain, target) : plain;
        } catch (IOException e) {
            plain.close();
            throw e;
        }
    }

    private static Socket encrypted(Socket plain, LoadTarget target) throws IOException {
        SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
        SSLSocket socket =
                (SSLSocket) factory.createSocket(plain, target.host(), target.port(), true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    /** Ends its call, if there is one, and takes no other. */
    @Override
    public void close() {
        closed = true;
        disconnect();
    }

    private void disconnect() {
        Connection open = connection;
        connection = null;
        if (open != null) {
            try {
                open.socket().close();
            } catch (IOException e) {
                // gone is what it should be
            }
        }
    }

    private record Connection(Socket socket, AnswerStream answers) {}
}
