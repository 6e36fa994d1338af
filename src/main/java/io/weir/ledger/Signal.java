package io.weir.ledger;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * Tells waiting readers that there is more. An append looks at one flag; only the first of those
 * that come while somebody waits takes the lock.
 */
final class Signal {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition raised = lock.newCondition();
    private final AtomicBoolean wanted = new AtomicBoolean();

    /** Wakes who waits. To be called after what they wait for is visible. */
    void raise() {
        if (wanted.get() && wanted.compareAndSet(true, false)) {
            lock.lock();
            try {
                raised.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    /** Waits until {@code ready}, at most that long. */
    void await(BooleanSupplier ready, long nanos) throws InterruptedException {
        long left = nanos;
        lock.lockInterruptibly();
        try {
            wanted.set(true);
            while (left > 0 && !ready.getAsBoolean()) {
                left = raised.awaitNanos(left);
                wanted.set(true);
            }
        } finally {
            lock.unlock();
        }
    }
}
