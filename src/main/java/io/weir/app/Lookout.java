package io.weir.app;

import io.weir.report.AnomalyWatch;
import io.weir.store.StoreUnavailable;
import java.io.Closeable;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

/**
 * Has anomalies searched for whenever five minutes are over; at first also in the days before, with
 * pauses, so that others get to ask the store as well.
 */
final class Lookout implements Closeable {
    private static final System.Logger LOG = System.getLogger(Lookout.class.getName());

    private static final long EVERY_SECONDS = 300;

    /** Most calls of the five minutes are in the store by then. */
    private static final long AFTER_SECONDS = 20;

    private static final long PAUSE_MILLIS = 500;

    private final AnomalyWatch watch;
    private final InstantSource clock;
    private final Thread thread =
            Thread.ofPlatform().name("weir-anomalies").daemon(true).unstarted(this::run);

    Lookout(AnomalyWatch watch, InstantSource clock) {
        this.watch = watch;
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
            while (true) {
                Instant now = clock.instant();
                if (looked(now)) {
                    TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
                } else {
                    long past = Math.floorMod(now.getEpochSecond() - AFTER_SECONDS, EVERY_SECONDS);
                    TimeUnit.SECONDS.sleep(EVERY_SECONDS - past);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether there is more to be looked at. */
    private boolean looked(Instant now) {
        try {
            return watch.look(now);
        } catch (StoreUnavailable e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "anomalies could not be searched for: {0}",
                    e.getMessage());
            return false;
        }
    }
}
