package io.weir.turn;

import io.weir.call.Priority;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/**
 * Somebody who waits, in one line after the other perhaps, on the thread that made it.
 *
 * <p>Its call's id says who came first, wherever they wait: the oldest passes in every line, so
 * that two who need what both lines are for cannot wait for each other.
 */
public final class Waiter {
    private final Thread thread = Thread.currentThread();
    private final UUID call;
    private final String owner;
    private final Priority priority;
    private volatile boolean stopped;

    /**
     * One that waits on this thread.
     *
     * @param call UUIDv7
     * @param owner whose turn it is by; those of one owner are served as they came
     */
    public Waiter(UUID call, String owner, Priority priority) {
        this.call = call;
        this.owner = owner;
        this.priority = priority;
    }

    /** Ends its waiting. */
    public void stop() {
        stopped = true;
        wake();
    }

    boolean isStopped() {
        return stopped || thread.isInterrupted();
    }

    void wake() {
        LockSupport.unpark(thread);
    }

    boolean isOlderThan(Waiter other) {
        return call.compareTo(other.call) < 0;
    }

    String owner() {
        return owner;
    }

    Priority priority() {
        return priority;
    }
}
