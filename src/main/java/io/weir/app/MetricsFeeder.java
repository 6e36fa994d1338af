package io.weir.app;

import io.weir.ledger.Entry;
import io.weir.ledger.RecordLog;
import io.weir.ledger.RecordReader;
import io.weir.metrics.CallMetrics;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Follows the journal and counts ended calls for the metrics. What was not counted when Weir
 * stopped is counted by the next process.
 */
final class MetricsFeeder implements Runnable, Closeable {
    private static final System.Logger LOG = System.getLogger(MetricsFeeder.class.getName());
    private static final String NAME = "metrics";
    private static final int MAX_CALLS = 5_000;
    private static final int MAX_BYTES = 16 << 20;
    private static final Duration WAIT = Duration.ofSeconds(1);

    /** Each commit forces the reader's position onto the disk, and nobody scrapes more often. */
    private static final Duration GATHER = Duration.ofSeconds(1);

    private final RecordReader reader;
    private final long countedBefore;
    private final CallMetrics metrics;
    private final Thread thread;
    private volatile boolean stopping;

    private MetricsFeeder(RecordReader reader, long countedBefore, CallMetrics metrics) {
        this.reader = reader;
        this.countedBefore = countedBefore;
        this.metrics = metrics;
        this.thread = Thread.ofPlatform().name("weir-metrics").daemon(true).unstarted(this);
    }

    /**
     * One that follows {@code log}. Where none did before, the calls that are in it already are
     * history, and are passed over.
     */
    static MetricsFeeder of(RecordLog log, CallMetrics metrics) throws IOException {
        boolean first = !log.health().readerLag().containsKey(NAME);
        long history = first ? log.health().lastSequence() : 0;
        return new MetricsFeeder(log.reader(NAME, Set.of(Entry.Kind.CLOSED)), history, metrics);
    }

    void start() {
        thread.start();
    }

    @Override
    public void run() {
        try {
            while (!stopping) {
                follow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        stopping = true;
        thread.interrupt();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(10));
            reader.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            warn("the metrics' place in the journal was not closed: {0}", e);
        }
    }

    private void follow() throws InterruptedException {
        try {
            long before = reader.polled();
            for (RecordReader.Line line : reader.poll(MAX_CALLS, MAX_BYTES, WAIT)) {
                if (line.sequence() > countedBefore) {
                    metrics.count(line.call());
                }
            }
            if (reader.hasUncommitted()) {
                reader.commit();
                if (reader.polled() - before < MAX_CALLS) {
                    TimeUnit.NANOSECONDS.sleep(GATHER.toNanos());
                }
            }
        } catch (IOException e) {
            if (!stopping) {
                warn("the journal cannot be read for the metrics: {0}", e);
                TimeUnit.NANOSECONDS.sleep(GATHER.toNanos());
            }
        }
    }

    private static void warn(String message, IOException e) {
        LOG.log(System.Logger.Level.WARNING, message, e.getMessage());
    }
}
