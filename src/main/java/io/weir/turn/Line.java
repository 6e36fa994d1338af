package io.weir.turn;

import io.weir.call.Priority;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Those who wait for the same thing. A higher priority goes first, but after {@link #MOST_PASSING}
 * of higher ones it is a lower one's turn, so that nobody waits for ever. Within a priority owners
 * take turns, so that one with a thousand calls does not keep out one with a single call. Its lock
 * is taken by those who wait, and by those who give something back while somebody waits.
 */
public final class Line {
    /** Of higher priorities, before it is a lower one's turn. */
    static final int MOST_PASSING = 8;

    /** What an attempt gives that cannot succeed here. */
    public static final long ELSEWHERE = -1;

    /** What an attempt gives that can succeed when something is given back. */
    public static final long WHEN_WOKEN = Long.MAX_VALUE;

    private final LongSupplier ticker;
    private final int most;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Priority, Turns> waiters = new EnumMap<>(Priority.class);
    private final Map<Priority, Integer> passed = new EnumMap<>(Priority.class);
    private final AtomicInteger size = new AtomicInteger();

    /** What came of waiting. */
    public enum End {
        /** The attempt succeeded, or cannot succeed here. */
        TRIED,
        /** It did not become possible in time, or cannot any more. */
        IN_VAIN,
        /** As many wait as may. */
        FULL,
        /** Whoever waited has been stopped. */
        STOPPED
    }

    /**
     * A line of nobody.
     *
     * @param ticker nanoseconds of a monotonic clock
     * @param most who may wait at once
     */
    public Line(LongSupplier ticker, int most) {
        this.ticker = ticker;
        this.most = most;
        for (Priority priority : Priority.values()) {
            waiters.put(priority, new Turns());
            passed.put(priority, 0);
        }
    }

    /** How many wait. */
    public int size() {
        return size.get();
    }

    /**
     * Whether somebody may take what others wait for.
     *
     * @param waiter null for one who has just come
     */
    public boolean lets(@Nullable Waiter waiter) {
        if (size.get() == 0) {
            return true;
        }
        if (waiter == null) {
            return false;
        }
        lock.lock();
        try {
            Waiter next = next();
            return next == null || next == waiter || waiter.isOlderThan(next);
        } finally {
            lock.unlock();
        }
    }

    /** Something was given back: whoever is next tries again. */
    public void wake() {
        if (size.get() == 0) {
            return;
        }
        lock.lock();
        try {
            wakeNext();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits on the waiter's thread, and tries whenever it is its turn.
     *
     * @param until of the ticker, the longest
     * @param attempt gives 0 where it succeeded, {@link #ELSEWHERE}, or after how many nanoseconds
     *     it is worth another
     */
    public End await(Waiter waiter, long until, LongSupplier attempt) {
        if (!join(waiter)) {
            return End.FULL;
        }
        boolean served = false;
        try {
            while (true) {
                long wait = WHEN_WOKEN;
                if (isNext(waiter)) {
                    wait = attempt.getAsLong();
                    if (wait <= 0) {
                        served = wait == 0;
                        return End.TRIED;
                    }
                }
                long left = until - ticker.getAsLong();
                if (waiter.isStopped()) {
                    return End.STOPPED;
                }
                if (left <= 0 || (wait != WHEN_WOKEN && wait > left)) {
                    return End.IN_VAIN;
                }
                LockSupport.parkNanos(this, Math.min(wait, left));
            }
        } finally {
            leave(waiter, served);
        }
    }

    private boolean join(Waiter waiter) {
        lock.lock();
        try {
            if (size.get() >= most) {
                return false;
            }
            turns(waiter.priority()).add(waiter);
            size.incrementAndGet();
            return true;
        } finally {
            lock.unlock();
        }
    }

    private boolean isNext(Waiter waiter) {
        lock.lock();
        try {
            return next() == waiter;
        } finally {
            lock.unlock();
        }
    }

    private void leave(Waiter waiter, boolean served) {
        lock.lock();
        try {
            turns(waiter.priority()).remove(waiter, served);
            size.decrementAndGet();
            if (served) {
                count(waiter.priority());
            }
            wakeNext();
        } finally {
            lock.unlock();
        }
    }

    /** Those of lower priorities who wait have seen one more pass. */
    private void count(Priority served) {
        passed.put(served, 0);
        for (Priority priority : Priority.values()) {
            if (priority.compareTo(served) > 0) {
                boolean waits = turns(priority).first() != null;
                passed.merge(priority, waits ? 1 : 0, (had, more) -> waits ? had + more : 0);
            }
        }
    }

    private void wakeNext() {
        Waiter next = next();
        if (next != null) {
            next.wake();
        }
    }

    private @Nullable Waiter next() {
        Waiter highest = null;
        for (Priority priority : Priority.values()) {
            Waiter first = turns(priority).first();
            if (first != null && passed.getOrDefault(priority, 0) >= MOST_PASSING) {
                return first;
            }
            if (highest == null) {
                highest = first;
            }
        }
        return highest;
    }

    private Turns turns(Priority priority) {
        Turns turns = waiters.get(priority);
        if (turns == null) {
            throw new IllegalStateException("no turns for " + priority);
        }
        return turns;
    }
}
