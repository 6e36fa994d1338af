package io.weir.replay;

import java.util.OptionalDouble;
import java.util.SortedMap;

/**
 * One target in one round.
 *
 * @param calls measured calls, failed ones among them
 * @param failures failed calls by word
 * @param seconds measured time
 * @param latency nanoseconds to an answer's last byte; succeeded calls only
 * @param firstToken nanoseconds to a stream's first content token
 * @param lateness nanoseconds that the generator itself started calls late
 * @param cpuMicrosPerCall CPU of the target's processes a call; empty when none was named
 * @param generatorMicrosPerCall CPU of this process a call; empty where it cannot be read
 */
public record BenchRun(
        String target,
        int round,
        long calls,
        SortedMap<String, Long> failures,
        double seconds,
        Histogram latency,
        Histogram firstToken,
        Histogram lateness,
        OptionalDouble cpuMicrosPerCall,
        OptionalDouble generatorMicrosPerCall) {
    /** Failed calls, whatever the reason. */
    public long failed() {
        return failures.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Calls a second that were answered. */
    public double callsPerSecond() {
        return (calls - failed()) / seconds;
    }
}
