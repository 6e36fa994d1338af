package io.weir.export;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** What was sent beside what a double has: how many came, are missing, and came more than once. */
public record Tally(int sent, int received, int lost, int duplicates) {
    public static Tally of(Collection<UUID> sent, Collection<UUID> received) {
        Map<UUID, Integer> times = new HashMap<>();
        received.forEach(id -> times.merge(id, 1, Integer::sum));
        int lost = (int) sent.stream().filter(id -> !times.containsKey(id)).count();
        return new Tally(sent.size(), received.size(), lost, received.size() - times.size());
    }

    /** Says it, for whoever reads a test's output. */
    public Tally said(String of) {
        System.out.printf(
                "%s: sent %d, received %d, lost %d, duplicates %d%n",
                of, sent, received, lost, duplicates);
        return this;
    }
}
