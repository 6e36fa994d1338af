package io.weir.ledger;

import io.weir.call.CallRecord;
import io.weir.call.CallRecordJson;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * What an append of 2 KB costs, with the background force on: {@code main [DIR]}. Closed loops are
 * the worst case of contention; the paced run is a gateway at 2,000 appends a second.
 */
public final class JournalBenchmark {
    private static final int PAYLOAD_BYTES = 2_048;
    private static final int WARM_UP = 100_000;
    private static final int APPENDS = 400_000;
    private static final int PACED_APPENDS = 20_000;
    private static final int RECORDS = 100_000;

    private final Path directory;
    private final PrintStream out = System.out;

    private JournalBenchmark(Path directory) {
        this.directory = directory;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path directory =
                arguments.length > 0
                        ? Path.of(arguments[0])
                        : Files.createTempDirectory("weir-journal");
        JournalBenchmark benchmark = new JournalBenchmark(directory);
        benchmark.json();
        for (int threads : new int[] {1, 2, 64}) {
            benchmark.appends(threads, WARM_UP / threads, 0);
            benchmark.appends(threads, APPENDS / threads, 0);
        }
        benchmark.appends(64, PACED_APPENDS / 64, 32_000_000L);
    }

    /** In CPU time of this thread, because other work may run beside. */
    private void json() {
        CallRecord call = TypicalCalls.answered(new UUID(1, 2));
        byte[] written = CallRecordJson.write(call);
        out.printf("a record without text, %d bytes of JSON%n", written.length);
        ThreadMXBean cpu = ManagementFactory.getThreadMXBean();
        long sum = 0;
        for (int round = 0; round < 6; round++) {
            long begin = cpu.getCurrentThreadCpuTime();
            for (int i = 0; i < RECORDS; i++) {
                sum += CallRecordJson.write(call).length;
            }
            long middle = cpu.getCurrentThreadCpuTime();
            for (int i = 0; i < RECORDS; i++) {
                sum += CallRecordJson.read(written).attempts().size();
            }
            long end = cpu.getCurrentThreadCpuTime();
            out.printf(
                    "  write %.2f us, read %.2f us (%d)%n",
                    (middle - begin) / 1e3 / RECORDS, (end - middle) / 1e3 / RECORDS, sum % 10);
        }
    }

    private void appends(int threads, int each, long everyNanos)
            throws IOException, InterruptedException {
        Path journalDirectory = Files.createTempDirectory(directory, "run");
        JournalSettings settings =
                new JournalSettings(journalDirectory, 64L << 20, Duration.ofMillis(50));
        long[] nanos = new long[threads * each];
        double seconds;
        try (Journal journal = Journal.open(settings, System::nanoTime)) {
            seconds = run(journal, threads, each, everyNanos, nanos);
        }
        delete(journalDirectory);
        report(threads, everyNanos, nanos, seconds);
    }

    private static double run(Journal journal, int threads, int each, long everyNanos, long[] nanos)
            throws InterruptedException {
        CountDownLatch done = new CountDownLatch(threads);
        long begin = System.nanoTime();
        for (int thread = 0; thread < threads; thread++) {
            int from = thread * each;
            Thread.ofVirtual()
                    .start(() -> {
                        append(journal, nanos, from, from + each, everyNanos);
                        done.countDown();
                    });
        }
        done.await();
        return (System.nanoTime() - begin) / 1e9;
    }

    private static void append(Journal journal, long[] nanos, int from, int to, long everyNanos) {
        byte[] payload = new byte[PAYLOAD_BYTES];
        new Random(from).nextBytes(payload);
        UUID id = new UUID(from, to);
        try {
            for (int i = from; i < to; i++) {
                if (everyNanos > 0) {
                    LockSupport.parkNanos(everyNanos);
                }
                long begin = System.nanoTime();
                journal.append(i % 2 == 0 ? Entry.Kind.OPENED : Entry.Kind.CLOSED, id, payload);
                nanos[i] = System.nanoTime() - begin;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void report(int threads, long everyNanos, long[] nanos, double seconds) {
        Arrays.sort(nanos);
        out.printf(
                "%2d virtual threads%s: %,d appends, %,.0f/s, p50 %.1f us, p99 %.1f us, p99.9 %.1f us, max %.0f us%n",
                threads,
                everyNanos > 0 ? ", paced" : "",
                nanos.length,
                nanos.length / seconds,
                micros(nanos, 0.5),
                micros(nanos, 0.99),
                micros(nanos, 0.999),
                micros(nanos, 1));
    }

    private static double micros(long[] sorted, double quantile) {
        return sorted[(int) Math.min(sorted.length - 1, sorted.length * quantile)] / 1e3;
    }

    private static void delete(Path tree) throws IOException {
        try (Stream<Path> paths = Files.walk(tree)) {
            for (Path path : paths.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(path);
            }
        }
    }
}
