package io.weir.ledger;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * The log that everything recorded goes through first. Any thread appends; what is appended
 * outlives the process at once, and the machine after the next force. Readers follow it, each at
 * its own pace, and none of them can hold up an append. A segment is deleted when every registered
 * reader has committed past it and no open call began in it.
 */
public final class Journal implements Closeable {
    private final JournalSettings settings;
    private final DirectoryLock directoryLock;
    private final Reading reading;
    private final Positions positions;
    private final Recovery recovery;
    private final Appender appender;
    private final Set<JournalReader> readers = ConcurrentHashMap.newKeySet();
    private final Thread forcing;
    private volatile boolean closed;

    /** What a reader shares with the journal. */
    record Reading(Segments segments, Damage damage, Signal signal, LongSupplier nanoTime) {}

    private Journal(JournalSettings settings, DirectoryLock lock, LongSupplier nanoTime)
            throws IOException {
        Segments segments = Segments.found(settings.directory());
        this.settings = settings;
        directoryLock = lock;
        reading = new Reading(segments, new Damage(), new Signal(), nanoTime);
        positions = Positions.found(settings.directory().resolve("readers"));
        recovery = Recovery.of(segments, reading.damage());
        appender =
                new Appender(segments, settings, nextSequence(), recovery.unfinished(), nanoTime);
        forcing = Thread.ofPlatform().daemon().name("weir-journal").unstarted(this::forceForever);
    }

    /**
     * Opens the journal and recovers what an earlier process left in it.
     *
     * @param nanoTime a clock as {@link System#nanoTime()} is
     * @throws IOException where the directory cannot be used or another process uses it
     */
    public static Journal open(JournalSettings settings, LongSupplier nanoTime) throws IOException {
        Files.createDirectories(settings.directory());
        DirectoryLock lock = DirectoryLock.take(settings.directory());
        try {
            Journal journal = new Journal(settings, lock, nanoTime);
            journal.forcing.start();
            return journal;
        } catch (IOException e) {
            lock.close();
            throw e;
        }
    }

    /**
     * Appends an entry; when this returns, a crash of the process cannot lose it.
     *
     * @return its number
     * @throws JournalUnavailable where nothing was appended
     */
    public long append(Entry.Kind kind, UUID id, byte[] payload) throws JournalUnavailable {
        long sequence = appender.append(kind, id, payload);
        reading.signal().raise();
        return sequence;
    }

    /**
     * The opening entries of calls that an earlier process left open and that have not been closed
     * since.
     */
    public List<Entry> unfinished() {
        return recovery.unfinished().stream().filter(entry -> appender.isOpen(entry.id())).toList();
    }

    /**
     * The reader of that name, where it last committed. A new one begins at the oldest entry there
     * is, and holds every later one from now on.
     *
     * @param name of a-z, 0-9, _ and -
     */
    public JournalReader reader(String name) throws IOException {
        return reader(name, KnownPayloads.NONE);
    }

    /** The same for one that knows what some entries hold, or does not care. */
    JournalReader reader(String name, KnownPayloads known) throws IOException {
        long oldest = firstSequence() - 1;
        PositionFile position = positions.register(name, oldest);
        JournalReader reader = new JournalReader(name, this, reading, position, oldest, known);
        if (readers.stream().anyMatch(other -> other.name().equals(name))) {
            throw new IllegalStateException("the reader " + name + " is open already");
        }
        readers.add(reader);
        return reader;
    }

    /** The registered readers, whether they are open or not. */
    public Set<String> readerNames() {
        return positions.all().keySet();
    }

    /** Removes a closed reader's position: it holds no segment any more. */
    public void forget(String name) throws IOException {
        if (readers.stream().anyMatch(reader -> reader.name().equals(name))) {
            throw new IllegalStateException("the reader " + name + " is open: close it first");
        }
        positions.forget(name);
        deletePassed();
    }

    /** How it is now. */
    public JournalHealth health() {
        long last = appender.last();
        return new JournalHealth(
                Optional.ofNullable(appender.failure()).map(Journal::describe),
                reading.segments().bytes(),
                freeBytes(settings.directory()),
                firstSequence(),
                last,
                appender.forced(),
                Duration.ofNanos(reading.nanoTime().getAsLong() - appender.forcedNanos()),
                appender.failedForces(),
                appender.openCalls(),
                recovery.tornBytes(),
                reading.damage().missingEntries(),
                lag(last));
    }

    /** Forces everything onto the disk and takes no more. Readers are their owners' to close. */
    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        LockSupport.unpark(forcing);
        awaitForcing();
        try (directoryLock) {
            appender.close();
        }
    }

    void closed(JournalReader reader) {
        readers.remove(reader);
    }

    /**
     * A crash of the machine may have taken entries that a reader had read and committed already;
     * their numbers are not given again, or that reader would pass over the new ones.
     */
    private long nextSequence() {
        return Math.max(recovery.next(), positions.fastest() + 1);
    }

    private long firstSequence() {
        return reading.segments().first().orElse(appender.last() + 1);
    }

    /** Deletes the segments that nobody needs any more. */
    void deletePassed() throws IOException {
        OptionalLong slowest = positions.slowest();
        if (slowest.isPresent() && reading.segments().anyBefore(slowest.getAsLong() + 1)) {
            reading.segments()
                    .deleteBefore(Math.min(slowest.getAsLong() + 1, appender.oldestOpen()));
        }
    }

    private void forceForever() {
        while (!closed) {
            LockSupport.parkNanos(this, settings.forceEvery().toNanos());
            appender.force();
        }
    }

    private void awaitForcing() {
        boolean interrupted = false;
        while (forcing.isAlive()) {
            try {
                forcing.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private Map<String, Long> lag(long last) {
        return positions.all().entrySet().stream()
                .collect(
                        Collectors.toMap(
                                Map.Entry::getKey, each -> Math.max(0, last - each.getValue())));
    }

    private static String describe(IOException failure) {
        String message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message;
    }

    private static long freeBytes(Path directory) {
        try {
            return Files.getFileStore(directory).getUsableSpace();
        } catch (IOException e) {
            return -1;
        }
    }
}
