package io.weir.ledger;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Tells waiting readers that there is more. An append looks at one flag; only the first of those
 * that come while somebody waits wakes them. There is no lock, because an append would wait for a
 * reader that holds it and has lost its processor.
 */
final class Signal {
    private final Set<Thread> waiting = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean wanted = new AtomicBoolean();

    /** Wakes who waits. To be called after what they wait for is visible. */
    void raise() {
        if (wanted.get() && wanted.compareAndSet(true, false)) {
            waiting.forEach(LockSupport::unpark);
        }
    }

    /** Waits until {@code ready}, at most that long. */
    void await(BooleanSupplier ready, long nanos) throws InterruptedException {
        long until = System.nanoTime() + nanos;
        Thread waiter = Thread.currentThread();
        waiting.add(waiter);
        try {
            while (true) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                // Before the look: what is appended after it wakes this one.
                wanted.set(true);
                long left = until - System.nanoTime();
                if (left <= 0 || ready.getAsBoolean()) {
                    return;
                }
                LockSupport.parkNanos(this, left);
            }
        } finally {
            waiting.remove(waiter);
        }
    }
}
