package io.weir.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.call.CallRecord;
import io.weir.call.CallRecords;
import io.weir.store.CallStore;
import io.weir.store.StoreUnavailable;
import io.weir.store.Stores;
import io.weir.store.Table;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three days of a call every ten seconds, with an hour of failures at the second midnight. */
class AnomalyWatchTest {
    private static final Instant START = Instant.parse("2026-11-20T06:00:00Z");
    private static final Instant END = Instant.parse("2026-11-22T14:00:00Z");
    private static final Instant FAILS = Instant.parse("2026-11-21T23:30:00Z");
    private static final Instant WORKS = Instant.parse("2026-11-22T00:30:00Z");

    /** It takes a quarter of an hour to be sure that it is over. */
    private static final Instant OVER = WORKS.plus(Duration.ofMinutes(10));

    @TempDir private Path directory;
    private CallStore store;

    @BeforeEach
    void fill() throws StoreUnavailable {
        store = Stores.open(directory);
        store.append(calls(), 100_000);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void searchesTodayFirstAndEachDayBeforeOnce() throws StoreUnavailable {
        AnomalyWatch watch = new AnomalyWatch(store);
        assertThat(watch.covers(END.minusSeconds(60), END)).isFalse();
        assertThat(watch.look(END)).isTrue();
        assertThat(watch.covers(END.minusSeconds(60), END)).isTrue();
        assertThat(watch.covers(START, END)).isFalse();
        assertThat(watch.look(END)).isTrue();
        assertThat(watch.look(END)).isFalse();
        assertThat(watch.covers(START, END)).isTrue();
        assertThat(watch.look(END)).isFalse();
        assertThat(watch.look(END.plus(Duration.ofMinutes(5)))).isTrue();
        assertThat(watch.look(END.plus(Duration.ofMinutes(5)))).isFalse();
    }

    @Test
    void whatGoesOnOverMidnightIsOne() throws StoreUnavailable {
        Table found = searched().within(START, END);
        assertThat(kinds(found)).containsExactly("errors", "errors");
        for (int row = 0; row < 2; row++) {
            assertThat(found.cell(row, "from")).isEqualTo(FAILS);
            assertThat(found.cell(row, "until")).isEqualTo(OVER);
            assertThat(found.cell(row, "calls")).isEqualTo(420L);
        }
    }

    @Test
    void showsWhatWasNotOverBeforeTheTimeOrBeganLater() throws StoreUnavailable {
        AnomalyWatch watch = searched();
        assertThat(watch.within(OVER.minusSeconds(1), END).rows()).hasSize(2);
        assertThat(watch.within(OVER, END).rows()).isEmpty();
        assertThat(watch.within(START, FAILS).rows()).isEmpty();
        assertThat(watch.within(START, FAILS.plusSeconds(1)).rows()).hasSize(2);
    }

    @Test
    void ofAnEmptyStoreEverythingIsCovered() throws StoreUnavailable {
        try (CallStore empty = Stores.open(directory.resolve("empty"))) {
            AnomalyWatch watch = new AnomalyWatch(empty);
            assertThat(watch.look(END)).isFalse();
            assertThat(watch.within(START, END).rows()).isEmpty();
        }
    }

    private AnomalyWatch searched() throws StoreUnavailable {
        AnomalyWatch watch = new AnomalyWatch(store);
        while (watch.look(END)) {
            assertThat(watch.within(END, END.plusSeconds(1)).rows()).isEmpty();
        }
        return watch;
    }

    private static List<Object> kinds(Table table) {
        List<Object> kinds = new ArrayList<>();
        for (int row = 0; row < table.rows().size(); row++) {
            kinds.add(String.valueOf(table.cell(row, "kind")));
        }
        return kinds;
    }

    private static List<CallRecord> calls() {
        Random random = new Random(5);
        List<CallRecord> calls = new ArrayList<>();
        for (Instant at = START; at.isBefore(END); at = at.plusSeconds(10)) {
            boolean fails = !at.isBefore(FAILS) && at.isBefore(WORKS);
            CallRecords call =
                    CallRecords.at(at, calls.size())
                            .model("gpt-4o", "gpt-4o")
                            .key("key_1", "app", "default")
                            .latency(900 + random.nextInt(200), 800);
            calls.add(
                    (fails
                                    ? call.outcome("upstream_failed", 500)
                                            .error("server_error", "server_error", "no")
                                    : call)
                            .build());
        }
        return calls;
    }
}
