package io.weir.web;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * So many tries in a time for each name or address. A try counts before it is known how it ends, so
 * that many at once are no way around. One lock for all of its state.
 */
final class Throttle {
    private static final int MOST_KEPT = 10_000;

    private final InstantSource clock;
    private final int allowed;
    private final Duration time;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Tries> tries = new LinkedHashMap<>();

    private record Tries(int count, Instant since) {}

    Throttle(InstantSource clock, int allowed, Duration time) {
        this.clock = clock;
        this.allowed = allowed;
        this.time = time;
    }

    /** Counts a try; false where there were too many. */
    boolean permits(String who) {
        Instant now = clock.instant();
        lock.lock();
        try {
            Tries before = tries.remove(who);
            Tries tried =
                    before == null || now.isAfter(before.since().plus(time))
                            ? new Tries(1, now)
                            : new Tries(Math.min(before.count(), allowed) + 1, before.since());
            tries.put(who, tried);
            if (tries.size() > MOST_KEPT) {
                Iterator<String> longestUnseen = tries.keySet().iterator();
                longestUnseen.next();
                longestUnseen.remove();
            }
            return tried.count() <= allowed;
        } finally {
            lock.unlock();
        }
    }

    /** Forgets the tries of somebody who has succeeded. */
    void forget(String who) {
        lock.lock();
        try {
            tries.remove(who);
        } finally {
            lock.unlock();
        }
    }
}
