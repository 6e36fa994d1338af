package io.weir.report;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * What can set calls apart: a word and the SQL it stands for. Where two explain the same calls, the
 * one that stands first here is named.
 */
enum Attribute {
    MODEL("model", Scale.NAMES, Words.MODEL),
    UPSTREAM("upstream", Scale.NAMES, "upstream"),
    KEY("key", Scale.NAMES, "key_name"),
    PROJECT("project", Scale.NAMES, "project"),
    ENDPOINT("endpoint", Scale.NAMES, "endpoint"),
    TIER("tier", Scale.NAMES, "coalesce(service_tier, request_service_tier)"),
    STREAM("stream", Scale.NAMES, "CASE WHEN stream THEN 'yes' ELSE 'no' END"),
    RETRY("retry", Scale.NAMES, "CASE WHEN client_retry > 0 THEN 'yes' ELSE 'no' END"),
    /** The program, without its version. */
    AGENT(
            "agent",
            Scale.NAMES,
            "nullif(regexp_extract(user_agent, '^[A-Za-z_-]+(/[A-Za-z]+)?'), '')"),
    USER("user", Scale.NAMES, "end_user"),
    /** The length of the request's body, known for every call: so many times doubled. */
    PROMPT("prompt", Scale.DOUBLINGS, doublings("request_bytes", 1_024)),
    /** The part of the time in which the call was received; only the time that is asked about. */
    HOUR("hour", Scale.TIME, "CASE WHEN asked THEN epoch_us(received_at) // %d END"),
    /** The HTTP status: like those that follow what trouble looks like, not where it comes from. */
    STATUS("status", Scale.NAMES, "CASE WHEN status > 0 THEN status::VARCHAR END"),
    ERROR("error", Scale.NAMES, Words.ERROR),
    FINISH("finish", Scale.NAMES, "finish_reasons[1]"),
    /** Output tokens, so many times doubled. */
    OUTPUT("output", Scale.DOUBLINGS, doublings(Words.OUTPUT, 64));

    /** What the values of an attribute are. */
    private enum Scale {
        NAMES,
        DOUBLINGS,
        TIME
    }

    private static final Duration SHORT = Duration.ofHours(6);

    private final String word;
    private final Scale scale;
    private final String sql;

    Attribute(String word, Scale scale, String sql) {
        this.word = word;
        this.scale = scale;
        this.sql = sql;
    }

    /** Those that are nearest to what a query is broken down by; all where it is not. */
    static List<Attribute> of(List<Dimension> by) {
        return by.isEmpty()
                ? Arrays.asList(values())
                : by.stream().map(Attribute::nearest).distinct().sorted().toList();
    }

    String word() {
        return word;
    }

    /** The column of {@link WhyQuestion} with its values. */
    String column() {
        return "its_" + word;
    }

    String sql(Duration asked) {
        return scale == Scale.TIME ? sql.formatted(stepMicros(asked)) : sql;
    }

    /** Whether its values are numbers, of which all from one on are a cause together. */
    boolean isOrdered() {
        return scale == Scale.DOUBLINGS || scale == Scale.TIME;
    }

    /** Whether a few dozen values are all there usually are. */
    boolean hasFewValues() {
        return switch (this) {
            case USER, PROMPT, HOUR, OUTPUT -> false;
            default -> true;
        };
    }

    boolean isTime() {
        return scale == Scale.TIME;
    }

    /** Whether it comes of what happens to a call: named where nothing explains the trouble. */
    boolean isSymptom() {
        return switch (this) {
            case STATUS, ERROR, FINISH, OUTPUT -> true;
            default -> false;
        };
    }

    /** Whether it can be asked where that trouble comes from. */
    boolean explains(Trouble trouble) {
        return switch (trouble) {
            case SLOW -> true;
            // A call that failed has neither output nor a reason to finish.
            case FAILED -> this != OUTPUT && this != FINISH;
            // Failing is cheap, and what was spent in an hour is set against nothing.
            case COSTLY -> this != STATUS && this != ERROR && scale != Scale.TIME;
        };
    }

    /** Times are told apart so finely, and no finer than makes some dozens. */
    static long stepMicros(Duration asked) {
        Duration step =
                asked.compareTo(SHORT) <= 0
                        ? Duration.ofMinutes(5)
                        : Duration.ofHours(Math.max(1, asked.toDays() / 4));
        return step.toNanos() / 1_000;
    }

    private static String doublings(String amount, int first) {
        return "greatest(0, floor(log2(greatest(%s, 1) / %d.0)) + 1)::BIGINT"
                .formatted(amount, first);
    }

    private static Attribute nearest(Dimension dimension) {
        return switch (dimension) {
            case MODEL -> MODEL;
            case KEY -> KEY;
            case PROJECT -> PROJECT;
            case ENDPOINT, OPERATION -> ENDPOINT;
            case UPSTREAM -> UPSTREAM;
            case STATUS -> STATUS;
            case HOUR, DAY -> HOUR;
            case STREAM -> STREAM;
            case USER -> USER;
            case OUTCOME -> ERROR;
            case TIER -> TIER;
        };
    }
}
