package io.weir.app;

import io.weir.store.CallStore;
import io.weir.store.Deleted;
import io.weir.store.Keep;
import io.weir.store.StoreUnavailable;
import java.io.Closeable;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

/**
 * What is done now and then: sums added up, old calls deleted, records that could not be written
 * tried again, files of keys read.
 */
final class Upkeep implements Closeable {
    private static final System.Logger LOG = System.getLogger(Upkeep.class.getName());

    private static final long ADD_UP_EVERY_SECONDS = 300;
    private static final long FIRST_ADD_UP_SECOND = 30;

    /** Most calls that were received before then have ended, so that few rows are added later. */
    private static final Duration STILL_UNDER_WAY = Duration.ofMinutes(5);

    private static final long DELETE_EVERY_SECONDS = 3_600;
    private static final long FIRST_DELETE_SECOND = 300;

    private static final long READ_KEYS_EVERY_SECONDS = 5;

    private final WeirConfig config;
    private final CallStore store;
    private final JournalSink sink;
    private final ProviderKeys keys;
    private final InstantSource clock;
    private final Thread thread =
            Thread.ofPlatform().name("weir-upkeep").daemon(true).unstarted(this::run);

    Upkeep(
            WeirConfig config,
            CallStore store,
            JournalSink sink,
            ProviderKeys keys,
            InstantSource clock) {
        this.config = config;
        this.store = store;
        this.sink = sink;
        this.keys = keys;
        this.clock = clock;
    }

    void start() {
        thread.start();
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private void run() {
        try {
            for (long second = 1; ; second++) {
                TimeUnit.SECONDS.sleep(1);
                sink.retry();
                if (second % READ_KEYS_EVERY_SECONDS == 0) {
                    keys.reread();
                }
                if (second % ADD_UP_EVERY_SECONDS == FIRST_ADD_UP_SECOND) {
                    addUpRollups();
                }
                if (second % DELETE_EVERY_SECONDS == FIRST_DELETE_SECOND) {
                    deleteOld();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void addUpRollups() {
        try {
            store.addUpRollups(clock.instant().minus(STILL_UNDER_WAY));
        } catch (StoreUnavailable e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "sums of calls could not be added up: {0}",
                    e.getMessage());
        }
    }

    private void deleteOld() {
        Instant now = clock.instant();
        try {
            Deleted deleted =
                    store.delete(
                            new Keep(
                                    now.minus(config.contentRetention()),
                                    now.minus(config.callRetention()),
                                    now.minus(config.rollupRetention())));
            if (deleted.calls() + deleted.contents() + deleted.rollups() > 0) {
                LOG.log(
                        System.Logger.Level.INFO,
                        "retention: {0} contents, {1} calls and {2} sums deleted",
                        deleted.contents(),
                        deleted.calls(),
                        deleted.rollups());
            }
        } catch (StoreUnavailable e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "old calls could not be deleted: {0}",
                    e.getMessage());
        }
    }
}
