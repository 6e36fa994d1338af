package io.weir.report;

/** A histogram that rows of {@code rollups} have, in buckets 5 % wide. */
enum Histogram {
    /** Latency, without calls that Weir refused. */
    CLOSED("closed", "true", 1),
    /** The time to the first token of a stream. */
    FIRST_TOKEN("first_token", "stream", 1),
    /** What was not waiting for an upstream, without calls that Weir refused. */
    OVERHEAD("overhead", "true", 1_000),
    /** Tokens a second of a stream after its first. */
    PACE("pace", "true", 1);

    private final String word;
    private final String condition;
    private final int scale;

    /**
     * A histogram.
     *
     * @param condition which rows it is read of
     * @param scale what makes the unit that figures have of the one it is kept in
     */
    Histogram(String word, String condition, int scale) {
        this.word = word;
        this.condition = condition;
        this.scale = scale;
    }

    /** The word that its columns begin with. */
    String word() {
        return word;
    }

    /** Its values, each with how many calls have it: {@code log} and {@code n}. */
    String values(String columns, String from) {
        return "SELECT %1$s unnest(%2$s_logs) AS log, unnest(%2$s_counts) AS n FROM %3$s WHERE %4$s"
                .formatted(columns, word, from, condition);
    }

    /** The middle of the bucket within which a quantile lies, which is at most 2.5 % beside. */
    String quantile(double share) {
        String value = "exp((%s + 0.5) / 20)".formatted(Rollup.log(share));
        return scale == 1 ? "round(" + value + ", 3)" : "round(" + value + " * " + scale + ", 1)";
    }
}
