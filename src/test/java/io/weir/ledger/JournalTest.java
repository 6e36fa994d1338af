package io.weir.ledger;

import static io.weir.ledger.Journals.NO_WAIT;
import static io.weir.ledger.Journals.append;
import static io.weir.ledger.Journals.id;
import static io.weir.ledger.Journals.payload;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
    private static final Duration LONG = Duration.ofMinutes(10);

    @TempDir private Path directory;

    @Test
    void givesReadersWhatWasAppendedInItsOrder() throws IOException {
        try (Journal journal = Journals.open(directory)) {
            long first = journal.append(Entry.Kind.OPENED, id(7), payload(7));
            append(journal, 8, 60);
            List<Entry> entries = Journals.all(journal);
            assertThat(first).isEqualTo(1);
            assertThat(Journals.sequences(entries)).isEqualTo(sequence(1, 54));
            assertThat(entries.getFirst().kind()).isEqualTo(Entry.Kind.OPENED);
            assertThat(entries.getLast().kind()).isEqualTo(Entry.Kind.CLOSED);
            assertThat(entries.getLast().id()).isEqualTo(id(60));
            assertThat(entries.getLast().payload()).isEqualTo(payload(60));
            assertThat(Journals.segments(directory)).hasSizeGreaterThan(3);
        }
    }

    @Test
    void goesOnCountingAfterARestart() throws IOException {
        try (Journal journal = Journals.open(directory)) {
            append(journal, 1, 20);
        }
        try (Journal journal = Journals.open(directory)) {
            append(journal, 21, 40);
            assertThat(Journals.sequences(Journals.all(journal))).isEqualTo(sequence(1, 40));
            assertThat(journal.health().missingEntries()).isZero();
        }
    }

    @Test
    void keepsAnEmptySegmentsNumberForTheNextProcess() throws IOException {
        Journals.open(directory).close();
        Journals.open(directory).close();
        try (Journal journal = Journals.open(directory)) {
            append(journal, 1, 1);
            assertThat(Journals.sequences(Journals.all(journal))).isEqualTo(List.of(1L));
            assertThat(Journals.segments(directory)).hasSize(1);
        }
    }

    @Test
    void readsEntriesLargerThanAnyBuffer() throws IOException {
        byte[] large = new byte[3 << 20];
        new Random(1).nextBytes(large);
        try (Journal journal = Journals.open(directory)) {
            append(journal, 1, 3);
            journal.append(Entry.Kind.CLOSED, id(4), large);
            append(journal, 5, 9);
            List<Entry> entries = Journals.all(journal);
            assertThat(Journals.sequences(entries)).isEqualTo(sequence(1, 9));
            assertThat(entries.get(3).payload()).isEqualTo(large);
        }
    }

    @Test
    void refusesAnEntryThatIsTooLarge() throws IOException {
        try (Journal journal = Journals.open(directory)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> journal.append(Entry.Kind.CLOSED, id(1), new byte[33 << 20]))
                    .withMessageContaining("at most 33554432 bytes");
        }
    }

    @Test
    void aReaderCopiesNoPayloadThatItKnows() throws IOException, InterruptedException {
        byte[] known = {7};
        try (Journal journal = Journals.open(directory);
                JournalReader reader =
                        journal.reader("store", (kind, sequence) -> sequence == 2 ? known : null)) {
            append(journal, 1, 3);
            List<Entry> read = reader.poll(10, 1 << 20, NO_WAIT);
            assertThat(read.get(0).payload()).isEqualTo(payload(1));
            assertThat(read.get(1).payload()).isSameAs(known);
            assertThat(read.get(2).payload()).isEqualTo(payload(3));
        }
    }

    @Test
    void aReaderResumesAfterWhatItCommitted() throws IOException, InterruptedException {
        try (Journal journal = Journals.open(directory);
                JournalReader reader = journal.reader("store")) {
            append(journal, 1, 30);
            assertThat(reader.poll(10, 1 << 20, NO_WAIT)).hasSize(10);
            reader.commit(10);
            assertThat(reader.poll(10, 1 << 20, NO_WAIT)).hasSize(10);
        }
        try (Journal journal = Journals.open(directory);
                JournalReader reader = journal.reader("store")) {
            assertThat(reader.committed()).isEqualTo(10);
            assertThat(Journals.sequences(Journals.drain(reader))).isEqualTo(sequence(11, 30));
        }
    }

    @Test
    void readersGoAtTheirOwnPace() throws IOException, InterruptedException {
        try (Journal journal = Journals.open(directory);
                JournalReader fast = journal.reader("fast");
                JournalReader slow = journal.reader("slow")) {
            append(journal, 1, 20);
            assertThat(Journals.drain(fast)).hasSize(20);
            fast.commit(20);
            assertThat(slow.poll(1, 1 << 20, NO_WAIT)).hasSize(1);
            append(journal, 21, 25);
            assertThat(Journals.sequences(Journals.drain(slow))).isEqualTo(sequence(2, 25));
            assertThat(Journals.sequences(Journals.drain(fast))).isEqualTo(sequence(21, 25));
            assertThat(journal.health().readerLag()).containsEntry("fast", 5L);
            assertThat(journal.health().readerLag()).containsEntry("slow", 25L);
        }
    }

    @Test
    void aPollIsBoundedInEntriesAndBytesButGivesOneAtLeast()
            throws IOException, InterruptedException {
        try (Journal journal = Journals.open(directory);
                JournalReader reader = journal.reader("store")) {
            append(journal, 1, 10);
            assertThat(reader.poll(3, 1 << 20, NO_WAIT)).hasSize(3);
            assertThat(reader.poll(100, 1, NO_WAIT)).hasSize(1);
            assertThat(reader.poll(100, 60, NO_WAIT)).hasSizeBetween(1, 4);
        }
    }

    @Test
    void aPollEndsEmptyWhenItsTimeIsUp() throws IOException, InterruptedException {
        try (Journal journal = Journals.open(directory);
                JournalReader reader = journal.reader("store")) {
            assertThat(reader.poll(1, 1, Duration.ofMillis(1))).isEmpty();
        }
    }

    @Test
    @Timeout(120)
    void aWaitingPollIsWokenByEachAppend()
            throws IOException, InterruptedException, ExecutionException {
        try (Journal journal = Journals.open(directory);
                JournalReader reader = journal.reader("store");
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (long number = 1; number <= 200; number++) {
                long wanted = number;
                Future<List<Entry>> polled = threads.submit(() -> reader.poll(10, 1 << 20, LONG));
                append(journal, number, number);
                assertThat(Journals.sequences(polled.get())).isEqualTo(List.of(wanted));
            }
        }
    }

    @Test
    void refusesToCommitWhatWasNotRead() throws IOException {
        try (Journal journal = Journals.open(directory);
                JournalReader reader = journal.reader("store")) {
            append(journal, 1, 1);
            assertThatIllegalArgumentException().isThrownBy(() -> reader.commit(1));
        }
    }

    @Test
    void refusesASecondReaderOfTheSameNameAndNamesThatAreNoFileNames() throws IOException {
        try (Journal journal = Journals.open(directory);
                JournalReader reader = journal.reader("store")) {
            assertThatIllegalStateException().isThrownBy(() -> journal.reader(reader.name()));
            assertThatIllegalStateException().isThrownBy(() -> journal.forget(reader.name()));
            assertThatIllegalArgumentException().isThrownBy(() -> journal.reader("../store"));
        }
    }

    @Test
    void refusesASecondProcess() throws IOException {
        try (Journal journal = Journals.open(directory)) {
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> Journals.open(directory))
                    .withMessageContaining("in use by another Weir");
            append(journal, 1, 1);
        }
    }

    @Test
    void takesNothingMoreOnceItIsClosed() throws IOException {
        Journal journal = Journals.open(directory);
        journal.close();
        assertThatExceptionOfType(JournalUnavailable.class)
                .isThrownBy(() -> append(journal, 1, 1))
                .withMessage("the journal is closed");
    }

    @Test
    void anInterruptedThreadAppendsAndHarmsNobody() throws IOException {
        try (Journal journal = Journals.open(directory)) {
            Thread.currentThread().interrupt();
            append(journal, 1, 20);
            assertThat(Thread.interrupted()).isTrue();
            append(journal, 21, 30);
            assertThat(Journals.sequences(Journals.all(journal))).isEqualTo(sequence(1, 30));
        }
    }

    @Test
    void saysWhatIsOnTheDisk() throws IOException {
        try (Journal journal = Journals.open(directory)) {
            append(journal, 1, 30);
            journal.append(Entry.Kind.OPENED, id(31), payload(31));
            JournalHealth health = journal.health();
            assertThat(health.healthy()).isTrue();
            assertThat(health.firstSequence()).isEqualTo(1);
            assertThat(health.lastSequence()).isEqualTo(31);
            assertThat(health.forcedSequence()).isBetween(0L, 31L);
            assertThat(health.openCalls()).isEqualTo(1);
            assertThat(health.bytesOnDisk()).isGreaterThan(2_000);
            assertThat(health.freeBytes()).isPositive();
            assertThat(health.sinceForced().isNegative()).isFalse();
        }
    }

    @Test
    void takesAppendsFromManyThreadsWhileReadersFollow()
            throws IOException, InterruptedException, ExecutionException {
        int threads = 64;
        int each = 200;
        ConcurrentMap<Long, Long> numberBySequence = new ConcurrentHashMap<>();
        try (Journal journal = Journals.open(directory, 20_000);
                JournalReader reader = journal.reader("store");
                ExecutorService appenders = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> appending =
                    IntStream.range(0, threads)
                            .<Future<?>>mapToObj(thread ->
                                    appenders.submit(() -> {
                                        appendNumbered(
                                                journal,
                                                (long) thread * each,
                                                each,
                                                numberBySequence);
                                        return thread;
                                    }))
                            .toList();
            int read = 0;
            while (read < threads * each) {
                List<Entry> batch = reader.poll(500, 1 << 20, LONG);
                for (Entry entry : batch) {
                    assertThat(entry.sequence()).isEqualTo(++read);
                    assertThat(
                                    Arrays.equals(
                                            entry.payload(),
                                            payload(entry.id().getLeastSignificantBits())))
                            .isTrue();
                }
                reader.commit(read);
            }
            for (Future<?> one : appending) {
                one.get();
            }
            assertThat(numberBySequence).hasSize(threads * each);
            assertThat(numberBySequence.values()).doesNotHaveDuplicates();
            assertThat(Journals.segments(directory)).hasSize(1);
        }
    }

    private static void appendNumbered(
            Journal journal, long from, int count, ConcurrentMap<Long, Long> numberBySequence)
            throws IOException {
        for (long number = from; number < from + count; number++) {
            long sequence = journal.append(Entry.Kind.CLOSED, id(number), payload(number));
            numberBySequence.put(sequence, number);
        }
    }

    private static List<Long> sequence(long from, long to) {
        return LongStream.rangeClosed(from, to).boxed().toList();
    }
}
