package io.weir.export;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What an exporter has done. Written by its thread, read by any. */
final class Counts {
    private volatile long sent;
    private volatile long batches;
    private volatile long failures;
    private volatile int failing;
    private volatile long setAside;
    private volatile long rejected;
    private volatile long dropped;
    private volatile @Nullable Instant lastSent;
    private volatile @Nullable Instant waitingSince;
    private volatile @Nullable String problem;

    synchronized void delivered(int events, Instant now) {
        sent += events;
        batches++;
        lastSent = now;
        well();
    }

    synchronized void failed(String reason) {
        failures++;
        failing++;
        problem = reason;
    }

    synchronized void setAside() {
        setAside++;
        well();
    }

    synchronized void rejected(long things) {
        rejected += things;
    }

    synchronized void dropped(long events) {
        dropped += events;
    }

    /** The oldest call that is to be sent; null for none. */
    void waiting(@Nullable Instant received) {
        waitingSince = received;
    }

    int failing() {
        return failing;
    }

    ExporterHealth health(ExporterSettings settings, long lag) {
        return new ExporterHealth(
                settings.name(),
                settings.kind(),
                lag,
                Optional.ofNullable(waitingSince),
                sent,
                batches,
                failures,
                failing,
                setAside,
                rejected,
                dropped,
                Optional.ofNullable(lastSent),
                Optional.ofNullable(problem));
    }

    private void well() {
        failing = 0;
        problem = null;
    }
}
