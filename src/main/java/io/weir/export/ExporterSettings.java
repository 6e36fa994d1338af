package io.weir.export;

import java.time.Duration;

/**
 * How an exporter goes about it, whatever its destination.
 *
 * @param name of a-z, 0-9, _ and -; its place in the journal is kept under it
 * @param kind the word for its destination
 * @param events in a batch, at most; fewer where the destination takes fewer
 * @param bytes of a batch, at most, likewise
 * @param age how long the first event of a batch waits for others
 * @param firstPause after a failure; doubled with each further one
 * @param mostPause after many failures
 * @param diskBudget bytes of the journal that may be kept for it; beyond, the oldest events go
 */
public record ExporterSettings(
        String name,
        String kind,
        int events,
        int bytes,
        Duration age,
        Duration firstPause,
        Duration mostPause,
        long diskBudget) {}
