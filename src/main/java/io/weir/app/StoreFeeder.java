package io.weir.app;

import io.weir.call.CallRecord;
import io.weir.ledger.RecordReader;
import io.weir.store.CallStore;
import io.weir.store.StoreUnavailable;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Follows the journal and puts ended calls into the store, in batches, each with the journal's
 * position in the same transaction: whatever stops in between, every call is there once. A store
 * that fails is tried again for ever; meanwhile the journal holds.
 */
final class StoreFeeder implements Runnable, Closeable {
    private static final System.Logger LOG = System.getLogger(StoreFeeder.class.getName());
    private static final int MAX_CALLS = 5_000;
    private static final int MAX_BYTES = 16 << 20;
    private static final Duration WAIT = Duration.ofSeconds(1);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);

    /**
     * DuckDB's cost of a transaction is that of some hundred rows, so that batches wait a little to
     * fill.
     */
    private static final Duration GATHER = Duration.ofMillis(500);

    private final RecordReader reader;
    private final CallStore store;
    private final Thread thread;
    private long unreadable;
    private volatile boolean stopping;

    /** Follows {@code reader}, which gives ended calls, and what they were found to cost, only. */
    StoreFeeder(RecordReader reader, CallStore store) {
        this.reader = reader;
        this.store = store;
        this.thread = Thread.ofPlatform().name("weir-store").daemon(true).unstarted(this);
    }

    void start() {
        thread.start();
    }

    @Override
    public void run() {
        try {
            boolean idle = false;
            while (!stopping || !idle) {
                idle = feed(stopping ? Duration.ZERO : WAIT);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Stores what is in the journal already, then ends. */
    @Override
    public void close() {
        stopping = true;
        try {
            thread.join(TimeUnit.SECONDS.toMillis(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        thread.interrupt();
        try {
            reader.close();
        } catch (IOException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "the store''s place in the journal was not closed: {0}",
                    e.getMessage());
        }
    }

    private boolean feed(Duration wait) throws InterruptedException {
        try {
            long before = reader.polled();
            RecordReader.Batch batch = reader.next(MAX_CALLS, MAX_BYTES, wait);
            if (!reader.hasUncommitted()) {
                return true;
            }
            store(batch, reader.polled());
            reader.commit();
            noteUnreadable();
            if (!stopping && reader.polled() - before < MAX_CALLS) {
                TimeUnit.NANOSECONDS.sleep(GATHER.toNanos());
            }
            return false;
        } catch (IOException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "the journal cannot be read for the store: {0}",
                    e.getMessage());
            TimeUnit.NANOSECONDS.sleep(PAUSE_AFTER_FAILURE.toNanos());
            return stopping;
        }
    }

    private void noteUnreadable() {
        if (reader.unreadable() > unreadable) {
            unreadable = reader.unreadable();
            LOG.log(
                    System.Logger.Level.WARNING,
                    "{0} entries of the journal hold no record that this Weir can read; they are passed over",
                    unreadable);
        }
    }

    private void store(RecordReader.Batch batch, long through) throws InterruptedException {
        List<CallRecord> ended = batch.calls().stream().map(RecordReader.Line::call).toList();
        while (!batch.isEmpty()) {
            try {
                store.append(ended, batch.priced(), through);
                return;
            } catch (StoreUnavailable e) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "the store does not take calls, the journal holds them: {0}",
                        e.getMessage());
                TimeUnit.NANOSECONDS.sleep(PAUSE_AFTER_FAILURE.toNanos());
                if (stopping) {
                    throw new InterruptedException("stopped while the store was unavailable");
                }
            }
        }
    }
}
