package io.weir.export;

import io.weir.ledger.Journal;
import io.weir.ledger.JournalSettings;
import io.weir.ledger.RecordLog;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** A journal and exporters that follow it, as Weir has them, without a gateway before them. */
final class Shipping implements Closeable {
    private static final Duration FORCE_EVERY = Duration.ofMillis(50);
    private static final int CALLS_BETWEEN_LOOKS = 500;

    private final Path directory;
    private final Journal journal;
    private final RecordLog log;
    private long mostBytes;

    /** Opens the journal of a data directory. */
    Shipping(Path directory, long segmentBytes) throws IOException {
        this.directory = directory;
        this.journal =
                Journal.open(
                        new JournalSettings(
                                directory.resolve("journal"), segmentBytes, FORCE_EVERY),
                        System::nanoTime);
        this.log = new RecordLog(journal);
    }

    /** Follows the journal and commits nothing, so that everything stays in it. */
    void holdAll() throws IOException {
        log.reader("all").close();
    }

    /** The exporters of a configuration, each with a place of its own; they send nothing yet. */
    Exporters exporters(ArrayNode configured) throws IOException {
        List<ExporterPlan> plans =
                StreamSupport.stream(configured.spliterator(), false).map(this::plan).toList();
        return Exporters.open(
                plans,
                log,
                directory.resolve("exporters"),
                Instant::now,
                RandomGenerator.SplittableGenerator.of("L64X128MixRandom"));
    }

    /** The numbered calls from one to before another begin and end, as fast as that goes. */
    void record(int from, int to) throws IOException {
        for (int i = from; i < to; i++) {
            log.opened(NumberedCalls.underWay(i));
            log.closed(NumberedCalls.ended(i));
            if (i % CALLS_BETWEEN_LOOKS == 0) {
                mostBytes = Math.max(mostBytes, bytesOnDisk());
            }
        }
    }

    long bytesOnDisk() {
        return journal.health().bytesOnDisk();
    }

    /** The most that it was while calls were recorded. */
    long mostBytes() {
        return mostBytes;
    }

    @Override
    public void close() throws IOException {
        journal.close();
    }

    private ExporterPlan plan(JsonNode item) {
        return ExporterPlan.read(item, Map.of(), directory);
    }
}
