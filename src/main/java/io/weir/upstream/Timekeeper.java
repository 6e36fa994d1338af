package io.weir.upstream;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Ends what waits for an upstream for too long: one thread that looks at every open connection's
 * patience, twenty times a second, for as long as there is one. A timer for each wait would cost
 * each call; looking costs some nanoseconds a connection.
 */
final class Timekeeper implements Runnable, AutoCloseable {
    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final Set<UpstreamConnection> connections = ConcurrentHashMap.newKeySet();
    private final Thread thread;
    private volatile boolean closed;

    Timekeeper(String upstream) {
        thread = Thread.ofPlatform().name("weir-time-" + upstream).daemon(true).unstarted(this);
    }

    void start() {
        thread.start();
    }

    void watch(UpstreamConnection connection) {
        connections.add(connection);
        LockSupport.unpark(thread);
    }

    void forget(UpstreamConnection connection) {
        connections.remove(connection);
    }

    @Override
    public void run() {
        while (!closed) {
            if (connections.isEmpty()) {
                LockSupport.park(this);
            } else {
                LockSupport.parkNanos(this, TICK_NANOS);
                long now = System.nanoTime();
                connections.forEach(connection -> connection.checkPatience(now));
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }
}
