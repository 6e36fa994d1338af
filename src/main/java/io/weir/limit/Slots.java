package io.weir.limit;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The counters of a rule, one a slot. There are no more than so many, whatever clients call their
 * users: those that come later share one.
 *
 * @param <C> what is counted in
 */
final class Slots<C extends Counter> {
    static final int MOST = 200_000;

    private final Map<Slot, C> counters = new ConcurrentHashMap<>();
    private final int most;

    Slots(int most) {
        this.most = most;
    }

    /** The counter of a slot; whoever enters it may find that it is gone, and asks again. */
    C get(Slot slot, Supplier<C> fresh) {
        C counter = counters.get(slot);
        if (counter != null) {
            return counter;
        }
        Slot free = counters.size() < most ? slot : Slot.OTHERS;
        return counters.computeIfAbsent(free, unseen -> fresh.get());
    }

    /** Lets go of those in which nothing is left to remember. */
    void sweep(Moment now) {
        counters.values().removeIf(counter -> counter.letGo(now));
    }

    Map<Slot, C> all() {
        return counters;
    }
}
