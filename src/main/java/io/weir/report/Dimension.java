package io.weir.report;

import io.weir.store.Column;
import io.weir.store.Unit;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What calls can be grouped by: a word people give, and the SQL it stands for. What people give is
 * looked up here and never becomes part of a statement.
 */
public enum Dimension {
    /** The model that was asked for; calls that failed have no other. */
    MODEL("model", Unit.TEXT, "coalesce(request_model, response_model)"),
    /** The gateway key's name. */
    KEY("key", Unit.TEXT, "key_name"),
    /** The key's project. */
    PROJECT("project", Unit.TEXT, "project"),
    /** The API's endpoint. */
    ENDPOINT("endpoint", Unit.TEXT, "endpoint"),
    /** The upstream that answered or was tried last. */
    UPSTREAM("upstream", Unit.TEXT, "upstream"),
    /** The HTTP status the client was sent. */
    STATUS("status", Unit.NUMBER, "status"),
    /** The hour in which the call was received, in UTC. */
    HOUR("hour", Unit.TIME, "date_trunc('hour', received_at)"),
    /** The day on which the call was received, in UTC. */
    DAY("day", Unit.TIME, "date_trunc('day', received_at)::TIMESTAMP"),
    /** Whether the answer was streamed. */
    STREAM("stream", Unit.FLAG, "stream"),
    /** The end user the client named. */
    USER("user", Unit.TEXT, "end_user"),
    /** What the call does: chat, embeddings. */
    OPERATION("operation", Unit.TEXT, "operation"),
    /** How the call ended. */
    OUTCOME("outcome", Unit.TEXT, "outcome"),
    /** The service tier that answered, else the one that was asked for. */
    TIER("tier", Unit.TEXT, "coalesce(service_tier, request_service_tier)");

    private final String word;
    private final Unit unit;
    private final String sql;

    Dimension(String word, Unit unit, String sql) {
        this.word = word;
        this.unit = unit;
        this.sql = sql;
    }

    /**
     * The dimension of that word.
     *
     * @throws IllegalArgumentException with the words there are
     */
    public static Dimension of(String word) {
        for (Dimension dimension : values()) {
            if (dimension.word.equals(word)) {
                return dimension;
            }
        }
        throw new IllegalArgumentException(
                "nothing can be grouped by '%s'; there are %s"
                        .formatted(
                                word,
                                Arrays.stream(values())
                                        .map(Dimension::word)
                                        .collect(Collectors.joining(", "))));
    }

    /** The dimensions of words with commas between them; none where there is no word. */
    public static List<Dimension> list(String words) {
        return Arrays.stream(words.split(",", -1))
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .map(Dimension::of)
                .toList();
    }

    /** The word for it. */
    public String word() {
        return word;
    }

    Column column() {
        return new Column(word, unit);
    }

    String sql() {
        return sql;
    }

    /** Whether sums of calls by five minutes have it. */
    boolean rolledUp() {
        return switch (this) {
            case MODEL, KEY, PROJECT, ENDPOINT, UPSTREAM, STATUS, HOUR, DAY, STREAM, OUTCOME ->
                    true;
            case USER, OPERATION, TIER -> false;
        };
    }

    boolean isTime() {
        return unit == Unit.TIME;
    }
}
