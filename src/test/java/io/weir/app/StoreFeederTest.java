package io.weir.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weir.call.RandomCalls;
import io.weir.ledger.Entry;
import io.weir.ledger.Journal;
import io.weir.ledger.JournalSettings;
import io.weir.ledger.RecordLog;
import io.weir.store.CallStore;
import io.weir.store.Stores;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreFeederTest {
    @TempDir private Path directory;

    @SuppressWarnings("NullAway.Init")
    private Journal journal;

    @SuppressWarnings("NullAway.Init")
    private CallStore store;

    @SuppressWarnings("NullAway.Init")
    private RecordLog log;

    @BeforeEach
    void open() throws IOException {
        journal =
                Journal.open(
                        new JournalSettings(
                                directory.resolve("journal"), 1 << 20, Duration.ofMillis(5)),
                        System::nanoTime);
        log = new RecordLog(journal);
        store = Stores.open(directory.resolve("store"));
    }

    @AfterEach
    void close() throws IOException {
        store.close();
        journal.close();
    }

    @Test
    void entriesThatHoldNoRecordAreDoneWithWithoutWaitingForOneThatDoes() throws IOException {
        journal.append(Entry.Kind.CLOSED, new UUID(1, 1), "no record".getBytes(UTF_8));
        try (StoreFeeder feeder = feeder()) {
            feeder.start();
            await().untilAsserted(
                            () -> assertThat(log.health().readerLag()).containsEntry("store", 0L));
        }
        assertThat(store.health().calls()).isZero();
    }

    @Test
    void endedCallsAreStoredWhateverStandsBesideThem() throws IOException {
        RandomCalls random = new RandomCalls(5);
        journal.append(Entry.Kind.CLOSED, new UUID(1, 1), "no record".getBytes(UTF_8));
        log.opened(random.next());
        log.closed(random.next());
        log.opened(random.next());
        try (StoreFeeder feeder = feeder()) {
            feeder.start();
            await().untilAsserted(
                            () -> assertThat(log.health().readerLag()).containsEntry("store", 0L));
        }
        assertThat(store.health().calls()).isEqualTo(1);
        assertThat(store.health().appliedThrough()).isEqualTo(4);
    }

    private StoreFeeder feeder() throws IOException {
        return new StoreFeeder(log.reader("store", Set.of(Entry.Kind.CLOSED)), store);
    }
}
