package io.weir.report;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The time that a point of a series over time is of. Days and hours are those of UTC. */
public enum Step {
    /** Five minutes. */
    FIVE_MINUTES("5m", Duration.ofMinutes(5), "INTERVAL 5 MINUTE"),
    /** An hour. */
    HOUR("1h", Duration.ofHours(1), "INTERVAL 1 HOUR"),
    /** A day. */
    DAY("1d", Duration.ofDays(1), "INTERVAL 1 DAY");

    /** More points than this are hard to read as a table. */
    private static final long MANY = 168;

    private final String word;
    private final Duration width;
    private final String sql;

    Step(String word, Duration width, String sql) {
        this.word = word;
        this.width = width;
        this.sql = sql;
    }

    /**
     * The step of that word.
     *
     * @throws IllegalArgumentException with the words there are
     */
    public static Step of(String word) {
        for (Step step : values()) {
            if (step.word.equals(word)) {
                return step;
            }
        }
        throw new IllegalArgumentException(
                "step is '%s', and has to be one of %s"
                        .formatted(
                                word,
                                Arrays.stream(values())
                                        .map(step -> step.word)
                                        .collect(Collectors.joining(", "))));
    }

    /** The smallest that does not make too many points of a time. */
    static Step fitting(Instant since, Instant until) {
        Duration time = Duration.between(since, until);
        for (Step step : values()) {
            if (time.dividedBy(step.width) <= MANY) {
                return step;
            }
        }
        return DAY;
    }

    Instant start(Instant of) {
        return Rollup.start(of, width);
    }

    String sql() {
        return sql;
    }
}
