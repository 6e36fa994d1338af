package io.weir.export;

import java.time.Instant;
import java.util.Optional;

/**
 * How an exporter is.
 *
 * @param lag entries of the journal it has not passed
 * @param waitingSince when the oldest call was received that it is trying to send; empty where it
 *     has nothing to send
 * @param sent events delivered since Weir was started
 * @param batches delivered
 * @param failures tries that failed
 * @param failing failures in a row, 0 where the last try went well
 * @param setAside events that the destination will never take
 * @param rejected what events were made of and the destination refused without saying which
 * @param dropped events that went when the disk budget was spent
 * @param problem what is wrong now
 */
public record ExporterHealth(
        String name,
        String kind,
        long lag,
        Optional<Instant> waitingSince,
        long sent,
        long batches,
        long failures,
        int failing,
        long setAside,
        long rejected,
        long dropped,
        Optional<Instant> lastSent,
        Optional<String> problem) {}
