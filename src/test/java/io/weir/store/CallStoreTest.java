package io.weir.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.call.CallRecord;
import io.weir.call.CallRecords;
import io.weir.store.StoreUnavailable.Reason;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CallStoreTest {
    private static final Instant START = Instant.parse("2026-11-22T01:02:03.000004Z");
    private static final List<Column> ONE_NUMBER = List.of(new Column("n", Unit.NUMBER));

    @TempDir private Path directory;
    private CallStore store;

    @BeforeEach
    void open() throws StoreUnavailable {
        store = Stores.open(directory);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void givesBackWhateverARecordHolds() throws StoreUnavailable {
        Random random = new Random(7);
        List<CallRecord> records =
                IntStream.range(0, 60)
                        .mapToObj(i -> CallRecords.any(random, START.plusSeconds(i)))
                        .toList();
        store.append(records, 60);
        for (CallRecord record : records) {
            assertThat(store.call(record.id())).contains(record);
        }
    }

    @Test
    void findsACallWhoseIdSaysNothingAboutItsTime() throws StoreUnavailable {
        CallRecord random = CallRecords.at(START, 1).id(new UUID(0x4000, 99)).build();
        CallRecord late = CallRecords.at(START, 2).id(CallRecords.id(Instant.EPOCH, 2)).build();
        store.append(List.of(random, late), 2);
        assertThat(store.call(random.id())).contains(random);
        assertThat(store.call(late.id())).contains(late);
        assertThat(store.call(CallRecords.id(START, 3))).isEmpty();
    }

    @Test
    void storesABatchOnceHoweverOftenItComes() throws StoreUnavailable {
        List<CallRecord> batch = calls(0, 50);
        store.append(batch, 50);
        store.append(batch, 50);
        store.append(batch.subList(10, 30), 30);
        assertThat(store.count()).isEqualTo(50);
        assertThat(attempts()).isEqualTo(50);
        assertThat(store.appliedThrough()).isEqualTo(50);
    }

    @Test
    void storesABatchOnceThatOverlapsWhatWasStoredBeforeAStart() throws StoreUnavailable {
        store.append(calls(0, 50), 50);
        store.close();
        store = Stores.open(directory);
        assertThat(store.appliedThrough()).isEqualTo(50);
        store.append(calls(20, 40), 60);
        store.append(calls(60, 10), 70);
        assertThat(store.count()).isEqualTo(70);
        assertThat(attempts()).isEqualTo(70);
        assertThat(store.appliedThrough()).isEqualTo(70);
    }

    @Test
    void storesACallOnceThatIsTwiceInABatch() throws StoreUnavailable {
        CallRecord call = call(1);
        store.append(List.of(call, call), 2);
        assertThat(store.count()).isEqualTo(1);
    }

    @Test
    void keepsTheFirstRecordOfACallThatIsClosedAgainAsInterrupted() throws StoreUnavailable {
        store.append(calls(0, 10), 10);
        store.append(calls(10, 10), 20);
        store.append(
                List.of(CallRecords.at(START, 0).outcome("interrupted", 0).build(), call(20)), 22);
        assertThat(store.count()).isEqualTo(21);
        assertThat(store.call(CallRecords.id(START, 0)).orElseThrow().answer().outcome())
                .isEqualTo("completed");
    }

    @Test
    void appliesABatchWithoutRecords() throws StoreUnavailable {
        store.append(List.of(), 7);
        assertThat(store.appliedThrough()).isEqualTo(7);
        assertThat(store.count()).isZero();
    }

    @Test
    void listsCallsNewestFirstWithoutAttemptsAndContent() throws StoreUnavailable {
        CallRecord older = CallRecords.at(START, 1).content("asked", "answered").build();
        CallRecord newer = CallRecords.at(START.plusSeconds(1), 2).build();
        store.append(List.of(newer, older), 2);
        CallPage page = store.calls(CallFilter.ALL, PageRequest.first(10));
        assertThat(page.calls()).extracting(CallRecord::id).containsExactly(newer.id(), older.id());
        assertThat(page.calls()).allMatch(call -> call.attempts().isEmpty());
        assertThat(page.calls()).allMatch(call -> call.content() == null);
        assertThat(page.next()).isNull();
    }

    @Test
    void pagesThroughEveryCallOnceWhileOthersArrive() throws StoreUnavailable {
        List<CallRecord> sameInstant =
                IntStream.range(0, 25).mapToObj(i -> CallRecords.at(START, i).build()).toList();
        store.append(sameInstant, 25);
        List<UUID> seen = new ArrayList<>();
        String after = null;
        long sequence = 25;
        do {
            CallPage page = store.calls(CallFilter.ALL, new PageRequest(4, after));
            page.calls().forEach(call -> seen.add(call.id()));
            after = page.next();
            store.append(List.of(call((int) ++sequence)), sequence);
        } while (after != null);
        assertThat(seen).hasSize(25).doesNotHaveDuplicates();
        assertThat(seen).containsAll(sameInstant.stream().map(CallRecord::id).toList());
    }

    @Test
    void pagesBackTheWayItCame() throws StoreUnavailable {
        List<CallRecord> calls =
                IntStream.range(0, 10)
                        .mapToObj(i -> CallRecords.at(START.plusSeconds(i / 3), i).build())
                        .toList();
        store.append(calls, 10);
        CallPage first = store.calls(CallFilter.ALL, PageRequest.first(4));
        CallPage second = store.calls(CallFilter.ALL, new PageRequest(4, first.next()));
        CallPage third = store.calls(CallFilter.ALL, new PageRequest(4, second.next()));
        assertThat(first.previous()).isNull();
        assertThat(third.next()).isNull();

        CallPage back = store.calls(CallFilter.ALL, new PageRequest(4, null, third.previous()));
        assertThat(back.calls()).isEqualTo(second.calls());
        assertThat(back.next()).isEqualTo(second.next());
        CallPage top = store.calls(CallFilter.ALL, new PageRequest(4, null, back.previous()));
        assertThat(top.calls()).isEqualTo(first.calls());
        assertThat(top.previous()).isNull();
    }

    @Test
    void findsTheCallsBesideOne() throws StoreUnavailable {
        List<CallRecord> calls =
                IntStream.range(0, 5).mapToObj(i -> CallRecords.at(START, i).build()).toList();
        store.append(calls, 5);
        assertThat(store.calls(CallFilter.ALL, PageRequest.olderThan(calls.get(2), 1)).calls())
                .extracting(CallRecord::id)
                .containsExactly(calls.get(1).id());
        assertThat(store.calls(CallFilter.ALL, PageRequest.newerThan(calls.get(2), 1)).calls())
                .extracting(CallRecord::id)
                .containsExactly(calls.get(3).id());
        assertThat(store.calls(CallFilter.ALL, PageRequest.newerThan(calls.get(4), 1)).calls())
                .isEmpty();
    }

    @Test
    void refusesACursorThatIsNone() {
        for (String after : List.of("", "x", "AAAA", "not base64!", "A".repeat(64))) {
            assertThatThrownBy(() -> store.calls(CallFilter.ALL, new PageRequest(4, after)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("where a page ended");
        }
    }

    @Test
    void givesUpOnAQuestionThatTakesTooLong() throws StoreUnavailable {
        StoreConfig hasty =
                new StoreConfig(
                        128L << 20, 1, 0, 1, Duration.ZERO, Duration.ofSeconds(1), Duration.ZERO);
        try (CallStore other = new CallStore(directory.resolve("b"), hasty, System::nanoTime)) {
            String endless =
                    "SELECT count(*) FROM range(10000000) a, range(10000000) b"
                            + " WHERE a.range * b.range % 7 = 3";
            assertThatThrownBy(() -> other.table(endless, List.of(), ONE_NUMBER))
                    .isInstanceOfSatisfying(
                            StoreUnavailable.class,
                            e -> assertThat(e.reason()).isEqualTo(Reason.TIME_LIMIT));
            assertThat(other.count()).isZero();
        }
    }

    @Test
    void refusesAnAnswerOfTooManyRows() {
        assertThatThrownBy(() -> store.table("SELECT 1 FROM range(100001)", List.of(), ONE_NUMBER))
                .isInstanceOfSatisfying(
                        StoreUnavailable.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.TOO_LARGE));
    }

    @Test
    void refusesAQuestionThatNeedsTooMuchMemory() {
        String large =
                "SELECT count(*) FROM (SELECT list(range) l FROM range(100000000)) WHERE len(l) > 0";
        assertThatThrownBy(() -> store.table(large, List.of(), ONE_NUMBER))
                .isInstanceOfSatisfying(
                        StoreUnavailable.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.TOO_LARGE));
    }

    @Test
    void staysOpenWhenAStatementIsWrong() throws StoreUnavailable {
        assertThatThrownBy(() -> store.table("SELECT nothing FROM calls", List.of(), ONE_NUMBER))
                .isInstanceOf(IllegalStateException.class);
        assertThat(store.health().ok()).isTrue();
    }

    @Test
    void cannotReachFilesOrChangeItsSettings() {
        for (String sql :
                List.of(
                        "SELECT content FROM read_text('/etc/hostname')",
                        "SELECT value FROM duckdb_settings() WHERE set_config('threads', '9')")) {
            assertThatThrownBy(() -> store.table(sql, List.of(), ONE_NUMBER))
                    .as(sql)
                    .isInstanceOf(Exception.class);
        }
    }

    @Test
    void answersInCellsOfPlainTypes() throws StoreUnavailable {
        Table table =
                store.table(
                        "SELECT 1::INTEGER, sum(2::BIGINT), 0.5::DOUBLE, true, 'a', ?, NULL",
                        List.of(START),
                        List.of(
                                new Column("i", Unit.NUMBER),
                                new Column("h", Unit.NUMBER),
                                new Column("d", Unit.SHARE),
                                new Column("b", Unit.FLAG),
                                new Column("t", Unit.TEXT),
                                new Column("at", Unit.TIME),
                                new Column("none", Unit.TEXT)));
        assertThat(table.rows().getFirst()).containsExactly(1L, 2L, 0.5, true, "a", START, null);
    }

    @Test
    void deletesContentAndCallsByTwoClocks() throws StoreUnavailable {
        List<CallRecord> records = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            records.add(
                    CallRecords.at(START.plusSeconds(i), i).content("asked", "answered").build());
        }
        store.append(records, 30);
        Deleted deleted =
                store.delete(new Keep(START.plusSeconds(20), START.plusSeconds(10), Instant.EPOCH));
        assertThat(deleted).isEqualTo(new Deleted(20, 10, 0));
        assertThat(store.count()).isEqualTo(20);
        assertThat(attempts()).isEqualTo(20);
        assertThat(store.call(records.get(9).id())).isEmpty();
        assertThat(store.call(records.get(19).id()).orElseThrow().content()).isNull();
        assertThat(store.call(records.get(20).id())).contains(records.get(20));
    }

    @Test
    void saysHowItIs() throws StoreUnavailable {
        assertThat(store.health())
                .returns(true, StoreHealth::ok)
                .returns(0L, StoreHealth::calls)
                .returns(null, StoreHealth::oldest);
        store.append(calls(0, 3), 3);
        StoreHealth health = store.health();
        assertThat(health)
                .returns(3L, StoreHealth::calls)
                .returns(3L, StoreHealth::appliedThrough)
                .returns(START, StoreHealth::oldest)
                .returns(START.plusMillis(2), StoreHealth::newest);
        assertThat(health.bytesOnDisk()).isPositive();
    }

    @Test
    void saysThatItIsClosed() {
        store.close();
        assertThatThrownBy(() -> store.append(calls(0, 1), 1))
                .isInstanceOfSatisfying(
                        StoreUnavailable.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.CLOSED));
        assertThat(store.health().ok()).isFalse();
    }

    private long attempts() throws StoreUnavailable {
        Object count =
                store.table("SELECT count(*) FROM attempts", List.of(), ONE_NUMBER).cell(0, "n");
        return count instanceof Long number ? number : -1;
    }

    private static List<CallRecord> calls(int from, int count) {
        return IntStream.range(from, from + count).mapToObj(CallStoreTest::call).toList();
    }

    private static CallRecord call(int number) {
        return CallRecords.at(START.plusMillis(number), number).build();
    }
}
