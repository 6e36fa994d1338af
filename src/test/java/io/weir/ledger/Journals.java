package io.weir.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** What the tests of the journal share: small segments, known payloads, reading everything. */
final class Journals {
    static final long SEGMENT_BYTES = 1_000;
    static final long ONE_SEGMENT = 64L << 20;
    static final Duration NO_WAIT = Duration.ZERO;

    private Journals() {}

    static Journal open(Path directory) throws IOException {
        return open(directory, SEGMENT_BYTES);
    }

    static Journal open(Path directory, long segmentBytes) throws IOException {
        return Journal.open(
                new JournalSettings(directory, segmentBytes, Duration.ofMillis(5)),
                System::nanoTime);
    }

    static UUID id(long number) {
        return new UUID(0x7000, number);
    }

    static byte[] payload(long number) {
        return ("payload " + number + " ").repeat((int) (number % 7) + 1).getBytes(UTF_8);
    }

    /** Closing entries for the calls of those numbers. */
    static void append(Journal journal, long from, long to) throws IOException {
        for (long number = from; number <= to; number++) {
            journal.append(Entry.Kind.CLOSED, id(number), payload(number));
        }
    }

    /** Everything a new reader is given. */
    static List<Entry> all(Journal journal) throws IOException {
        try (JournalReader reader = journal.reader("all")) {
            return drain(reader);
        } finally {
            journal.forget("all");
        }
    }

    static List<Entry> drain(JournalReader reader) throws IOException {
        List<Entry> all = new ArrayList<>();
        List<Entry> batch = poll(reader);
        while (!batch.isEmpty()) {
            all.addAll(batch);
            batch = poll(reader);
        }
        return all;
    }

    static List<Long> sequences(List<Entry> entries) {
        return entries.stream().map(Entry::sequence).toList();
    }

    /** The segments' files in their order. */
    static List<Path> segments(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(path -> path.toString().endsWith(".wal")).sorted().toList();
        }
    }

    static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }

    private static List<Entry> poll(JournalReader reader) throws IOException {
        try {
            return reader.poll(100, 1 << 20, NO_WAIT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException(e.toString());
        }
    }
}
