package io.weir.http;

import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Looks at every connection four times a second: closes those whose client is too slow, and sets a
 * watch on those whose call takes long. One thread for all, because a timer for each call would
 * cost each call.
 */
final class Sweeper implements Runnable {
    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private final Set<Connection> connections;
    private final ServerConfig config;
    private final Thread thread;
    private volatile boolean stopped;

    Sweeper(Set<Connection> connections, ServerConfig config) {
        this.connections = connections;
        this.config = config;
        this.thread = Thread.ofPlatform().name("weir-sweeper").daemon(true).unstarted(this);
    }

    void start() {
        thread.start();
    }

    void stop() {
        stopped = true;
        LockSupport.unpark(thread);
    }

    @Override
    public void run() {
        while (!stopped) {
            LockSupport.parkNanos(TICK_NANOS);
            long now = System.nanoTime();
            for (Connection connection : connections) {
                connection.sweep(now, config);
            }
        }
    }
}
