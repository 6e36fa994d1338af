package io.weir.report;

import java.time.Duration;
import java.time.Instant;

/**
 * Words about {@code rollups}, the sums of calls by five minutes. Its columns are named as those of
 * {@code calls}; its histograms are counts by {@code FLOOR(LN(milliseconds) * 20)}.
 */
final class Rollup {
    /** The time a row is of. */
    static final Duration WIDTH = Duration.ofMinutes(5);

    private Rollup() {}

    /** The beginning of the row that an instant falls into. */
    static Instant start(Instant of) {
        return start(of, WIDTH);
    }

    /** The beginning of the step that an instant falls into, in UTC. */
    static Instant start(Instant of, Duration step) {
        long seconds = of.getEpochSecond();
        return Instant.ofEpochSecond(seconds - Math.floorMod(seconds, step.toSeconds()));
    }

    /**
     * The histogram of a group of rows: {@code log}, {@code n} calls of it, {@code upto} calls of
     * it or a smaller one, {@code total} calls.
     *
     * @param groups columns that make the groups, with a comma after each
     * @param what {@code closed} or {@code first_token}
     * @param from what the rows come from, with its conditions
     */
    static String histogram(String groups, String what, String from) {
        String partition = groups.isEmpty() ? "" : "PARTITION BY " + withoutLastComma(groups);
        return """
        SELECT *, sum(n) OVER (%2$s ORDER BY log) AS upto, sum(n) OVER (%2$s) AS total FROM (
            SELECT %1$s log, sum(n) AS n FROM (
                SELECT %1$s unnest(%3$s_logs) AS log, unnest(%3$s_counts) AS n FROM %4$s)
            GROUP BY ALL)\
        """
                .formatted(groups, partition, what, from);
    }

    /** How many calls a condition on rows holds of. */
    static String count(String condition) {
        return condition.equals("true")
                ? "sum(calls)::BIGINT"
                : "coalesce(sum(calls) FILTER (WHERE " + condition + "), 0)::BIGINT";
    }

    /** The bucket of a histogram within which a percentile lies. */
    static String log(double share) {
        return "min(log) FILTER (WHERE upto >= %s * total)".formatted(share);
    }

    private static String withoutLastComma(String groups) {
        return groups.strip().substring(0, groups.strip().length() - 1);
    }
}
