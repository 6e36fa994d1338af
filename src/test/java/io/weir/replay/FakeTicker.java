package io.weir.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that stands still until it is told, or waited on. */
public final class FakeTicker implements Ticker {
    private final AtomicLong now = new AtomicLong();
    private final List<Long> waits = new ArrayList<>();

    /** Lets time pass. */
    public void pass(long nanos) {
        now.addAndGet(nanos);
    }

    /** Every moment that somebody waited for. */
    public synchronized List<Long> waits() {
        return List.copyOf(waits);
    }

    @Override
    public long nanos() {
        return now.get();
    }

    @Override
    public synchronized void waitUntil(long deadline) {
        waits.add(deadline);
        now.accumulateAndGet(deadline, Math::max);
    }
}
