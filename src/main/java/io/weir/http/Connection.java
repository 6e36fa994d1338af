package io.weir.http;

import io.weir.wire.ApiError;
import io.weir.wire.Headers;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.NotImplementedException;
import org.apache.hc.core5.http.RequestHeaderFieldsTooLargeException;
import org.apache.hc.core5.http.UnsupportedHttpVersionException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultBHttpServerConnection;
import org.apache.hc.core5.http.impl.io.DefaultHttpRequestParserFactory;
import org.apache.hc.core5.http.message.LazyLineParser;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * One client's connection: its requests, one after the other, on one virtual thread.
 *
 * <p>While a call is answered nobody reads from its client, so that its going would not be noticed.
 * When a call takes longer than {@link #WATCH_AFTER_NANOS} the {@link Sweeper} sets a watch: a
 * second virtual thread that waits for input. Whatever it reads stays in the connection's buffer,
 * so that an early next request is not lost, and the connection's own thread waits for the watch to
 * end before it reads again: the input side has one reader at any time. {@code lock} guards {@code
 * exchange} and {@code watch}.
 */
final class Connection {
    private static final System.Logger LOG = System.getLogger(Connection.class.getName());
    private static final long WATCH_AFTER_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    private static final long LINGER_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final DefaultHttpRequestParserFactory PARSERS =
            new DefaultHttpRequestParserFactory(LazyLineParser.INSTANCE, new PlainTargets());

    private final HttpServer server;
    private final ServerConfig config;
    private final Handler handler;
    private final Socket socket;
    private final DefaultBHttpServerConnection wire;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Exchange exchange;
    private @Nullable Thread watch;
    private volatile long idleSince;
    private volatile long headSince;
    private volatile boolean busy;

    Connection(
            HttpServer server,
            ServerConfig config,
            Http1Config http1,
            Handler handler,
            Socket socket) {
        this.server = server;
        this.config = config;
        this.handler = handler;
        this.socket = socket;
        this.wire =
                new DefaultBHttpServerConnection(
                        "http", http1, null, null, null, null, PARSERS, null);
    }

    void run(boolean welcome) {
        try (socket) {
            wire.bind(socket);
            if (!welcome) {
                refuse(
                        ApiError.of(
                                503,
                                "server_error",
                                "too_many_connections",
                                "Weir has no room for another connection. Retry shortly, or raise server.max_connections."));
                return;
            }
            while (awaitRequest() && serveOne()) {
                // the next request on this connection
            }
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "a connection ended: {0}", e.toString());
        } finally {
            wire.close(CloseMode.GRACEFUL);
        }
    }

    private boolean awaitRequest() throws IOException {
        idleSince = System.nanoTime();
        Thread watching = watch;
        if (watching != null) {
            join(watching);
            watch = null;
        }
        boolean asked = !server.isDraining() && wire.isDataAvailable(Timeout.DISABLED);
        idleSince = 0;
        return asked;
    }

    private boolean serveOne() throws IOException {
        ClassicHttpRequest request;
        try {
            headSince = System.nanoTime();
            busy = true;
            request = wire.receiveRequestHeader();
            headSince = 0;
            if (request == null) {
                return false;
            }
            wire.receiveRequestEntity(request);
        } catch (HttpException e) {
            refuse(badHead(e));
            linger();
            return false;
        }
        return answer(new Exchange(wire, socket, request, config));
    }

    private boolean answer(Exchange current) throws IOException {
        begin(current);
        try {
            ApiError problem = RequestHead.problem(current);
            if (problem != null) {
                current.refuse(problem);
                linger();
                return false;
            }
            handler.handle(current);
            boolean clean = current.finish();
            if (!clean && !current.hasWholeBody()) {
                linger();
            }
            return clean && !server.isDraining();
        } finally {
            end();
        }
    }

    private void begin(Exchange current) {
        lock.lock();
        try {
            exchange = current;
        } finally {
            lock.unlock();
        }
    }

    private void end() {
        lock.lock();
        try {
            exchange = null;
            busy = false;
        } finally {
            lock.unlock();
        }
    }

    private static ApiError badHead(HttpException e) {
        return switch (e) {
            case RequestHeaderFieldsTooLargeException tooLarge ->
                    ApiError.of(
                            431,
                            "invalid_request_error",
                            "headers_too_large",
                            "The request's header fields are larger than this gateway accepts. Send fewer or shorter ones.");
            case UnsupportedHttpVersionException version ->
                    ApiError.of(
                            505,
                            "invalid_request_error",
                            "http_version",
                            "This gateway speaks HTTP/1.1.");
            case NotImplementedException coding ->
                    ApiError.of(
                            501,
                            "invalid_request_error",
                            "transfer_encoding",
                            "This gateway understands the transfer encoding 'chunked' only.");
            default ->
                    ApiError.of(
                            400,
                            "invalid_request_error",
                            "malformed_request",
                            "The request is not well-formed HTTP/1.1.");
        };
    }

    private void refuse(ApiError error) throws IOException {
        Exchange.write(
                wire,
                error.status(),
                Headers.of("content-type", "application/json", "connection", "close"),
                error.json());
    }

    /**
     * Reads away, for a short while, what the client is still sending. To close at once would reset
     * the connection, and many a client then fails on its sending and never reads its answer.
     */
    private void linger() throws IOException {
        socket.shutdownOutput();
        byte[] away = new byte[8_192];
        long until = System.nanoTime() + LINGER_NANOS;
        long left = LINGER_NANOS;
        try {
            while (left > 0) {
                socket.setSoTimeout((int) Math.max(1, left / 1_000_000));
                if (socket.getInputStream().read(away) < 0) {
                    return;
                }
                left = until - System.nanoTime();
            }
        } catch (SocketTimeoutException e) {
            LOG.log(System.Logger.Level.DEBUG, "a refused client keeps its connection open");
        }
    }

    /** Called by the sweeper. */
    void sweep(long now, ServerConfig bounds) {
        if (late(headSince, now, bounds.headTimeout())
                || late(idleSince, now, bounds.idleTimeout())) {
            abort();
            return;
        }
        lock.lock();
        try {
            Exchange current = exchange;
            if (current == null) {
                return;
            }
            if (current.tooSlow(now)) {
                abort();
            } else if (watch == null
                    && current.wantsWatch()
                    && now - current.startedNanos() > WATCH_AFTER_NANOS) {
                watch = Thread.ofVirtual().name("weir-watch").start(this::watch);
            }
        } finally {
            lock.unlock();
        }
    }

    private static boolean late(long since, long now, Duration bound) {
        return since != 0 && now - since > bound.toNanos();
    }

    private void watch() {
        try {
            while (!wire.isDataAvailable(Timeout.DISABLED)) {
                if (wire.isStale()) {
                    left();
                    return;
                }
                if (idle()) {
                    return;
                }
            }
        } catch (IOException e) {
            left();
        }
    }

    private boolean idle() {
        lock.lock();
        try {
            return exchange == null;
        } finally {
            lock.unlock();
        }
    }

    private void left() {
        Exchange current;
        lock.lock();
        try {
            current = exchange;
        } finally {
            lock.unlock();
        }
        if (current != null) {
            current.clientLeft();
        }
    }

    void closeIfIdle() {
        if (!busy) {
            closeSocket();
        }
    }

    void abort() {
        closeSocket();
        left();
    }

    private void closeSocket() {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.log(
                    System.Logger.Level.DEBUG,
                    "a socket closed with an error: {0}",
                    e.getMessage());
        }
    }

    private static void join(Thread thread) throws IOException {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for a request", e);
        }
    }
}
