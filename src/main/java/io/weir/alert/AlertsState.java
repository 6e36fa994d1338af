package io.weir.alert;

import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of alerts over a restart.
 *
 * @param outbox what channels are yet to be told, the oldest first
 */
record AlertsState(
        List<OfRule> rules, List<Silence> silences, SortedMap<String, List<Notification>> outbox) {
    /** Nothing yet. */
    static final AlertsState EMPTY = new AlertsState(List.of(), List.of(), new TreeMap<>());

    AlertsState {
        rules = List.copyOf(rules);
        silences = List.copyOf(silences);
        outbox = new TreeMap<>(outbox);
    }

    /**
     * Of one rule.
     *
     * @param looked the latest instant that was looked at
     * @param incident null where there is none
     */
    record OfRule(String rule, Instant looked, List<Cell> cells, @Nullable OpenIncident incident) {
        OfRule {
            cells = List.copyOf(cells);
        }
    }
}
