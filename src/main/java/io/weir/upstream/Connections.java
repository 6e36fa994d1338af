package io.weir.upstream;

import io.weir.call.UpstreamFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.apache.hc.core5.http.config.Http1Config;
import org.jspecify.annotations.Nullable;

/**
 * The connections to one upstream. An unused one waits on a lock-free stack, the last used on top,
 * so that as few as possible stay warm and the others grow old enough to be closed. As many are
 * open as there are calls under way; the server's own bound on connections bounds them.
 */
final class Connections {
    private static final int MAX_IDLE = 1_024;

    /**
     * A connection that was unused for longer is probed first: cloud balancers close theirs after a
     * minute or more.
     */
    private static final long PROBE_AFTER_NANOS = 2_000_000_000L;

    private final UpstreamConfig config;
    private final Http1Config http1;
    private final Timekeeper timekeeper;
    private final Deque<UpstreamConnection> idle = new ConcurrentLinkedDeque<>();
    private final AtomicInteger idleCount = new AtomicInteger();
    private final AtomicLong lastPrune = new AtomicLong(System.nanoTime());

    Connections(UpstreamConfig config, Http1Config http1) {
        this.config = config;
        this.http1 = http1;
        this.timekeeper = new Timekeeper(config.name());
        timekeeper.start();
    }

    /** An unused connection that seems alive; null if there is none. */
    @Nullable UpstreamConnection reuse() {
        long now = System.nanoTime();
        UpstreamConnection connection = pop();
        while (connection != null) {
            long unused = now - connection.unusedSince();
            if (unused < config.keepAlive().toNanos()
                    && !connection.hasUnaskedBytes()
                    && (unused < PROBE_AFTER_NANOS || !connection.stale())) {
                connection.reused();
                return connection;
            }
            connection.abort();
            connection = pop();
        }
        return null;
    }

    /**
     * A new connection.
     *
     * @param timeoutMillis for all of it: name, TCP and TLS
     */
    UpstreamConnection open(long timeoutMillis) throws UpstreamFailure {
        long deadline = System.nanoTime() + timeoutMillis * 1_000_000;
        IOException last = null;
        for (InetAddress address : addresses()) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                break;
            }
            try {
                return connect(address, (int) Math.min(Integer.MAX_VALUE, left));
            } catch (IOException e) {
                last = e;
            }
        }
        if (last == null || last instanceof SocketTimeoutException) {
            throw new UpstreamFailure.TimedOut(
                    UpstreamFailure.Timer.CONNECT,
                    "No connection to the upstream %s within %d ms. %s, or raise upstream.timeouts.connect."
                            .formatted(config.described(), timeoutMillis, config.advice()));
        }
        throw new UpstreamFailure.NotReached(
                "The upstream %s cannot be reached (%s). %s."
                        .formatted(config.described(), reason(last), config.advice()),
                last);
    }

    /** Takes back a connection whose answer was read to its end. */
    void giveBack(UpstreamConnection connection) {
        if (idleCount.incrementAndGet() > MAX_IDLE) {
            idleCount.decrementAndGet();
            connection.abort();
            return;
        }
        connection.rest();
        idle.push(connection);
        prune();
    }

    void close() {
        UpstreamConnection connection = pop();
        while (connection != null) {
            connection.abort();
            connection = pop();
        }
        timekeeper.close();
    }

    /** Closes those at the bottom of the stack that nobody has wanted for too long. */
    private void prune() {
        long now = System.nanoTime();
        long last = lastPrune.get();
        if (now - last < 1_000_000_000L || !lastPrune.compareAndSet(last, now)) {
            return;
        }
        UpstreamConnection oldest = idle.pollLast();
        while (oldest != null) {
            if (now - oldest.unusedSince() < config.keepAlive().toNanos()) {
                idle.addLast(oldest);
                return;
            }
            idleCount.decrementAndGet();
            oldest.abort();
            oldest = idle.pollLast();
        }
    }

    private @Nullable UpstreamConnection pop() {
        UpstreamConnection connection = idle.poll();
        if (connection != null) {
            idleCount.decrementAndGet();
        }
        return connection;
    }

    private InetAddress[] addresses() throws UpstreamFailure {
        try {
            return InetAddress.getAllByName(config.nextHost());
        } catch (UnknownHostException e) {
            throw new UpstreamFailure.NotReached(
                    config.proxy() == null
                            ? "The name of the upstream '%s' cannot be resolved. Check its URL and the DNS."
                                    .formatted(config.name())
                            : "The name of the proxy %s cannot be resolved. Check upstream.proxy and the DNS."
                                    .formatted(config.proxy().authority()),
                    e);
        }
    }

    private UpstreamConnection connect(InetAddress address, int timeoutMillis) throws IOException {
        Socket socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            long deadline = System.nanoTime() + timeoutMillis * 1_000_000L;
            socket.connect(new InetSocketAddress(address, config.nextPort()), timeoutMillis);
            if (config.tls() && config.proxy() != null) {
                String authority = config.baseUrl().getHost() + ":" + config.port();
                Tunnel.open(socket, config.proxy(), authority, deadline);
            }
            SSLSocket secured = config.tls() ? secure(socket, timeoutMillis) : null;
            UpstreamConnection connection =
                    new UpstreamConnection(http1, socket, secured, timekeeper::forget);
            timekeeper.watch(connection);
            return connection;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private SSLSocket secure(Socket socket, int timeoutMillis) throws IOException {
        SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
        SSLSocket secured =
                (SSLSocket)
                        factory.createSocket(
                                socket, config.baseUrl().getHost(), config.port(), true);
        SSLParameters parameters = secured.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secured.setSSLParameters(parameters);
        socket.setSoTimeout(timeoutMillis);
        secured.startHandshake();
        socket.setSoTimeout(0);
        return secured;
    }

    private static String reason(IOException e) {
        String message = e.getMessage();
        return message == null ? e.getClass().getSimpleName() : message;
    }
}
