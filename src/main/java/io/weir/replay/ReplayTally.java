package io.weir.replay;

import java.time.Duration;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Counts what a replay sees. Shared by its calls, under its own lock. */
final class ReplayTally {
    private final SortedMap<Integer, Long> statuses = new TreeMap<>();
    private final SortedMap<String, Long> failures = new TreeMap<>();
    private final Histogram latency = new Histogram();
    private final Histogram firstToken = new Histogram();
    private final Histogram lateness = new Histogram();
    private long sent;
    private long done;
    private long succeeded;
    private long usages;
    private long differing;
    private long inputSeen;
    private long outputSeen;
    private long inputInTrace;
    private long outputInTrace;
    private boolean unauthorised;

    synchronized void started(long lateNanos) {
        sent++;
        lateness.record(lateNanos);
    }

    synchronized void failed(String word) {
        done++;
        failures.merge(word, 1L, Long::sum);
    }

    synchronized void status(int status) {
        statuses.merge(status, 1L, Long::sum);
        unauthorised |= status == 401;
    }

    /**
     * A whole answer of status 200 to 299.
     *
     * @param firstTokenNanos 0 where no content token was seen on its own
     */
    synchronized void succeeded(
            TraceCall call, long latencyNanos, long firstTokenNanos, Optional<SeenUsage> usage) {
        done++;
        succeeded++;
        latency.record(latencyNanos);
        if (firstTokenNanos > 0) {
            firstToken.record(firstTokenNanos);
        }
        usage.ifPresent(seen -> used(call, seen));
    }

    private void used(TraceCall call, SeenUsage seen) {
        usages++;
        inputSeen += seen.inputTokens();
        outputSeen += seen.outputTokens();
        inputInTrace += call.inputTokens();
        outputInTrace += call.outputTokens();
        if (seen.inputTokens() != call.inputTokens()
                || seen.outputTokens() != call.outputTokens()) {
            differing++;
        }
    }

    synchronized boolean unauthorised() {
        return unauthorised;
    }

    synchronized ReplayProgress progress(long total, int inFlight) {
        return new ReplayProgress(total, done, done - succeeded, inFlight);
    }

    /** The final account; nothing is counted after it. */
    synchronized ReplaySummary summary(long planned, Duration elapsed) {
        return new ReplaySummary(
                planned,
                sent,
                succeeded,
                statuses,
                failures,
                latency,
                firstToken,
                lateness,
                new ReplaySummary.Tokens(
                        usages, differing, inputSeen, outputSeen, inputInTrace, outputInTrace),
                elapsed,
                unauthorised);
    }
}
