package io.weir.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weir.call.CallRecords;
import io.weir.ledger.Entry;
import io.weir.ledger.Journal;
import io.weir.ledger.JournalSettings;
import io.weir.ledger.RecordLog;
import io.weir.metrics.CallMetrics;
import io.weir.metrics.Exposition;
import io.weir.metrics.HealthMetrics;
import io.weir.metrics.MetricsConfig;
import io.weir.store.StoreHealth;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsFeederTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    @TempDir private Path directory;

    @SuppressWarnings("NullAway.Init")
    private Journal journal;

    @SuppressWarnings("NullAway.Init")
    private RecordLog log;

    @BeforeEach
    void open() throws IOException {
        journal =
                Journal.open(
                        new JournalSettings(directory, 1 << 20, Duration.ofMillis(5)),
                        System::nanoTime);
        log = new RecordLog(journal);
    }

    @AfterEach
    void close() throws IOException {
        journal.close();
    }

    @Test
    void whatEndedBeforeAnybodyCountedIsHistory() throws IOException {
        end(1);
        CallMetrics metrics = metrics();
        try (MetricsFeeder feeder = MetricsFeeder.of(log, metrics)) {
            end(2);
            feeder.start();
            caughtUp();
        }
        assertThat(counted(metrics)).isEqualTo(1);
    }

    @Test
    void eachProcessCountsFromZeroWhatTheOneBeforeHasNotCounted() throws IOException {
        CallMetrics before = metrics();
        try (MetricsFeeder feeder = MetricsFeeder.of(log, before)) {
            feeder.start();
            end(1);
            end(2);
            caughtUp();
        }
        end(3);
        CallMetrics after = metrics();
        try (MetricsFeeder feeder = MetricsFeeder.of(log, after)) {
            feeder.start();
            caughtUp();
        }
        assertThat(counted(before)).isEqualTo(2);
        assertThat(counted(after)).isEqualTo(1);
    }

    @Test
    void openedCallsAndWhatIsNoRecordAreNotCounted() throws IOException {
        CallMetrics metrics = metrics();
        try (MetricsFeeder feeder = MetricsFeeder.of(log, metrics)) {
            feeder.start();
            log.opened(CallRecords.at(NOON, 1).build());
            journal.append(Entry.Kind.CLOSED, new UUID(1, 1), "no record".getBytes(UTF_8));
            end(2);
            caughtUp();
        }
        assertThat(counted(metrics)).isEqualTo(1);
    }

    private void end(long number) throws IOException {
        log.closed(CallRecords.at(NOON, number).build());
    }

    private void caughtUp() {
        await().untilAsserted(
                        () -> assertThat(log.health().readerLag()).containsEntry("metrics", 0L));
    }

    private static CallMetrics metrics() {
        return new CallMetrics(new MetricsConfig(List.of(), 1, false));
    }

    private double counted(CallMetrics metrics) {
        StoreHealth store = new StoreHealth(null, 0, 0, 0, null, null);
        HealthMetrics health = new HealthMetrics("test", log::health, () -> store);
        String text =
                new String(
                        new Exposition(metrics, List.of(health)).write("", false).content(), UTF_8);
        return text.lines()
                .filter(line -> line.startsWith("weir_calls_total "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(' '))))
                .sum();
    }
}
