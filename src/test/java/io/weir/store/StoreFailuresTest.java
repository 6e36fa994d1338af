package io.weir.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.weir.call.CallRecord;
import io.weir.call.CallRecords;
import io.weir.store.StoreUnavailable.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreFailuresTest {
    private static final Instant START = Instant.parse("2026-11-22T01:02:03Z");
    private static final List<Column> NUMBER = List.of(new Column("n", Unit.NUMBER));

    @TempDir private Path directory;

    @Test
    void doesNotWriteWhileTheDiskIsNearlyFull() throws StoreUnavailable {
        StoreConfig greedy = config(Long.MAX_VALUE, Duration.ZERO);
        try (CallStore store = new CallStore(directory, greedy, System::nanoTime)) {
            assertThatThrownBy(() -> store.append(batch(0), 10))
                    .isInstanceOfSatisfying(
                            StoreUnavailable.class,
                            e -> assertThat(e.reason()).isEqualTo(Reason.DISK_NEARLY_FULL))
                    .hasMessageContaining("stay in the journal");
            assertThat(directory).isEmptyDirectory();
            assertThat(store.health().problem()).contains("disk nearly full");
            assertThat(store.count()).isZero();
        }
    }

    @Test
    void leavesAFileAloneThatIsNoDatabaseAndGoesOnWhenItIsGone() throws IOException {
        Path file = directory.resolve("weir.duckdb");
        byte[] garbage = new byte[20_000];
        new Random(1).nextBytes(garbage);
        Files.write(file, garbage);
        try (CallStore store = new CallStore(directory, Stores.CONFIG, System::nanoTime)) {
            assertThatThrownBy(store::open)
                    .isInstanceOfSatisfying(
                            StoreUnavailable.class,
                            e -> assertThat(e.reason()).isEqualTo(Reason.DATABASE_BROKEN))
                    .hasMessageContaining("move the file away");
            assertThat(store.health().ok()).isFalse();
            assertThat(Files.readAllBytes(file)).isEqualTo(garbage);
            Files.delete(file);
            store.append(batch(0), 10);
            assertThat(store.health().ok()).isTrue();
        }
    }

    @Test
    void letsQuestionsWaitForTheOpeningOutsideTheirTurns() throws Exception {
        CountDownLatch opening = new CountDownLatch(1);
        CompletableFuture<Void> goOn = new CompletableFuture<>();
        LongSupplier slow =
                () -> {
                    opening.countDown();
                    goOn.join();
                    return System.nanoTime();
                };
        StoreConfig impatient =
                new StoreConfig(
                        128L << 20, 1, 0, 1, Duration.ZERO, Duration.ofSeconds(20), Duration.ZERO);
        try (CallStore store = new CallStore(directory, impatient, slow)) {
            Thread first = Thread.ofPlatform().start(() -> ask(store));
            opening.await();
            Thread second = Thread.ofPlatform().start(() -> ask(store));
            await().until(() -> second.getState() != Thread.State.RUNNABLE);
            boolean waits = second.isAlive();
            goOn.complete(null);
            first.join();
            second.join();
            assertThat(waits).isTrue();
            assertThat(store.count()).isZero();
        }
    }

    @Test
    void triesToOpenNowAndThenOnly() throws IOException {
        Path file = directory.resolve("weir.duckdb");
        Files.writeString(file, "no database");
        AtomicLong nanos = new AtomicLong();
        StoreConfig patient = config(0, Duration.ofSeconds(5));
        try (CallStore store = new CallStore(directory, patient, nanos::get)) {
            assertThatThrownBy(store::open).isInstanceOf(StoreUnavailable.class);
            Files.delete(file);
            assertThatThrownBy(store::open)
                    .isInstanceOfSatisfying(
                            StoreUnavailable.class,
                            e -> assertThat(e.reason()).isEqualTo(Reason.DATABASE_BROKEN));
            nanos.addAndGet(Duration.ofSeconds(5).toNanos());
            store.open();
        }
    }

    @Test
    void losesNothingWhenTheDiskIsFullAndGoesOnWhenThereIsRoom()
            throws IOException, InterruptedException {
        Path disk = Files.createDirectory(directory.resolve("disk"));
        assumeThat(run("mount", "-t", "tmpfs", "-o", "size=24m", "weir-test", disk.toString()))
                .as("a tmpfs can be mounted, or else the full disk is NOT TESTED")
                .isZero();
        try {
            fillUpAndGoOn(disk);
        } finally {
            assertThat(run("umount", disk.toString())).isZero();
        }
    }

    private static void fillUpAndGoOn(Path disk) throws IOException {
        Path ballast = disk.resolve("ballast");
        Files.write(ballast, new byte[12 << 20]);
        try (CallStore store = new CallStore(disk, Stores.CONFIG, System::nanoTime)) {
            int stored = 0;
            StoreUnavailable failure = null;
            while (failure == null) {
                try {
                    store.append(batch(stored), 10L * (stored + 1));
                    stored++;
                } catch (StoreUnavailable e) {
                    failure = e;
                }
            }
            assertThat(failure.reason()).isEqualTo(Reason.DATABASE_BROKEN);
            assertThat(store.health().ok()).isFalse();
            Files.delete(ballast);
            int applied = (int) (store.appliedThrough() / 10);
            assertThat(applied).isBetween(stored, stored + 1);
            for (int i = stored; i < stored + 20; i++) {
                store.append(batch(i), 10L * (i + 1));
            }
            assertThat(store.health().problem()).isNull();
            assertThat(store.count()).isEqualTo(10L * (stored + 20));
            assertThat(rows(store, "attempts")).isEqualTo(10L * (stored + 20));
            assertThat(rows(store, "contents")).isEqualTo(10L * (stored + 20));
        }
    }

    private static @Nullable Object rows(CallStore store, String table) throws StoreUnavailable {
        return store.table("SELECT count(*) FROM " + table, List.of(), NUMBER).cell(0, "n");
    }

    private static List<CallRecord> batch(int number) {
        Random random = new Random(number);
        return IntStream.range(10 * number, 10 * number + 10)
                .mapToObj(i ->
                        CallRecords.at(START.plusMillis(i), i)
                                .content(text(random), text(random))
                                .build())
                .toList();
    }

    private static String text(Random random) {
        byte[] bytes = new byte[2_000];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static void ask(CallStore store) {
        try {
            store.count();
        } catch (StoreUnavailable e) {
            // Once it is open they are too many for its one turn: that is as it should be.
            assertThat(e.reason()).isEqualTo(Reason.BUSY);
        }
    }

    private static StoreConfig config(long minFreeBytes, Duration reopenPause) {
        return new StoreConfig(
                128L << 20,
                1,
                minFreeBytes,
                1,
                Duration.ofSeconds(20),
                Duration.ofSeconds(20),
                reopenPause);
    }

    private static int run(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            return -1;
        }
    }
}
