package io.weir.call;

import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The one way to stop a call from another thread: raised once, it runs what the call's thread
 * registered, which closes the connection that thread is blocked on. Guarded by its own lock, so
 * that a registration and a raise cannot miss each other.
 */
public final class Abort {
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Outcome reason;
    private @Nullable Runnable action;
    private @Nullable Runnable leaving;
    private volatile boolean left;

    /** Stops the call, for that reason; the first reason stands. */
    public void raise(Outcome why) {
        Runnable todo;
        lock.lock();
        try {
            if (reason != null) {
                return;
            }
            reason = why;
            todo = action;
        } finally {
            lock.unlock();
        }
        if (todo != null) {
            todo.run();
        }
    }

    /** Notes that the client has gone, without stopping the call. */
    public void clientLeft() {
        Runnable todo;
        lock.lock();
        try {
            left = true;
            todo = leaving;
        } finally {
            lock.unlock();
        }
        if (todo != null) {
            todo.run();
        }
    }

    /**
     * Replaces what is run when the client is known to have gone; runs it at once where it is known
     * already.
     */
    public void onClientLeft(@Nullable Runnable todo) {
        boolean late;
        lock.lock();
        try {
            leaving = todo;
            late = left;
        } finally {
            lock.unlock();
        }
        if (late && todo != null) {
            todo.run();
        }
    }

    /** Whether the client is known to have gone. */
    public boolean hasClientLeft() {
        return left || raised().filter(Outcome.ClientGone.class::isInstance).isPresent();
    }

    /** Why the call was stopped; empty while it was not. */
    public Optional<Outcome> raised() {
        lock.lock();
        try {
            return Optional.ofNullable(reason);
        } finally {
            lock.unlock();
        }
    }

    /** Replaces what a raise runs; runs it at once where the call has been stopped already. */
    public void onRaise(@Nullable Runnable todo) {
        boolean late;
        lock.lock();
        try {
            action = todo;
            late = reason != null;
        } finally {
            lock.unlock();
        }
        if (late && todo != null) {
            todo.run();
        }
    }
}
