package io.weir.replay;

import java.time.Duration;
import java.util.List;

/**
 * What a benchmark does: every target in turn, {@code rounds} times over, so that what else the
 * machine does falls on all of them alike.
 *
 * @param targets the first is the baseline that others are compared with
 * @param operation the path behind a base URL
 * @param body the request's body, the same for every call
 * @param duration measured time of each target in each round
 * @param warmup load before it, not measured
 * @param settle quiet time after it, whose CPU still counts as the target's: work left for later
 */
public record BenchPlan(
        List<LoadTarget> targets,
        Load load,
        String operation,
        String body,
        int rounds,
        Duration duration,
        Duration warmup,
        Duration settle,
        Duration silence) {
    /** How calls are started. */
    public sealed interface Load {
        /** Connections at most. */
        int connections();

        /**
         * At fixed times, whether or not earlier calls are answered. Latency counts from the time a
         * call was due, so that a stall is seen by every call it delayed.
         */
        record Open(double callsPerSecond, int connections) implements Load {
            public Open {
                if (!(callsPerSecond > 0) || callsPerSecond > 1e6) {
                    throw new IllegalArgumentException(
                            "the rate is above 0 and at most 1e6 calls/s, not " + callsPerSecond);
                }
                atLeastOne("connections", connections);
            }
        }

        /** On each connection, one after the other, as fast as answers come. */
        record Closed(int connections) implements Load {
            public Closed {
                atLeastOne("connections", connections);
            }
        }
    }

    public BenchPlan {
        targets = List.copyOf(targets);
        atLeastOne("targets", targets.size());
        atLeastOne("rounds", rounds);
        atLeastOne("milliseconds of duration", duration.toMillis());
    }

    /** How long it will take. */
    public Duration length() {
        return duration.plus(warmup).plus(settle).multipliedBy((long) rounds * targets.size());
    }

    private static void atLeastOne(String what, long count) {
        if (count < 1) {
            throw new IllegalArgumentException(what + ": at least 1, not " + count);
        }
    }
}
