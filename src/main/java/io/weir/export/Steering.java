package io.weir.export;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** What others want of an exporter's thread, for which it ends a pause. */
class Steering {
    private static final Duration CHORE_EVERY = Duration.ofSeconds(1);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean stopping;
    private @Nullable Start reset;

    /** What is to be seen to during a long pause. */
    @FunctionalInterface
    interface Chore {
        void run() throws IOException, InterruptedException;
    }

    /** Waits so long, or until something is wanted, and sees to a chore every second. */
    void pause(Duration time, Chore chore) throws IOException, InterruptedException {
        Duration left = time;
        while (left.isPositive() && !wanted()) {
            Duration next = left.compareTo(CHORE_EVERY) < 0 ? left : CHORE_EVERY;
            pause(next);
            chore.run();
            left = left.minus(next);
        }
    }

    /** Waits so long after a failure, or until something is wanted. */
    void pause(Duration time) throws InterruptedException {
        rest(time);
    }

    /** Waits so long, or until something is wanted. */
    final void rest(Duration time) throws InterruptedException {
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
