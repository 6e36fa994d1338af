package io.weir.limit;

import java.time.Duration;

/** What a limit counts, and in which time. */
public enum Measure {
    PARALLEL("parallel", false, Duration.ZERO, "calls at once"),
    REQUESTS_PER_MINUTE(
            "requests_per_minute", false, Duration.ofMinutes(1), "requests per minute (RPM)"),
    REQUESTS_PER_DAY("requests_per_day", false, Duration.ofDays(1), "requests per day (RPD)"),
    TOKENS_PER_MINUTE("tokens_per_minute", true, Duration.ofMinutes(1), "tokens per min (TPM)"),
    TOKENS_PER_DAY("tokens_per_day", true, Duration.ofDays(1), "tokens per day (TPD)");

    private final String word;
    private final boolean tokens;
    private final Duration period;
    private final String words;

    Measure(String word, boolean tokens, Duration period, String words) {
        this.word = word;
        this.tokens = tokens;
        this.period = period;
        this.words = words;
    }

    /** Its name in rules. */
    public String word() {
        return word;
    }

    /** As OpenAI's refusals call it. */
    public String words() {
        return words;
    }

    /** Whether it counts tokens rather than calls. */
    public boolean countsTokens() {
        return tokens;
    }

    Duration period() {
        return period;
    }

    /**
     * The measure of that name.
     *
     * @throws IllegalArgumentException where there is none
     */
    public static Measure of(String word) {
        return Words.one(values(), Measure::word, word);
    }
}
