package io.weir.ledger;

import static io.weir.ledger.Journals.ONE_SEGMENT;
import static io.weir.ledger.Journals.append;
import static io.weir.ledger.Journals.id;
import static io.weir.ledger.Journals.payload;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left after a crash or on a bad disk, and what is made of it. */
class RecoveryTest {
    @TempDir private Path temporary;

    @Test
    void findsTheCallsThatWereOpenedAndNotClosed() throws IOException {
        Path directory = temporary.resolve("journal");
        try (Journal journal = Journals.open(directory)) {
            journal.append(Entry.Kind.OPENED, id(1), payload(1));
            journal.append(Entry.Kind.OPENED, id(2), payload(2));
            journal.append(Entry.Kind.CLOSED, id(1), payload(1));
            append(journal, 3, 60);
            journal.append(Entry.Kind.OPENED, id(61), payload(61));
        }
        for (int restart = 0; restart < 3; restart++) {
            try (Journal journal = Journals.open(directory)) {
                assertThat(journal.unfinished())
                        .extracting(Entry::id)
                        .containsExactly(id(2), id(61));
                assertThat(journal.unfinished().getFirst().payload()).isEqualTo(payload(2));
            }
        }
        try (Journal journal = Journals.open(directory)) {
            append(journal, 2, 2);
            assertThat(journal.unfinished()).extracting(Entry::id).containsExactly(id(61));
        }
        try (Journal journal = Journals.open(directory)) {
            assertThat(journal.unfinished()).extracting(Entry::id).containsExactly(id(61));
            assertThat(journal.health().openCalls()).isEqualTo(1);
        }
    }

    @Test
    void findsAnOpenCallManySegmentsBackThoughEveryReaderIsPast() throws IOException {
        Path directory = temporary.resolve("journal");
        try (Journal journal = Journals.open(directory);
                JournalReader store = journal.reader("store")) {
            append(journal, 1, 50);
            journal.append(Entry.Kind.OPENED, id(51), payload(51));
            append(journal, 52, 200);
            List<Entry> read = Journals.drain(store);
            store.commit(read.getLast().sequence());
        }
        try (Journal journal = Journals.open(directory)) {
            assertThat(journal.unfinished()).extracting(Entry::id).containsExactly(id(51));
            assertThat(journal.health().firstSequence()).isGreaterThan(1);
        }
    }

    @Test
    void cutsATornEntryOffWhereverItIsTorn() throws IOException {
        Path whole = written("whole", 10, ONE_SEGMENT);
        byte[] bytes = Files.readAllBytes(Journals.segments(whole).getFirst());
        int lastEntry = Frame.HEADER_BYTES + payload(10).length;
        for (int cut = 1; cut <= lastEntry; cut++) {
            Path torn = temporary.resolve("torn" + cut);
            Files.createDirectories(torn);
            Path segment = torn.resolve(Journals.segments(whole).getFirst().getFileName());
            Files.write(segment, Arrays.copyOf(bytes, bytes.length - cut));
            try (Journal journal = Journals.open(torn)) {
                assertThat(journal.health().tornBytes()).isEqualTo(lastEntry - cut);
                assertThat(journal.health().missingEntries()).isZero();
                append(journal, 10, 12);
                assertThat(intact(Journals.all(journal))).isEqualTo(sequence(1, 12));
            }
        }
    }

    @Test
    void beginsAgainWhereEvenTheHeaderIsTorn() throws IOException {
        for (int length = 0; length <= SegmentHeader.BYTES; length++) {
            Path directory = written("header" + length, 10, ONE_SEGMENT);
            byte[] header = new SegmentHeader(11, 11).encoded();
            Files.write(
                    directory.resolve("%020d.wal".formatted(11)), Arrays.copyOf(header, length));
            try (Journal journal = Journals.open(directory)) {
                append(journal, 11, 12);
                assertThat(intact(Journals.all(journal))).isEqualTo(sequence(1, 12));
                assertThat(journal.health().missingEntries()).isZero();
            }
        }
    }

    @Test
    void neverDeliversAWrongEntryWhateverBitFlips() throws IOException {
        Random random = new Random(20261122);
        Path whole = written("whole", 60, Journals.SEGMENT_BYTES);
        for (int round = 0; round < 150; round++) {
            Path flipped = temporary.resolve("flipped" + round);
            Journals.copy(whole, flipped);
            List<Path> segments = Journals.segments(flipped);
            Path segment = segments.get(random.nextInt(segments.size()));
            int flips = 1 + random.nextInt(3);
            byte[] bytes = Files.readAllBytes(segment);
            int firstHit = bytes.length;
            for (int i = 0; i < flips; i++) {
                int at = random.nextInt(bytes.length);
                bytes[at] ^= (byte) (1 << random.nextInt(8));
                firstHit = Math.min(firstHit, at);
            }
            Files.write(segment, bytes);
            assertEverythingElseIsThere(flipped, segment, firstHit, flips);
        }
    }

    private static void assertEverythingElseIsThere(
            Path directory, Path segment, int firstHit, int flips) throws IOException {
        long first = Long.parseLong(segment.getFileName().toString(), 0, 20, 10);
        try (Journal journal = Journals.open(directory)) {
            append(journal, 61, 65);
            List<Entry> entries = Journals.all(journal);
            entries.forEach(RecoveryTest::assertGenuine);
            List<Long> read = Journals.sequences(entries);
            assertThat(read).isSorted().doesNotHaveDuplicates();
            assertThat(read.size()).isGreaterThanOrEqualTo(65 - flips);
            assertThat(read).containsAll(sequence(1, first - 1));
            assertThat(read).containsAll(sequence(first, lastBefore(first, firstHit)));
        }
    }

    @Test
    void passesOverADamagedEntryAndSaysSo() throws IOException {
        Path directory = written("journal", 60, Journals.SEGMENT_BYTES);
        Path segment = Journals.segments(directory).get(1);
        byte[] bytes = Files.readAllBytes(segment);
        bytes[SegmentHeader.BYTES + Frame.HEADER_BYTES + 2] ^= 1;
        Files.write(segment, bytes);
        long lost = Long.parseLong(segment.getFileName().toString(), 0, 20, 10);
        try (Journal journal = Journals.open(directory)) {
            List<Long> read = intact(Journals.all(journal));
            assertThat(read).hasSize(59).doesNotContain(lost);
            assertThat(journal.health().missingEntries()).isEqualTo(1);
            assertThat(Journals.all(journal)).hasSize(59);
            assertThat(journal.health().missingEntries()).isEqualTo(1);
        }
    }

    @Test
    void aReaderPassesOverDamageThatComesWhileItReads() throws IOException, InterruptedException {
        Path directory = temporary.resolve("journal");
        try (Journal journal = Journals.open(directory, ONE_SEGMENT);
                JournalReader reader = journal.reader("store")) {
            append(journal, 1, 5);
            Path segment = Journals.segments(directory).getFirst();
            byte[] bytes = Files.readAllBytes(segment);
            Files.write(segment, Arrays.copyOf(bytes, bytes.length - 3));
            assertThat(intact(Journals.drain(reader))).isEqualTo(sequence(1, 4));
            append(journal, 6, 7);
            assertThat(intact(Journals.drain(reader))).isEqualTo(sequence(6, 7));
            assertThat(journal.health().missingEntries()).isEqualTo(1);
        }
    }

    @Test
    void doesNotReadWhatANewerWeirWrote() throws IOException {
        Path directory = written("journal", 3, ONE_SEGMENT);
        Path segment = Journals.segments(directory).getFirst();
        byte[] bytes = Files.readAllBytes(segment);
        System.arraycopy(headerOfVersion2(), 0, bytes, 0, SegmentHeader.BYTES);
        Files.write(segment, bytes);
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> Journals.open(directory))
                .withMessageContaining("has version 2 of the journal's format");
    }

    @Test
    void aReaderWhosePositionIsDamagedReadsAgain() throws IOException {
        Path directory = temporary.resolve("journal");
        try (Journal journal = Journals.open(directory);
                JournalReader reader = journal.reader("store")) {
            append(journal, 1, 5);
            Journals.drain(reader);
            reader.commit(3);
            reader.commit(5);
        }
        Path position = directory.resolve("readers/store.position");
        byte[] bytes = Files.readAllBytes(position);
        bytes[10] ^= 4;
        Files.write(position, bytes);
        assertThat(PositionFile.found(position).committed()).isEqualTo(3);
        bytes[522] ^= 4;
        Files.write(position, bytes);
        try (Journal journal = Journals.open(directory);
                JournalReader reader = journal.reader("store")) {
            assertThat(intact(Journals.drain(reader))).isEqualTo(sequence(1, 5));
        }
    }

    @Test
    void aReaderMissesNothingNewAfterAPowerCutTookWhatItHadRead() throws IOException {
        Path directory = temporary.resolve("journal");
        try (Journal journal = Journals.open(directory, ONE_SEGMENT);
                JournalReader reader = journal.reader("store")) {
            append(journal, 1, 10);
            Journals.drain(reader);
            reader.commit(10);
        }
        Path segment = Journals.segments(directory).getFirst();
        int kept = SegmentHeader.BYTES + Frame.HEADER_BYTES + payload(1).length;
        Files.write(segment, Arrays.copyOf(Files.readAllBytes(segment), kept));
        try (Journal journal = Journals.open(directory);
                JournalReader reader = journal.reader("store")) {
            append(journal, 11, 15);
            assertThat(intact(Journals.drain(reader))).isEqualTo(sequence(11, 15));
        }
    }

    private Path written(String name, int entries, long segmentBytes) throws IOException {
        Path directory = temporary.resolve(name);
        try (Journal journal = Journals.open(directory, segmentBytes)) {
            append(journal, 1, entries);
        }
        return directory;
    }

    private static void assertGenuine(Entry entry) {
        long number = entry.id().getLeastSignificantBits();
        assertThat(entry.id()).isEqualTo(id(number));
        assertThat(entry.payload()).isEqualTo(payload(number));
    }

    /** The numbers of the entries, which must all be as they were appended. */
    private static List<Long> intact(List<Entry> entries) {
        for (Entry entry : entries) {
            assertThat(entry.id()).isEqualTo(id(entry.sequence()));
            assertThat(entry.payload()).isEqualTo(payload(entry.sequence()));
        }
        return Journals.sequences(entries);
    }

    /** The last entry of a segment that lies wholly before that offset. */
    private static long lastBefore(long first, int offset) {
        long number = first;
        long end = (long) SegmentHeader.BYTES + Frame.HEADER_BYTES + payload(number).length;
        while (end <= offset) {
            number++;
            end += Frame.HEADER_BYTES + payload(number).length;
        }
        return number - 1;
    }

    private static byte[] headerOfVersion2() {
        ByteBuffer header = ByteBuffer.wrap(new SegmentHeader(1, 1).encoded()).putInt(8, 2);
        CRC32C sum = new CRC32C();
        sum.update(header.slice(0, 28));
        return header.putInt(28, (int) sum.getValue()).array();
    }

    private static List<Long> sequence(long from, long to) {
        return LongStream.rangeClosed(from, to).boxed().toList();
    }
}
