package io.weir.alert;

import io.weir.wire.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;

/** What has happened to incidents, a line each; the oldest go when there are too many. */
final class History {
    private static final System.Logger LOG = System.getLogger(History.class.getName());
    private static final long MOST_BYTES = 8L << 20;

    private final Path file;
    private final Path older;

    History(Path directory) {
        this.file = directory.resolve("history.jsonl");
        this.older = directory.resolve("history.1.jsonl");
    }

    /** Adds a line; where that fails, it is lost: nobody is left untold for its sake. */
    synchronized void add(HistoryEntry entry) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            if (Files.exists(file) && Files.size(file) > MOST_BYTES) {
                Files.move(file, older, StandardCopyOption.REPLACE_EXISTING);
            }
            Files.writeString(
                    file,
                    Json.MAPPER.writeValueAsString(entry) + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "the history of alerts cannot be written: {0}",
                    e.getMessage());
        }
    }

    /** What has happened since then, the latest first, and no more than so much. */
    synchronized List<HistoryEntry> since(Instant since, int most) throws IOException {
        List<HistoryEntry> entries = new ArrayList<>();
        for (Path each : List.of(older, file)) {
            if (Files.exists(each)) {
                Files.readString(each).lines().forEach(line -> add(entries, line, since));
            }
        }
        List<HistoryEntry> latest = entries.reversed();
        return List.copyOf(latest.subList(0, Math.min(most, latest.size())));
    }

    /** A line that a crash has cut is passed over. */
    private static void add(List<HistoryEntry> entries, String line, Instant since) {
        try {
            if (!line.isEmpty()) {
                HistoryEntry entry = Json.MAPPER.readValue(line, HistoryEntry.class);
                if (!entry.at().isBefore(since)) {
                    entries.add(entry);
                }
            }
        } catch (JacksonException e) {
            LOG.log(
                    System.Logger.Level.DEBUG,
                    "a line of the history of alerts is damaged: {0}",
                    e.getOriginalMessage());
        }
    }
}
