package io.weir.limit;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * What a rule counts for one slot. It is let go when nothing of it is left to remember; so that
 * nobody counts on one that was let go, whoever uses it enters first, and leaves in the end.
 */
abstract class Counter {
    private static final int GONE = -1;

    private final AtomicInteger present = new AtomicInteger();

    /** Begins a use; false where it was let go, and another has to be looked up. */
    final boolean enter() {
        while (true) {
            int before = present.get();
            if (before == GONE) {
                return false;
            }
            if (present.compareAndSet(before, before + 1)) {
                return true;
            }
        }
    }

    /** Begins a use unless so many are under way. */
    final boolean enterBelow(int most) {
        while (true) {
            int before = present.get();
            if (before == GONE || before >= most) {
                return false;
            }
            if (present.compareAndSet(before, before + 1)) {
                return true;
            }
        }
    }

    /** Ends a use. */
    final void leave() {
        present.decrementAndGet();
    }

    /** Uses under way. */
    final int present() {
        return Math.max(0, present.get());
    }

    final boolean isGone() {
        return present.get() == GONE;
    }

    /** Lets it go, if nobody uses it and nothing is left to remember. */
    final boolean letGo(Moment now) {
        if (!isSpent(now) || !present.compareAndSet(0, GONE)) {
            return false;
        }
        if (isSpent(now)) {
            return true;
        }
        // Somebody used it between the look and the letting go.
        present.set(0);
        return false;
    }

    /** Whether a new one would say the same. */
    abstract boolean isSpent(Moment now);
}
