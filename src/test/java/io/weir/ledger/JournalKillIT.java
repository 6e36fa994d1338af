package io.weir.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} under load, again and again, on the same directory. */
class JournalKillIT {
    private static final int CYCLES = 20;
    private static final int SEGMENT_BYTES = 400_000;
    private static final int THREADS = 64;

    @TempDir private Path directory;

    private final Random random = new Random(20);
    private final Set<UUID> opened = new HashSet<>();
    private final Set<UUID> closed = new HashSet<>();
    private long last;

    @Test
    void losesNothingItHasAcknowledgedAndKeepsNothingTwice()
            throws IOException, InterruptedException, URISyntaxException {
        for (int cycle = 0; cycle < CYCLES; cycle++) {
            Map<Long, String> acknowledged = runAndKill(200 + random.nextInt(8_000));
            try (Journal journal = Journals.open(directory, SEGMENT_BYTES)) {
                assertEverythingIsThere(journal, acknowledged);
                assertUnfinishedAreFound(journal);
                assertThat(journal.health().missingEntries()).isZero();
            }
        }
        assertThat(closed.size()).isGreaterThan(CYCLES * 100);
    }

    private void assertEverythingIsThere(Journal journal, Map<Long, String> acknowledged)
            throws IOException {
        try (JournalReader reader = journal.reader("check")) {
            for (Entry entry : Journals.drain(reader)) {
                assertThat(entry.sequence()).isEqualTo(++last);
                assertThat(entry.payload())
                        .isEqualTo(KilledAppender.payload(entry.kind(), entry.id()));
                String said = acknowledged.remove(entry.sequence());
                if (said != null) {
                    assertThat(entry.kind() + " " + entry.id()).isEqualTo(said);
                }
                assertThat((entry.kind() == Entry.Kind.OPENED ? opened : closed).add(entry.id()))
                        .as("first of its kind")
                        .isTrue();
            }
            assertThat(acknowledged).as("acknowledged and lost").isEmpty();
            reader.commit(last);
        }
    }

    private void assertUnfinishedAreFound(Journal journal) throws IOException {
        Set<UUID> open = new HashSet<>(opened);
        open.removeAll(closed);
        List<Entry> unfinished = journal.unfinished();
        assertThat(unfinished).extracting(Entry::id).containsExactlyInAnyOrderElementsOf(open);
        for (Entry entry : unfinished) {
            journal.append(
                    Entry.Kind.CLOSED,
                    entry.id(),
                    KilledAppender.payload(Entry.Kind.CLOSED, entry.id()));
        }
        assertThat(journal.health().openCalls()).isZero();
    }

    /** What the process said it had recorded, until it was killed after that many lines. */
    private Map<Long, String> runAndKill(int afterLines)
            throws IOException, InterruptedException, URISyntaxException {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                home(Journal.class)
                                        + File.pathSeparator
                                        + home(JournalKillIT.class),
                                KilledAppender.class.getName(),
                                directory.toString(),
                                String.valueOf(SEGMENT_BYTES),
                                String.valueOf(THREADS))
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        Map<Long, String> acknowledged = new HashMap<>();
        try (BufferedReader lines = process.inputReader(StandardCharsets.US_ASCII)) {
            @Nullable String line = lines.readLine();
            while (line != null) {
                int space = line.indexOf(' ');
                acknowledged.put(Long.parseLong(line, 0, space, 10), line.substring(space + 1));
                if (acknowledged.size() == afterLines) {
                    process.toHandle().destroyForcibly();
                }
                line = lines.readLine();
            }
        }
        assertThat(process.waitFor()).as("killed").isEqualTo(128 + 9);
        assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(afterLines);
        return acknowledged;
    }

    private static Path home(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }
}
