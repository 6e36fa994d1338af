package io.weir.emulator;

import java.util.LinkedHashMap;
import java.util.Map;

/** How often each request has failed already. Guarded by its own lock; forgets the oldest. */
final class FailureCounts {
    private static final int MOST = 10_000;

    private final Map<Long, Integer> counts = new LinkedHashMap<>();

    /** Whether this request, one of {@code failures} that fail before one is answered, fails. */
    synchronized boolean failsAgain(byte[] body, int failures) {
        Long key = fingerprint(body);
        int failed = counts.getOrDefault(key, 0);
        if (failed >= failures) {
            counts.remove(key);
            return false;
        }
        counts.put(key, failed + 1);
        if (counts.size() > MOST) {
            counts.remove(counts.keySet().iterator().next());
        }
        return true;
    }

    private static long fingerprint(byte[] body) {
        long hash = 0xCBF29CE484222325L;
        for (byte one : body) {
            hash = (hash ^ one) * 0x100000001B3L;
        }
        return hash;
    }
}
