package io.weir.replay;

import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What one lane measured. Written by whoever owns the lane; read when all lanes are back. */
final class LaneTally {
    private final Histogram latency = new Histogram();
    private final Histogram firstToken = new Histogram();
    private final SortedMap<String, Long> failures = new TreeMap<>();

    /**
     * Counts one call.
     *
     * @param failure the word for what went wrong; null when nothing did
     * @param firstTokenNanos 0 where no content token was seen on its own
     */
    void add(@Nullable String failure, long latencyNanos, long firstTokenNanos) {
        if (failure != null) {
            failures.merge(failure, 1L, Long::sum);
            return;
        }
        latency.record(latencyNanos);
        if (firstTokenNanos > 0) {
            firstToken.record(firstTokenNanos);
        }
    }

    void addTo(Histogram allLatency, Histogram allFirstToken, SortedMap<String, Long> all) {
        allLatency.add(latency);
        allFirstToken.add(firstToken);
        failures.forEach((word, count) -> all.merge(word, count, Long::sum));
    }
}
