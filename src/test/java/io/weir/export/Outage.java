package io.weir.export;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * All destinations are away while calls are recorded, and come back. Time is compressed: calls are
 * recorded as fast as the machine can, and no pause is longer than a second.
 *
 * @param segmentBytes of the journal
 * @param diskBudget of each exporter, as it is configured
 * @param patience how long a destination that does not answer is waited for, as it is configured
 */
record Outage(int calls, long segmentBytes, String diskBudget, String patience) {
    private static final double REAL_RATE = 500;
    private static final Duration DELIVERED_WITHIN = Duration.ofHours(1);

    /**
     * What became of it.
     *
     * @param bytesAfter of the journal, when all was delivered
     * @param exporters how each was at the end
     * @param tallies what each destination has
     */
    record Outcome(long bytesAfter, List<ExporterHealth> exporters, Map<String, Tally> tallies) {
        Tally tally(ExporterHealth exporter) {
            return tallies.getOrDefault(exporter.name(), new Tally(0, 0, 0, 0));
        }
    }

    /** Runs it in an empty directory, and prints what there is to know on the way. */
    Outcome run(Path directory, OtherSide other, PrintStream out) throws IOException {
        other.down();
        try (Shipping shipping = new Shipping(directory, segmentBytes)) {
            Exporters exporters = shipping.exporters(hastened(other.exporters()));
            try (exporters) {
                exporters.start();
                recorded(shipping, out);
                await().atMost(DELIVERED_WITHIN).until(() -> allFailed(exporters));
                exporters.health().forEach(each -> out.printf("  %s%n", trouble(each)));
                memory("held", shipping.mostBytes(), out);
                other.up();
                awaitDelivered(exporters, out);
            }
            memory("after", shipping.bytesOnDisk(), out);
            Outcome outcome =
                    new Outcome(shipping.bytesOnDisk(), exporters.health(), other.tallies(calls));
            table(outcome, out);
            return outcome;
        }
    }

    private void recorded(Shipping shipping, PrintStream out) throws IOException {
        long began = System.nanoTime();
        shipping.record(0, calls);
        out.printf(
                "%,d calls recorded in %.0f s, %,.0f times as fast as %.0f a second; meanwhile%n",
                calls, seconds(began), calls / REAL_RATE / seconds(began), REAL_RATE);
    }

    private void memory(String when, long journalBytes, PrintStream out) throws IOException {
        out.printf(
                "%s: %s of heap in use after a collection, %s resident at most, journal %s (disk budget %s)%n",
                when,
                mib(Memory.heapAfterCollection()),
                mib(Memory.mostResident()),
                mib(journalBytes),
                diskBudget);
    }

    private void table(Outcome outcome, PrintStream out) {
        out.printf(
                "%-10s %10s %10s %10s %10s %10s %10s %10s%n",
                "exporter",
                "recorded",
                "delivered",
                "received",
                "distinct",
                "missing",
                "dropped",
                "twice");
        for (ExporterHealth each : outcome.exporters()) {
            Tally tally = outcome.tally(each);
            out.printf(
                    "%-10s %,10d %,10d %,10d %,10d %,10d %,10d %,10d%n",
                    each.name(),
                    calls,
                    each.sent(),
                    tally.received(),
                    tally.received() - tally.duplicates(),
                    tally.lost(),
                    each.dropped(),
                    tally.duplicates());
        }
    }

    /** Waits until no exporter has anything left, and prints when each was done. */
    private static void awaitDelivered(Exporters exporters, PrintStream out) {
        long began = System.nanoTime();
        Map<String, Double> done = new HashMap<>();
        await().atMost(DELIVERED_WITHIN)
                .pollInterval(100, TimeUnit.MILLISECONDS)
                .until(() -> {
                    exporters.health().stream()
                            .filter(each -> each.lag() == 0)
                            .forEach(each -> done.putIfAbsent(each.name(), seconds(began)));
                    return done.size() == exporters.health().size();
                });
        out.printf("all are back, and have everything within %.0f s:", seconds(began));
        done.entrySet().stream()
                .sorted(Map.Entry.comparingByValue())
                .forEach(each -> out.printf(" %s %.0f", each.getKey(), each.getValue()));
        out.println();
    }

    private static boolean allFailed(Exporters exporters) {
        return exporters.health().stream().allMatch(each -> each.failing() > 0);
    }

    private static String trouble(ExporterHealth each) {
        return "%-10s %,9d entries behind, %4d failures, the last: %s"
                .formatted(each.name(), each.lag(), each.failures(), each.problem().orElse("none"));
    }

    private ArrayNode hastened(ArrayNode exporters) {
        for (JsonNode each : exporters) {
            ObjectNode exporter = (ObjectNode) each;
            exporter.put("disk_budget", diskBudget);
            exporter.putObject("batch").put("age", "2s");
            exporter.putObject("retry").put("first", "100ms").put("most", "1s");
            if (!exporter.path("kind").asString().equals("jsonl")) {
                exporter.putObject("timeouts").put("connect", patience).put("whole", patience);
            }
        }
        return exporters;
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }

    private static String mib(long bytes) {
        return "%,d MiB".formatted(bytes >> 20);
    }
}
