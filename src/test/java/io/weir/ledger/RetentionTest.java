package io.weir.ledger;

import static io.weir.ledger.Journals.append;
import static io.weir.ledger.Journals.id;
import static io.weir.ledger.Journals.payload;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which segments stay, and for whom. */
class RetentionTest {
    @TempDir private Path directory;

    @Test
    void keepsEverythingAsLongAsNobodyIsRegistered() throws IOException {
        try (Journal journal = Journals.open(directory)) {
            append(journal, 1, 100);
            assertThat(Journals.sequences(Journals.all(journal))).hasSize(100);
            assertThat(journal.health().firstSequence()).isEqualTo(1);
        }
    }

    @Test
    void deletesWhatEveryReaderIsPastAndNeverTheLastSegment() throws IOException {
        try (Journal journal = Journals.open(directory);
                JournalReader store = journal.reader("store");
                JournalReader exporter = journal.reader("exporter")) {
            append(journal, 1, 100);
            int before = Journals.segments(directory).size();
            commitAll(store);
            assertThat(Journals.segments(directory)).hasSize(before);
            Journals.drain(exporter);
            exporter.commit(50);
            List<Path> left = Journals.segments(directory);
            assertThat(left).hasSizeBetween(2, before - 1);
            assertThat(journal.health().firstSequence()).isBetween(2L, 51L);
            exporter.commit(100);
            assertThat(Journals.segments(directory)).hasSize(1);
        }
    }

    @Test
    void aRegisteredReaderHoldsSegmentsThoughNobodyOpensIt() throws IOException {
        try (Journal journal = Journals.open(directory)) {
            journal.reader("gone").close();
            append(journal, 1, 50);
        }
        try (Journal journal = Journals.open(directory);
                JournalReader store = journal.reader("store")) {
            append(journal, 51, 100);
            commitAll(store);
            assertThat(journal.health().firstSequence()).isEqualTo(1);
            assertThat(journal.readerNames()).containsExactlyInAnyOrder("gone", "store");
            journal.forget("gone");
            assertThat(Journals.segments(directory)).hasSize(1);
            assertThat(journal.readerNames()).containsExactly("store");
        }
    }

    @Test
    void anOpenCallHoldsItsSegmentUntilItIsClosed() throws IOException {
        try (Journal journal = Journals.open(directory);
                JournalReader store = journal.reader("store")) {
            append(journal, 1, 40);
            long opened = journal.append(Entry.Kind.OPENED, id(41), payload(41));
            append(journal, 42, 100);
            commitAll(store);
            assertThat(journal.health().firstSequence()).isBetween(2L, opened);
            journal.append(Entry.Kind.CLOSED, id(41), payload(41));
            append(journal, 101, 120);
            commitAll(store);
            assertThat(journal.health().firstSequence()).isGreaterThan(opened);
        }
    }

    @Test
    void aNewReaderBeginsAtTheOldestEntryThereIs() throws IOException {
        try (Journal journal = Journals.open(directory);
                JournalReader store = journal.reader("store")) {
            append(journal, 1, 100);
            commitAll(store);
            append(journal, 101, 110);
            long oldest = journal.health().firstSequence();
            try (JournalReader late = journal.reader("late")) {
                List<Long> read = Journals.sequences(Journals.drain(late));
                assertThat(read.getFirst()).isEqualTo(oldest);
                assertThat(read.getLast()).isEqualTo(110);
            }
            assertThat(journal.health().missingEntries()).isZero();
        }
    }

    private static void commitAll(JournalReader reader) throws IOException {
        List<Entry> entries = Journals.drain(reader);
        reader.commit(entries.getLast().sequence());
    }
}
