package io.weir.ledger;

import static io.weir.ledger.Journals.NO_WAIT;
import static io.weir.ledger.Journals.id;
import static io.weir.ledger.Journals.payload;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.weir.call.CallRecord;
import io.weir.call.CallRecord.Content;
import io.weir.call.CallRecordJson;
import io.weir.call.Cost;
import io.weir.call.RandomCalls;
import io.weir.call.Repriced;
import io.weir.ledger.RecordReader.Line;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordLogTest {
    @TempDir private Path directory;

    @Test
    void givesBackEveryRecordAsItWas() throws IOException, InterruptedException {
        RandomCalls random = new RandomCalls(9);
        List<CallRecord> calls = new ArrayList<>();
        try (Journal journal = Journals.open(directory, 100_000)) {
            RecordLog log = new RecordLog(journal);
            for (int i = 0; i < 300; i++) {
                CallRecord call = random.next();
                calls.add(call);
                log.closed(call);
            }
            try (RecordReader reader = log.reader("store")) {
                List<Line> lines = reader.poll(1_000, Integer.MAX_VALUE, NO_WAIT);
                assertThat(lines).extracting(Line::call).isEqualTo(calls);
                assertThat(lines.getLast().sequence()).isEqualTo(300);
                reader.commit();
                assertThat(log.health().readerLag()).containsEntry("store", 0L);
            }
        }
    }

    @Test
    void whoFollowsCloselyIsGivenTheRecordItselfAndWhoComesLateADecodedOne()
            throws IOException, InterruptedException {
        try (Journal journal = Journals.open(directory, 1 << 20)) {
            RecordLog log = new RecordLog(journal);
            CallRecord first = TypicalCalls.answered(id(1));
            try (RecordReader close = log.reader("close");
                    RecordReader other = log.reader("other");
                    RecordReader late = log.reader("late")) {
                log.closed(first);
                Line line = close.poll(10, 1 << 20, NO_WAIT).getFirst();
                assertThat(line.call()).isSameAs(first);
                assertThat(line.json()).isEqualTo(CallRecordJson.write(first));
                assertThat(other.poll(10, 1 << 20, NO_WAIT).getFirst().json())
                        .isSameAs(line.json());

                for (int i = 2; i <= 3_000; i++) {
                    log.closed(TypicalCalls.answered(id(i)));
                }
                CallRecord decoded = late.poll(1, 1 << 20, NO_WAIT).getFirst().call();
                assertThat(decoded).isEqualTo(first).isNotSameAs(first);
            }
        }
    }

    @Test
    void knowsTheCallsThatNobodyClosed() throws IOException {
        CallRecord first = TypicalCalls.underWay(id(1));
        CallRecord second = TypicalCalls.underWay(id(2));
        try (Journal journal = Journals.open(directory)) {
            RecordLog log = new RecordLog(journal);
            log.opened(first);
            log.opened(second);
            log.closed(TypicalCalls.answered(id(1)));
        }
        try (Journal journal = Journals.open(directory)) {
            RecordLog log = new RecordLog(journal);
            assertThat(log.unfinished()).containsExactly(second);
            log.unfinished().forEach(call -> close(log, call));
            assertThat(log.unfinished()).isEmpty();
        }
        try (Journal journal = Journals.open(directory)) {
            assertThat(new RecordLog(journal).unfinished()).isEmpty();
        }
    }

    @Test
    void passesOverEntriesThatHoldNoRecordAndCanCommitPastThem()
            throws IOException, InterruptedException {
        try (Journal journal = Journals.open(directory)) {
            RecordLog log = new RecordLog(journal);
            log.closed(TypicalCalls.answered(id(1)));
            journal.append(Entry.Kind.CLOSED, id(2), payload(2));
            try (RecordReader reader = log.reader("store")) {
                assertThat(reader.poll(10, 1 << 20, NO_WAIT)).hasSize(1);
                assertThat(reader.unreadable()).isEqualTo(1);
                reader.commit();
                assertThat(log.health().readerLag()).containsEntry("store", 0L);
            }
        }
    }

    @Test
    void decodesOnlyTheKindsThatItsFollowerWants() throws IOException, InterruptedException {
        try (Journal journal = Journals.open(directory)) {
            RecordLog log = new RecordLog(journal);
            journal.append(Entry.Kind.OPENED, id(1), payload(1));
            log.closed(TypicalCalls.answered(id(1)));
            log.opened(TypicalCalls.underWay(id(2)));
            try (RecordReader reader = log.reader("store", Set.of(Entry.Kind.CLOSED))) {
                assertThat(reader.poll(10, 1 << 20, NO_WAIT))
                        .extracting(Line::sequence)
                        .containsExactly(2L);
                assertThat(reader.unreadable()).isZero();
                assertThat(reader.polled()).isEqualTo(3);
                assertThat(reader.hasUncommitted()).isTrue();
                reader.commit();
                assertThat(reader.hasUncommitted()).isFalse();
                assertThat(log.health().readerLag()).containsEntry("store", 0L);
            }
        }
    }

    @Test
    void whatCallsWereFoundToCostComesBesideTheCallsAndOnlyWhereItIsWanted()
            throws IOException, InterruptedException {
        Repriced priced =
                new Repriced(
                        id(1),
                        Instant.parse("2026-11-26T10:00:00.000001Z"),
                        2,
                        new Cost.Priced(7, "mine/standard"),
                        Instant.parse("2026-11-26T11:00:00Z"),
                        "Anna");
        Repriced free =
                new Repriced(
                        id(2), priced.receivedAt(), 2, new Cost.Free(), priced.at(), priced.by());
        try (Journal journal = Journals.open(directory)) {
            RecordLog log = new RecordLog(journal);
            log.closed(TypicalCalls.answered(id(1)));
            log.priced(priced);
            log.priced(free);
            Set<Entry.Kind> both = Set.of(Entry.Kind.CLOSED, Entry.Kind.PRICED);
            try (RecordReader store = log.reader("store", both);
                    RecordReader others = log.reader("others", Set.of(Entry.Kind.CLOSED));
                    RecordReader all = log.reader("all")) {
                RecordReader.Batch batch = store.next(10, 1 << 20, NO_WAIT);
                assertThat(batch.calls()).hasSize(1);
                assertThat(batch.priced()).containsExactly(priced, free);
                assertThat(others.poll(10, 1 << 20, NO_WAIT)).hasSize(1);
                assertThat(others.polled()).isEqualTo(3);
                assertThat(all.poll(10, 1 << 20, NO_WAIT)).hasSize(1);
                assertThat(all.unreadable()).isZero();
            }
        }
        try (Journal journal = Journals.open(directory)) {
            assertThat(new RecordLog(journal).unfinished()).isEmpty();
        }
    }

    @Test
    void passesOverWhatItsFollowerDoesNotWantToSee() throws IOException, InterruptedException {
        try (Journal journal = Journals.open(directory)) {
            RecordLog log = new RecordLog(journal);
            for (int i = 0; i < 5; i++) {
                log.opened(TypicalCalls.underWay(id(i)));
                log.closed(TypicalCalls.answered(id(i)));
            }
            try (RecordReader reader = log.reader("store", Set.of(Entry.Kind.CLOSED))) {
                assertThat(reader.pass(6, 1 << 20)).isEqualTo(3);
                assertThat(reader.hasUncommitted()).isTrue();
                assertThat(reader.poll(2, 1 << 20, NO_WAIT))
                        .extracting(line -> line.call().id())
                        .containsExactly(id(3));
                assertThat(reader.pass(100, 1 << 20)).isEqualTo(1);
                assertThat(reader.pass(100, 1 << 20)).isZero();
                assertThat(reader.polled()).isEqualTo(10);
            }
        }
    }

    @Test
    void leavesOutTextThatIsTooLargeForAnEntry() throws IOException, InterruptedException {
        CallRecord call = withText(TypicalCalls.answered(id(1)), "x".repeat(40 << 20));
        try (Journal journal = Journals.open(directory)) {
            RecordLog log = new RecordLog(journal);
            log.closed(call);
            try (RecordReader reader = log.reader("store")) {
                Line line = reader.poll(1, 1, NO_WAIT).getFirst();
                assertThat(line.call().content()).isEqualTo(new Content("", "", true));
                assertThat(line.call().usage()).isEqualTo(call.usage());
            }
        }
    }

    @Test
    void owesARecordThatCouldNotBeAppended() throws IOException {
        Journal journal = Journals.open(directory);
        RecordLog log = new RecordLog(journal);
        journal.close();
        assertThatExceptionOfType(JournalUnavailable.class)
                .isThrownBy(() -> log.closed(TypicalCalls.answered(id(1))));
        assertThat(log.owed()).isEqualTo(1);
    }

    private static void close(RecordLog log, CallRecord call) {
        try {
            log.closed(call);
        } catch (JournalUnavailable e) {
            throw new AssertionError(e);
        }
    }

    private static CallRecord withText(CallRecord call, String text) {
        return new CallRecord(
                call.id(),
                call.receivedAt(),
                call.request(),
                call.caller(),
                call.answer(),
                call.usage(),
                call.usageConfidence(),
                call.cost(),
                call.moments(),
                call.attempts(),
                new Content(text, "", false));
    }
}
