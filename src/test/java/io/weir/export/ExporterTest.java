package io.weir.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weir.call.CallRecord;
import io.weir.call.CallRecords;
import io.weir.ledger.Journal;
import io.weir.ledger.JournalSettings;
import io.weir.ledger.RecordLog;
import io.weir.wire.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A journal of segments of 64 KiB, and an exporter whose steps the test takes. */
class ExporterTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final Limits LIMITS = new Limits(100, 1 << 20, 100_000);

    @TempDir private Path directory;
    private final ScriptedDestination destination = new ScriptedDestination(LIMITS);
    private final Remembered steering = new Remembered();
    private long budget = 1L << 30;
    private Duration age = Duration.ofMillis(1);
    private Journal journal;
    private RecordLog log;
    private Exporter exporter;
    private int made;

    /** Steering that take no time. */
    private static final class Remembered extends Steering {
        private final List<Duration> taken = new ArrayList<>();
        private Chore meanwhile = () -> {};

        @Override
        void pause(Duration time) {
            taken.add(time);
        }

        @Override
        void pause(Duration time, Chore chore) throws IOException, InterruptedException {
            pause(time);
            meanwhile.run();
            chore.run();
        }
    }

    @SuppressWarnings("NullAway.Init")
    ExporterTest() {}

    @BeforeEach
    void open() throws IOException {
        Path journalDirectory = directory.resolve("journal");
        journal =
                Journal.open(
                        new JournalSettings(journalDirectory, 64 << 10, Duration.ofMillis(50)),
                        System::nanoTime);
        log = new RecordLog(journal);
        exporter = exporter();
    }

    @AfterEach
    void close() throws IOException {
        exporter.close();
        journal.close();
    }

    @Test
    void handsOnEveryCallOnceAndInOrder() throws Exception {
        List<UUID> calls = calls(1_050);
        drain();
        assertThat(destination.taken).isEqualTo(calls);
        assertThat(destination.batches).hasSize(11).allMatch(size -> size <= 100);
        ExporterHealth health = exporter.health();
        assertThat(health.sent()).isEqualTo(1_050);
        assertThat(health.lag()).isZero();
        assertThat(health.problem()).isEmpty();
        assertThat(health.waitingSince()).isEmpty();
    }

    @Test
    void holdsNoRecordForADestinationThatReadsJsonAlone() throws Exception {
        destination.readsJsonAlone = true;
        destination.dislikes = event -> event.known() != null;
        List<UUID> calls = calls(250);
        drain();
        assertThat(destination.taken).isEqualTo(calls);
        assertThat(exporter.health().setAside()).isZero();
    }

    @Test
    @Timeout(60)
    void aBatchThatMayGetOldHoldsUpNoStop() throws Exception {
        age = Duration.ofMinutes(5);
        exporter.close();
        exporter = exporter();
        calls(3);
        Thread stepping =
                Thread.ofPlatform()
                        .start(() -> {
                            try {
                                exporter.step();
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        });
        await().until(() -> stepping.getState() == Thread.State.TIMED_WAITING);
        steering.stop();
        stepping.join();
        assertThat(destination.taken).as("what there is goes out first").hasSize(3);
    }

    @Test
    void goesOnWhereItWasAfterARestart() throws Exception {
        List<UUID> calls = calls(150);
        exporter.step();
        exporter.close();
        journal.close();
        open();
        calls.addAll(calls(20));
        drain();
        assertThat(destination.taken).isEqualTo(calls);
    }

    @Test
    void triesAgainWhatFailedAfterAPauseThatGrowsAndObeysTheDestination() throws Exception {
        destination.failures.add(new Sent.Failed("busy", Optional.of(Duration.ofSeconds(30))));
        for (int i = 0; i < 9; i++) {
            destination.failures.add(new Sent.Failed("away"));
        }
        List<UUID> calls = calls(10);
        exporter.step();
        assertThat(exporter.health().problem()).hasValue("busy");
        assertThat(exporter.health().failing()).isEqualTo(1);
        assertThat(exporter.health().waitingSince()).hasValue(NOON);
        drain();
        assertThat(destination.taken).isEqualTo(calls);
        assertThat(exporter.health().failures()).isEqualTo(10);
        assertThat(exporter.health().failing()).isZero();
        assertThat(exporter.health().problem()).isEmpty();
        assertThat(steering.taken).hasSize(10);
        assertThat(steering.taken.getFirst()).isEqualTo(Duration.ofSeconds(30));
        assertThat(steering.taken.get(1)).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(2));
        assertThat(steering.taken.getLast())
                .isBetween(Duration.ofSeconds(30), Duration.ofSeconds(60));
    }

    @Test
    void sendsAgainWhatMayHaveArrivedUnderTheSameId() throws Exception {
        destination.losesTheNextAnswer = true;
        List<UUID> calls = calls(10);
        drain();
        assertThat(new HashSet<>(destination.taken)).isEqualTo(new HashSet<>(calls));
        assertThat(destination.taken).hasSize(20);
    }

    @Test
    void setsAsideWhatTheDestinationWillNeverTakeAndSendsTheOthersInOrder() throws Exception {
        List<UUID> calls = calls(500);
        UUID poison = calls.get(273);
        destination.dislikes = event -> event.callId().equals(poison);
        drain();
        List<UUID> others = new ArrayList<>(calls);
        others.remove(poison);
        assertThat(destination.taken).isEqualTo(others);
        assertThat(destination.batches).hasSizeLessThan(25);
        assertThat(exporter.health().setAside()).isEqualTo(1);
        assertThat(Json.MAPPER.readTree(Files.readString(asideFile())).path("call_id").asString())
                .isEqualTo(poison.toString());
        assertThat(Files.readString(asideFile())).contains("not to its taste", "\"event\":{");
    }

    @Test
    void goesOnAfterTheEventThatTheDestinationNamesWithoutSendingTheOthersAgain() throws Exception {
        destination.saysWhich = true;
        List<UUID> calls = calls(250);
        Set<UUID> poison = Set.of(calls.get(0), calls.get(57), calls.get(249));
        destination.dislikes = event -> poison.contains(event.callId());
        drain();
        List<UUID> others = new ArrayList<>(calls);
        others.removeAll(poison);
        assertThat(destination.taken).isEqualTo(others);
        assertThat(exporter.health().setAside()).isEqualTo(3);
        assertThat(exporter.health().sent()).isEqualTo(247);
    }

    @Test
    void setsAsideWhatIsTooLargeWithoutTryingIt() throws Exception {
        List<UUID> calls = calls(3);
        log.closed(call().content("x".repeat(200_000), "").build());
        calls.addAll(calls(3));
        exporter.close();
        exporter = exporter(new Fields(List.of(), Map.of(), true));
        drain();
        assertThat(destination.taken).isEqualTo(calls);
        assertThat(exporter.health().setAside()).isEqualTo(1);
    }

    @Test
    void keepsTheJournalNoLargerThanItsBudgetAndTheNewestCalls() throws Exception {
        exporter.close();
        budget = 256 << 10;
        exporter = exporter();
        destination.away = true;
        List<UUID> calls = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            calls.addAll(calls(50));
            exporter.step();
            assertThat(journal.health().bytesOnDisk()).isLessThan(budget + 3 * (64 << 10));
        }
        destination.away = false;
        drain();
        long dropped = exporter.health().dropped();
        assertThat(dropped).isPositive();
        assertThat(destination.taken).isEqualTo(calls.subList((int) dropped, calls.size()));
    }

    @Test
    void keepsTheJournalNoLargerThanItsBudgetThoughADestinationAsksForAnHour() throws Exception {
        exporter.close();
        budget = 256 << 10;
        exporter = exporter();
        destination.failures.add(new Sent.Failed("busy", Optional.of(Duration.ofHours(1))));
        List<UUID> calls = calls(50);
        steering.meanwhile = () -> calls.addAll(calls(1_000));
        exporter.step();
        assertThat(journal.health().bytesOnDisk()).isLessThan(budget + 2 * (64 << 10));
        drain();
        long dropped = exporter.health().dropped();
        assertThat(destination.taken).isEqualTo(calls.subList((int) dropped, calls.size()));
    }

    @Test
    void beginsAnewWhereItIsTold() throws Exception {
        List<UUID> calls = calls(30);
        drain();
        steering.reset(Start.OLDEST);
        drain();
        List<UUID> twice = new ArrayList<>(calls);
        twice.addAll(calls);
        assertThat(destination.taken).isEqualTo(twice);
        destination.away = true;
        calls(20);
        exporter.step();
        steering.reset(Start.NEWEST);
        exporter.step();
        destination.away = false;
        List<UUID> later = calls(5);
        drain();
        assertThat(destination.taken.subList(60, destination.taken.size())).isEqualTo(later);
        assertThat(exporter.health().lag()).isZero();
    }

    private Path asideFile() {
        return directory.resolve("aside.jsonl");
    }

    private void drain() throws InterruptedException {
        do {
            exporter.step();
        } while (exporter.health().lag() > 0);
    }

    private List<UUID> calls(int count) throws IOException {
        List<UUID> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            CallRecord call = call().build();
            log.closed(call);
            ids.add(call.id());
        }
        return ids;
    }

    private CallRecords call() {
        return CallRecords.at(NOON.plusSeconds(made), made++);
    }

    private Exporter exporter() throws IOException {
        return exporter(Fields.ALL);
    }

    private Exporter exporter(Fields fields) throws IOException {
        ExporterSettings settings =
                new ExporterSettings(
                        "scripted",
                        "scripted",
                        1_000,
                        1 << 20,
                        age,
                        Duration.ofSeconds(1),
                        Duration.ofMinutes(1),
                        budget);
        return new Exporter(
                new ExporterPlan(settings, fields, () -> destination),
                log,
                new SetAside(asideFile()),
                Instant::now,
                new Random(1),
                steering);
    }
}
