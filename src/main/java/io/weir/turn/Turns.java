package io.weir.turn;

import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Those who wait by their owners, each of whom is served once a round. Guarded by its line. */
final class Turns {
    private final Map<String, ArrayDeque<Waiter>> byOwner = new LinkedHashMap<>();

    void add(Waiter waiter) {
        byOwner.computeIfAbsent(waiter.owner(), unseen -> new ArrayDeque<>()).add(waiter);
    }

    /** Whose turn it is; null where nobody waits. */
    @Nullable Waiter first() {
        return byOwner.isEmpty() ? null : byOwner.values().iterator().next().peekFirst();
    }

    /**
     * Lets one go.
     *
     * @param served whether its owner has had the turn
     */
    void remove(Waiter waiter, boolean served) {
        ArrayDeque<Waiter> own = byOwner.get(waiter.owner());
        if (own == null) {
            return;
        }
        own.remove(waiter);
        if (own.isEmpty() || served) {
            byOwner.remove(waiter.owner());
        }
        if (!own.isEmpty() && served) {
            byOwner.put(waiter.owner(), own);
        }
    }
}
