package io.weir.export;

import static org.awaitility.Awaitility.await;

import com.sun.management.OperatingSystemMXBean;
import io.weir.wire.Json;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * How fast each exporter, alone, sends what a journal holds, and what CPU that takes of Weir; each
 * in its turn, again and again. Arguments: a directory, how many calls, how many rounds after one
 * that warms up, and the names of some exporters where not all are wanted. {@code bench/run
 * exporters} runs it.
 */
final class ExporterBench {
    private static final long SEGMENT_BYTES = 64 << 20;

    private final Shipping shipping;
    private final OtherSide other;
    private final int calls;
    private final Map<String, List<Run>> runs = new LinkedHashMap<>();

    private record Run(double callsPerSecond, double cpuMicros) {}

    private ExporterBench(Shipping shipping, OtherSide other, int calls) {
        this.shipping = shipping;
        this.other = other;
        this.calls = calls;
    }

    public static void main(String[] arguments) throws Exception {
        Path directory = Path.of(arguments[0]);
        int rounds = Integer.parseInt(arguments[2]);
        try (OtherSide other = new DestinationsProcess(directory.resolve("destinations"));
                Shipping shipping = new Shipping(directory.resolve("data"), SEGMENT_BYTES)) {
            ExporterBench bench =
                    new ExporterBench(shipping, other, Integer.parseInt(arguments[1]));
            bench.run(rounds, Arrays.asList(arguments).subList(3, arguments.length));
        }
    }

    private void run(int rounds, List<String> wanted) throws IOException {
        shipping.holdAll();
        shipping.record(0, calls);
        for (int round = 0; round <= rounds; round++) {
            for (JsonNode exporter : other.exporters()) {
                String name = exporter.path("name").asString();
                if (wanted.isEmpty() || wanted.contains(name)) {
                    run(name, (ObjectNode) exporter, round);
                }
            }
        }
        report(rounds);
    }

    private void run(String name, ObjectNode exporter, int round) throws IOException {
        Run run = drain(exporter, round);
        System.out.printf(
                "round %d  %-10s %,8.0f calls/s  %5.1f us of CPU a call%n",
                round, name, run.callsPerSecond(), run.cpuMicros());
        if (round > 0) {
            runs.computeIfAbsent(name, key -> new ArrayList<>()).add(run);
        }
    }

    private Run drain(ObjectNode exporter, int round) throws IOException {
        exporter.put("name", exporter.path("name").asString() + "-" + round);
        exporter.putObject("batch").put("age", "2s");
        ArrayNode alone = Json.MAPPER.createArrayNode().add(exporter);
        try (Exporters exporters = shipping.exporters(alone)) {
            long began = System.nanoTime();
            long cpu = cpuNanos();
            exporters.start();
            await().atMost(Duration.ofHours(1))
                    .pollDelay(Duration.ZERO)
                    .pollInterval(20, TimeUnit.MILLISECONDS)
                    .until(() -> exporters.health().getFirst().lag() == 0);
            double nanos = System.nanoTime() - began;
            return new Run(calls * 1e9 / nanos, (cpuNanos() - cpu) / 1e3 / calls);
        }
    }

    private void report(int rounds) throws IOException {
        Map<String, Tally> tallies = other.tallies(calls);
        System.out.printf(
                "%nmedians of %d rounds, %,d calls each%n%-10s %10s %22s %8s%n",
                rounds, calls, "exporter", "calls/s", "us of CPU a call", "lost");
        runs.forEach((name, its) ->
                System.out.printf(
                        "%-10s %,10.0f %22.1f %,8d%n",
                        name,
                        median(its.stream().mapToDouble(Run::callsPerSecond).toArray()),
                        median(its.stream().mapToDouble(Run::cpuMicros).toArray()),
                        tallies.getOrDefault(name, new Tally(0, 0, calls, 0)).lost()));
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }

    private static long cpuNanos() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }
}
