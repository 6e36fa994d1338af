package io.weir.cache;

import io.weir.call.Abort;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Equal calls under way: one leads, that is asks for the answer, and the others wait for it, first
 * come, first served. Where the leader fails, the first of those who wait leads. Guarded by its own
 * lock, which nobody holds while anything is asked.
 */
final class Flight {
    private final ReentrantLock lock = new ReentrantLock();
    private final Set<Condition> waiting = new LinkedHashSet<>();
    private boolean led = true;
    private @Nullable Turn end;

    /** What a call that has waited does next. */
    sealed interface Turn {
        /** It leads from now on. */
        record Lead() implements Turn {}

        /** It gives its client that answer. */
        record Served(CachedAnswer answer) implements Turn {}

        /** It asks for itself: nobody's answer will be kept, or its time is up. */
        record Alone() implements Turn {}

        /** It ends: its client has gone, or it was stopped. */
        record Stopped() implements Turn {}
    }

    /**
     * Waits until the call's turn is there.
     *
     * @param abort ends the waiting when the call is stopped or its client leaves
     * @param nanos how long it may wait
     */
    Turn await(Abort abort, long nanos) {
        Condition mine = lock.newCondition();
        abort.onRaise(() -> wake(mine));
        abort.onClientLeft(() -> wake(mine));
        lock.lock();
        waiting.add(mine);
        try {
            long left = nanos;
            while (end == null && !mayLead(mine) && !stopped(abort) && left > 0) {
                left = mine.awaitNanos(left);
            }
            return turn(mine, abort);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Turn.Stopped();
        } finally {
            waiting.remove(mine);
            wakeFirst();
            lock.unlock();
            abort.onRaise(null);
            abort.onClientLeft(null);
        }
    }

    /** The leader has an answer for all: one that is kept, or none that ever will be. */
    void ends(Turn with) {
        lock.lock();
        try {
            end = with;
            waiting.forEach(Condition::signal);
        } finally {
            lock.unlock();
        }
    }

    /** The leader has failed where another may not. */
    void failed() {
        lock.lock();
        try {
            led = false;
            wakeFirst();
        } finally {
            lock.unlock();
        }
    }

    private Turn turn(Condition mine, Abort abort) {
        if (stopped(abort)) {
            return new Turn.Stopped();
        }
        if (end != null) {
            return end;
        }
        if (mayLead(mine)) {
            led = true;
            return new Turn.Lead();
        }
        return new Turn.Alone();
    }

    @SuppressWarnings("ReferenceEquality") // each who waits has one of their own
    private boolean mayLead(Condition mine) {
        return !led && waiting.iterator().next() == mine;
    }

    /**
     * Also after one who leaves: the wake-up that it was given may have been meant for the next.
     */
    private void wakeFirst() {
        if (!led && end == null && !waiting.isEmpty()) {
            waiting.iterator().next().signal();
        }
    }

    private void wake(Condition one) {
        lock.lock();
        try {
            one.signal();
        } finally {
            lock.unlock();
        }
    }

    private static boolean stopped(Abort abort) {
        return abort.hasClientLeft() || abort.raised().isPresent();
    }
}
