package io.weir.http;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.apache.hc.core5.http.config.Http1Config;

/**
 * An HTTP/1.1 server: one virtual thread a connection, blocking from the first byte in to the last
 * byte out, and one {@link Sweeper} thread that watches the clocks of all of them.
 */
public final class HttpServer implements Closeable {
    private static final System.Logger LOG = System.getLogger(HttpServer.class.getName());
    private static final int BACKLOG = 1_024;

    private final ServerConfig config;
    private final Http1Config http1;
    private final Handler handler;
    private final ServerSocket socket;
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private final ThreadFactory threads;
    private final Thread acceptor;
    private final Sweeper sweeper;
    private final AtomicBoolean draining = new AtomicBoolean();

    private HttpServer(ServerConfig config, Handler handler) throws IOException {
        this.config = config;
        this.handler = handler;
        this.http1 =
                Http1Config.custom()
                        .setBufferSize(config.bufferBytes())
                        .setMaxLineLength(config.maxLineBytes())
                        .setMaxHeaderCount(config.maxFields())
                        .setMaxEmptyLineCount(5)
                        .build();
        this.socket = new ServerSocket();
        this.threads = Thread.ofVirtual().name("weir-call-", 0).factory();
        this.acceptor =
                Thread.ofPlatform()
                        .name("weir-accept-" + config.port())
                        .daemon(false)
                        .unstarted(this::accept);
        this.sweeper = new Sweeper(connections, config);
    }

    /**
     * Binds and starts to accept.
     *
     * @throws IOException when the address cannot be bound
     */
    public static HttpServer start(ServerConfig config, Handler handler) throws IOException {
        HttpServer server = new HttpServer(config, handler);
        server.socket.setReuseAddress(true);
        server.socket.bind(
                new InetSocketAddress(InetAddress.getByName(config.host()), config.port()),
                BACKLOG);
        server.acceptor.start();
        server.sweeper.start();
        return server;
    }

    /** The port it listens on. */
    public int port() {
        return socket.getLocalPort();
    }

    /** Connections that are open now. */
    public int connections() {
        return connections.size();
    }

    /**
     * Stops accepting, lets the calls under way end, and closes what is left when the time is up.
     *
     * @return how many calls were cut
     */
    public int drain(Duration patience) {
        draining.set(true);
        closeListener();
        long deadline = System.nanoTime() + patience.toNanos();
        connections.forEach(Connection::closeIfIdle);
        while (!connections.isEmpty() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            connections.forEach(Connection::closeIfIdle);
        }
        int cut = connections.size();
        connections.forEach(Connection::abort);
        sweeper.stop();
        return cut;
    }

    @Override
    public void close() {
        drain(Duration.ZERO);
    }

    boolean isDraining() {
        return draining.get();
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                serve(socket.accept());
            } catch (IOException e) {
                if (!socket.isClosed()) {
                    LOG.log(
                            System.Logger.Level.WARNING,
                            "a connection could not be accepted: {0}",
                            e.getMessage());
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
                }
            }
        }
    }

    private void serve(Socket client) throws IOException {
        client.setTcpNoDelay(true);
        Connection connection = new Connection(this, config, http1, handler, client);
        connections.add(connection);
        boolean welcome = connections.size() <= config.maxConnections();
        threads.newThread(
                        () -> {
                            try {
                                connection.run(welcome);
                            } finally {
                                connections.remove(connection);
                            }
                        })
                .start();
    }

    /** The kernel takes connections until the acceptor has left the socket, closed or not. */
    private void closeListener() {
        try {
            socket.close();
            acceptor.join();
        } catch (IOException e) {
            LOG.log(
                    System.Logger.Level.DEBUG,
                    "the listening socket closed with an error: {0}",
                    e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
