package io.weir.replay;

import java.time.Duration;
import java.util.SortedMap;

/**
 * What the client of a replay saw.
 *
 * @param planned calls in the trace
 * @param sent calls that were started
 * @param succeeded calls with a whole answer of status 200 to 299
 * @param statuses answers by HTTP status
 * @param failures failed calls by word: {@code http_429}, {@code timed_out}, {@code broken_stream}
 * @param latency nanoseconds from a call's start to its answer's last byte; succeeded calls only
 * @param firstToken nanoseconds from a call's start to its first content token; streams only
 * @param lateness nanoseconds that calls started later than the trace says
 * @param tokens what succeeded calls used
 * @param elapsed the whole replay
 * @param unauthorised whether it was given up because a key was refused
 */
public record ReplaySummary(
        long planned,
        long sent,
        long succeeded,
        SortedMap<Integer, Long> statuses,
        SortedMap<String, Long> failures,
        Histogram latency,
        Histogram firstToken,
        Histogram lateness,
        Tokens tokens,
        Duration elapsed,
        boolean unauthorised) {
    /**
     * Tokens as the answers' usage says, beside those of the same calls in the trace.
     *
     * @param calls succeeded calls whose answer carried a usage
     * @param differing those of them whose usage is not what the trace says
     */
    public record Tokens(
            long calls,
            long differing,
            long inputSeen,
            long outputSeen,
            long inputInTrace,
            long outputInTrace) {}

    /** Calls that were sent and did not succeed. */
    public long failed() {
        return sent - succeeded;
    }
}
