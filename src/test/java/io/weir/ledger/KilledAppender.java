package io.weir.ledger;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;

/**
 * A process that records calls from many threads until it is killed, and says of each entry that it
 * was taken: {@code DIRECTORY SEGMENT_BYTES THREADS}. One write a line, so that no line is torn.
 */
public final class KilledAppender {
    private KilledAppender() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        JournalSettings settings =
                new JournalSettings(
                        Path.of(arguments[0]), Long.parseLong(arguments[1]), Duration.ofMillis(20));
        Journal journal = Journal.open(settings, System::nanoTime);
        FileOutputStream out = new FileOutputStream(FileDescriptor.out);
        Thread last = Thread.currentThread();
        for (int i = Integer.parseInt(arguments[2]); i > 0; i--) {
            last = Thread.ofVirtual().start(() -> appendForever(journal, out));
        }
        last.join();
    }

    private static void appendForever(Journal journal, FileOutputStream out) {
        try {
            while (true) {
                UUID id = UUID.randomUUID();
                append(journal, Entry.Kind.OPENED, id, out);
                append(journal, Entry.Kind.CLOSED, id, out);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void append(Journal journal, Entry.Kind kind, UUID id, FileOutputStream out)
            throws IOException {
        long sequence = journal.append(kind, id, payload(kind, id));
        out.write((sequence + " " + kind + " " + id + "\n").getBytes(US_ASCII));
    }

    /** 700 to 2,700 bytes that depend on what they belong to. */
    static byte[] payload(Entry.Kind kind, UUID id) {
        String text = kind + " " + id + " ";
        return text.repeat(16 + (int) (id.getLeastSignificantBits() & 0x2F)).getBytes(US_ASCII);
    }
}
