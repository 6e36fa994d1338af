package io.weir.export;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** What others want of an exporter's thread, for which it ends a pause. */
class Steering {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean stopping;
    private @Nullable Start reset;

    /** Waits so long, or until something is wanted. */
    void pause(Duration time) throws InterruptedException {
        lock.lock();
        try {
            long left = time.toNanos();
            while (left > 0 && !stopping && reset == null) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Whether it is to stop or to begin anew. */
    boolean wanted() {
        lock.lock();
        try {
            return stopping || reset != null;
        } finally {
            lock.unlock();
        }
    }

    boolean stopping() {
        lock.lock();
        try {
            return stopping;
        } finally {
            lock.unlock();
        }
    }

    void stop() {
        lock.lock();
        try {
            stopping = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void reset(Start to) {
        lock.lock();
        try {
            reset = to;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Where to begin anew, once; empty where nobody wants that. */
    Optional<Start> takeReset() {
        lock.lock();
        try {
            Optional<Start> wanted = Optional.ofNullable(reset);
            reset = null;
            return wanted;
        } finally {
            lock.unlock();
        }
    }
}
