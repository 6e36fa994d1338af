package io.weir.store;

import com.sun.management.OperatingSystemMXBean;
import io.weir.call.CallRecord;
import io.weir.call.CallRecords;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/**
 * Measures storing calls without their content: rows a second, and CPU of the whole process a row,
 * checkpoints included. Arguments: a directory, rows in all, rows a batch.
 */
public final class StoreBenchmark {
    private static final Instant START = Instant.parse("2026-11-22T00:00:00Z");

    private StoreBenchmark() {}

    /** Runs it. */
    public static void main(String[] arguments) throws IOException {
        Path directory = Path.of(arguments[0]);
        int rows = Integer.parseInt(arguments[1]);
        int batch = Integer.parseInt(arguments[2]);
        PrintStream out = System.out;
        long time = System.nanoTime();
        long cpu = cpuNanos();
        try (CallStore store = new CallStore(directory, StoreConfig.DEFAULTS, System::nanoTime)) {
            store.open();
            feed(store, 0, 20 * batch, batch);
            cpu = cpuNanos();
            time = System.nanoTime();
            feed(store, 20 * batch, rows, batch);
            report(out, "append", rows, batch, System.nanoTime() - time, cpuNanos() - cpu);
            ask(store, out);
        }
        report(out, "and close", rows, batch, System.nanoTime() - time, cpuNanos() - cpu);
        out.printf(
                "bytes a row %.0f%n",
                (double) Files.size(directory.resolve("weir.duckdb")) / (rows + 20 * batch));
    }

    private static void feed(CallStore store, int from, int count, int batch) throws IOException {
        for (int i = from; i < from + count; i += batch) {
            List<CallRecord> records = new ArrayList<>(batch);
            for (int j = i; j < i + batch; j++) {
                records.add(call(j));
            }
            store.append(records, i + batch);
        }
    }

    private static CallRecord call(int number) {
        CallRecords call =
                CallRecords.at(START.plusMillis(number), number)
                        .key("key_" + number % 20, "key " + number % 20, "project " + number % 5)
                        .latency(100 + (number * 7919L) % 3_000, 95 + (number * 7919L) % 3_000);
        return (number % 2 == 0 ? call.stream(50 + number % 400) : call).build();
    }

    private static void ask(CallStore store, PrintStream out) throws IOException {
        CallFilter key = CallFilter.ALL.key("key_3").model("gpt-4o-mini");
        UUID id = store.calls(CallFilter.ALL, PageRequest.first(100)).calls().getLast().id();
        time(out, "newest 100", () -> store.calls(CallFilter.ALL, PageRequest.first(100)));
        time(out, "newest 1,000 of a key", () -> store.calls(key, PageRequest.first(1_000)));
        time(out, "one call", () -> store.call(id));
        time(out, "health", store::health);
    }

    private static void time(PrintStream out, String what, Question question) throws IOException {
        double[] millis = new double[21];
        for (int i = 0; i < millis.length; i++) {
            long begin = System.nanoTime();
            question.ask();
            millis[i] = (System.nanoTime() - begin) / 1e6;
        }
        double first = millis[0];
        Arrays.sort(millis);
        out.printf("%s: %.1f ms at first, %.1f ms in the middle%n", what, first, millis[10]);
    }

    private static void report(
            PrintStream out, String what, int rows, int batch, long nanos, long cpuNanos) {
        out.printf(
                "%s: %,d rows, %,d a batch: %,.0f rows/s, %.1f us CPU a row%n",
                what, rows, batch, rows * 1e9 / nanos, cpuNanos / 1e3 / rows);
    }

    private static long cpuNanos() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    private interface Question {
        Object ask() throws IOException;
    }
}
