package io.weir.report;

import java.time.Instant;

/**
 * Something out of the usual.
 *
 * @param scope {@code key} or {@code model}
 * @param name of the key or the model
 * @param model that a loop calls, with an empty name where it gives none; else empty
 * @param until when it was over, or the end of what was looked at
 * @param over whether it was over by then
 * @param observed in the kind's measure
 * @param score how unlikely it is by chance, as the number of zeros behind the point
 * @param calls in that time
 * @param costNanoUsd of them
 */
record Anomaly(
        Kind kind,
        String scope,
        String name,
        String model,
        Instant from,
        Instant until,
        boolean over,
        double observed,
        double usual,
        double score,
        long calls,
        long costNanoUsd) {
    /** What can be out of the usual. */
    enum Kind {
        /** More calls fail. */
        ERRORS("errors", "error rate"),
        /** Calls take longer. */
        LATENCY("latency", "p95 ms"),
        /** Streams take longer to begin. */
        FIRST_TOKEN("first_token", "first token p95 ms"),
        /** There are more calls. */
        VOLUME("volume", "calls in 5 min"),
        /** There are no calls, or hardly any. */
        SILENCE("silence", "calls in 5 min"),
        /** More money is spent than more calls, or larger ones, account for. */
        SPEND("spend", "USD in 5 min"),
        /** Calls are larger. */
        TOKENS("tokens", "tokens a call"),
        /** The same call is made again and again. */
        LOOP("loop", "same calls in 5 min");

        private final String word;
        private final String measure;

        Kind(String word, String measure) {
            this.word = word;
            this.measure = measure;
        }

        String word() {
            return word;
        }

        /** What is observed, with its unit. */
        String measure() {
            return measure;
        }
    }

    /** The same, not over yet. */
    Anomaly stillGoing() {
        return new Anomaly(
                kind,
                scope,
                name,
                model,
                from,
                until,
                false,
                observed,
                usual,
                score,
                calls,
                costNanoUsd);
    }

    /** The same, observed in another measure. */
    Anomaly measured(double value, double usually) {
        return new Anomaly(
                kind,
                scope,
                name,
                model,
                from,
                until,
                over,
                value,
                usually,
                score,
                calls,
                costNanoUsd);
    }

    /** Both as one, of which the other is the later part. */
    Anomaly continuedBy(Anomaly later) {
        Anomaly worse = later.score > score ? later : this;
        return new Anomaly(
                kind,
                scope,
                name,
                model,
                from,
                later.until,
                later.over,
                worse.observed,
                worse.usual,
                worse.score,
                calls + later.calls,
                costNanoUsd + later.costNanoUsd);
    }

    /** How many times the usual; NaN where nothing is usual. */
    double factor() {
        return usual > 0 ? observed / usual : Double.NaN;
    }

    /** Whether both are of one series and of one time. */
    boolean overlaps(Anomaly other) {
        return scope.equals(other.scope)
                && name.equals(other.name)
                && from.isBefore(other.until)
                && other.from.isBefore(until);
    }
}
