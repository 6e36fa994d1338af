package io.weir.profile;

import java.time.Duration;
import java.util.List;

/**
 * What a recording says.
 *
 * @param recorded how long it was
 * @param calls those that ended in it
 * @param whole from a call's head to the last byte of its answer
 * @param weir what Weir itself did in a call
 * @param upstream what a call waited for its upstream
 * @param client what a call waited for its client: reading its body, writing its answer
 * @param stages most of Weir's time first
 * @param methods where the processor was while Weir's threads ran, most first
 * @param pauses of the garbage collector
 * @param pinnedThreads how often a virtual thread held on to its carrier while it waited
 */
public record Profile(
        Duration recorded,
        long calls,
        Spread whole,
        Spread weir,
        Spread upstream,
        Spread client,
        List<StageTime> stages,
        List<Method> methods,
        Pauses pauses,
        long pinnedThreads) {
    public Profile {
        stages = List.copyOf(stages);
        methods = List.copyOf(methods);
    }

    /** Whose time a stage is. */
    public enum Whose {
        /** Weir's own. */
        WEIR("weir"),
        /** Waiting for the upstream. */
        UPSTREAM("upstream"),
        /** Waiting for the client. */
        CLIENT("client");

        private final String word;

        Whose(String word) {
            this.word = word;
        }

        /** The word in answers. */
        public String word() {
            return word;
        }
    }

    /** How durations are spread, in microseconds. */
    public record Spread(double mean, double p50, double p99) {
        static Spread of(Samples samples) {
            return new Spread(
                    samples.count() == 0 ? 0 : samples.sum() / 1e3 / samples.count(),
                    samples.quantile(0.5) / 1e3,
                    samples.quantile(0.99) / 1e3);
        }
    }

    /**
     * What one stage took, without what it called.
     *
     * @param count how often it was passed
     * @param shareOfWeir its part of all of Weir's own time; 0 for a stage that waits for others
     */
    public record StageTime(
            String name, Whose whose, long count, Spread time, double shareOfWeir) {}

    /**
     * A method and its part of the processor's samples.
     *
     * @param name the innermost of Weir's own methods at the sample, or else the innermost of all
     */
    public record Method(String name, double share) {}

    /** Pauses of the garbage collector, in milliseconds. */
    public record Pauses(long count, double totalMillis, double longestMillis) {}
}
