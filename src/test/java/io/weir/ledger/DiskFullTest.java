package io.weir.ledger;

import static io.weir.ledger.Journals.append;
import static io.weir.ledger.Journals.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a disk of one megabyte, a tmpfs, which only root can mount: skipped for anybody else. */
class DiskFullTest {
    private static final int SEGMENT_BYTES = 100_000;

    @TempDir private Path mountPoint;

    private Path directory;
    private Path ballast;

    @BeforeEach
    void mountASmallDisk() throws IOException, InterruptedException {
        assumeThat(run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", mountPoint.toString()))
                .as("this test needs the right to mount a tmpfs")
                .isZero();
        directory = mountPoint.resolve("journal");
        ballast = mountPoint.resolve("ballast");
    }

    @AfterEach
    void unmount() throws IOException, InterruptedException {
        run("umount", mountPoint.toString());
    }

    @Test
    void losesNothingAcknowledgedAndGoesOnWhenThereIsSpaceAgain() throws IOException {
        Random random = new Random(3);
        List<byte[]> acknowledged = new ArrayList<>();
        try (Journal journal = Journals.open(directory, SEGMENT_BYTES)) {
            for (int cycle = 0; cycle < 5; cycle++) {
                appendUntilRefused(journal, random, acknowledged);
                assertThat(journal.health().healthy()).isFalse();
                assertThat(journal.health().failure().orElseThrow()).contains("No space left");
                appendUntilRefused(journal, random, acknowledged);
                makeSpace(journal);
            }
            append(journal, 1, 1);
            acknowledged.add(Journals.payload(1));
            assertThat(payloads(journal)).containsExactlyElementsOf(acknowledged);
            assertThat(journal.health().missingEntries()).isZero();
        }
        try (Journal journal = Journals.open(directory, SEGMENT_BYTES)) {
            assertThat(journal.health().tornBytes()).isZero();
            assertThat(payloads(journal)).containsExactlyElementsOf(acknowledged);
        }
    }

    @Test
    void readersCommitOnAFullDiskAndThatMakesSpace() throws IOException {
        try (Journal journal = Journals.open(directory, SEGMENT_BYTES);
                JournalReader reader = journal.reader("store")) {
            appendUntilRefused(journal, new Random(5), new ArrayList<>());
            fillUp();
            List<Entry> read = Journals.drain(reader);
            reader.commit(read.getLast().sequence() - 1);
            reader.commit(read.getLast().sequence());
            append(journal, 1, 100);
            assertThat(Journals.drain(reader)).hasSize(100);
        }
    }

    @Test
    void opensOnAFullDiskAndRecordsOnceThereIsSpace() throws IOException {
        fillUp();
        Files.createDirectories(directory);
        try (Journal journal = Journals.open(directory, SEGMENT_BYTES)) {
            assertThatExceptionOfType(JournalUnavailable.class)
                    .isThrownBy(() -> append(journal, 1, 100))
                    .withMessageContaining("free space on its disk");
            Files.delete(ballast);
            appendOnceItRetries(journal);
            assertThat(journal.health().healthy()).isTrue();
        }
    }

    @Test
    void recordsLateWhatEndedWhileNothingCouldBeWritten() throws IOException {
        try (Journal journal = Journals.open(directory, SEGMENT_BYTES)) {
            RecordLog log = new RecordLog(journal);
            log.opened(TypicalCalls.underWay(id(1)));
            fillUp();
            assertThatExceptionOfType(JournalUnavailable.class).isThrownBy(() -> closeMany(log));
            assertThatExceptionOfType(JournalUnavailable.class)
                    .isThrownBy(() -> log.closed(TypicalCalls.answered(id(1))));
            assertThat(log.owed()).isEqualTo(2);
            Files.delete(ballast);
            log.closed(TypicalCalls.answered(id(2)));
            assertThat(log.owed()).isZero();
            assertThat(log.lost()).isZero();
            assertThat(journal.health().openCalls()).isZero();
        }
    }

    private static void closeMany(RecordLog log) throws JournalUnavailable {
        for (long number = 1_000; number < 2_000; number++) {
            log.closed(TypicalCalls.answered(id(number)));
        }
    }

    private static void appendUntilRefused(
            Journal journal, Random random, List<byte[]> acknowledged) {
        assertThatExceptionOfType(JournalUnavailable.class)
                .isThrownBy(() -> {
                    while (true) {
                        byte[] payload = new byte[random.nextInt(20_000)];
                        random.nextBytes(payload);
                        journal.append(Entry.Kind.CLOSED, UUID.randomUUID(), payload);
                        acknowledged.add(payload);
                    }
                });
    }

    /** Not by deleting what is to be read at the end: by a larger disk. */
    private void makeSpace(Journal journal) throws IOException {
        long kilobytes = (journal.health().bytesOnDisk() + 700_000) / 1_000;
        try {
            assertThat(run("mount", "-o", "remount,size=" + kilobytes + "k", mountPoint.toString()))
                    .isZero();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private void fillUp() throws IOException {
        try (FileOutputStream file = new FileOutputStream(ballast.toFile())) {
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> {
                        while (true) {
                            file.write(new byte[4_096]);
                        }
                    });
        }
    }

    private static void appendOnceItRetries(Journal journal) throws IOException {
        long deadline = System.nanoTime() + 30_000_000_000L;
        while (true) {
            try {
                append(journal, 1, 1);
                return;
            } catch (JournalUnavailable e) {
                assertThat(System.nanoTime()).as("still refusing").isLessThan(deadline);
                Thread.onSpinWait();
            }
        }
    }

    private static List<byte[]> payloads(Journal journal) throws IOException {
        return Journals.all(journal).stream().map(Entry::payload).toList();
    }

    private static int run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }
}
