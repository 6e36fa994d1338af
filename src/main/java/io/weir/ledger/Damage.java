package io.weir.ledger;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Which entries are missing. Several readers find the same gap; it counts once. */
final class Damage {
    private final ConcurrentMap<Long, Long> missingByFirst = new ConcurrentHashMap<>();

    void missing(long first, long entries) {
        missingByFirst.put(first, entries);
    }

    long missingEntries() {
        return missingByFirst.values().stream().mapToLong(Long::longValue).sum();
    }
}
