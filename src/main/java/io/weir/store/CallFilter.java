package io.weir.store;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** Which calls are meant: conditions that all have to hold. Immutable; each method adds one. */
public final class CallFilter {
    /** Every call. */
    public static final CallFilter ALL = new CallFilter(List.of(), true);

    /** The names that {@link #with} knows. */
    public static final List<String> NAMES =
            List.of(
                    "model",
                    "key",
                    "project",
                    "endpoint",
                    "outcome",
                    "error",
                    "status",
                    "upstream",
                    "stream",
                    "user",
                    "min_latency_ms",
                    "id");

    private final List<Condition> conditions;
    private final boolean rolledUp;

    private CallFilter(List<Condition> conditions, boolean rolledUp) {
        this.conditions = List.copyOf(conditions);
        this.rolledUp = rolledUp;
    }

    /** Received then or later. */
    public CallFilter since(Instant since) {
        return andRolledUp("received_at >= ?", since);
    }

    /** Received before then. */
    public CallFilter until(Instant until) {
        return andRolledUp("received_at < ?", until);
    }

    /** Asked for that model, or answered by it. */
    public CallFilter model(String model) {
        return andRolledUp("(request_model = ? OR response_model = ?)", model, model);
    }

    /** Made with the key of that id or name. */
    public CallFilter key(String idOrName) {
        return andRolledUp("(key_id = ? OR key_name = ?)", idOrName, idOrName);
    }

    /** Made for that project. */
    public CallFilter project(String project) {
        return andRolledUp("project = ?", project);
    }

    /** Of that endpoint, {@code chat.completions} for instance. */
    public CallFilter endpoint(String endpoint) {
        return andRolledUp("endpoint = ?", endpoint);
    }

    /** Ended that way, {@link io.weir.call.Outcome#word()}. */
    public CallFilter outcome(String word) {
        return andRolledUp("outcome = ?", word);
    }

    /** Was not refused by Weir itself. */
    public CallFilter notRefused() {
        return andRolledUp("outcome <> ?", "refused");
    }

    /** Failed with that type or code of error. */
    public CallFilter error(String typeOrCode) {
        return andRolledUp("(error_type = ? OR error_code = ?)", typeOrCode, typeOrCode);
    }

    /** Answered with that HTTP status. */
    public CallFilter status(int status) {
        return andRolledUp("status = ?", (long) status);
    }

    /** Answered by that upstream. */
    public CallFilter upstream(String upstream) {
        return andRolledUp("upstream = ?", upstream);
    }

    /** Streamed, or not. */
    public CallFilter stream(boolean stream) {
        return andRolledUp("stream = ?", stream);
    }

    /** Made for that end user. */
    public CallFilter endUser(String endUser) {
        return and("end_user = ?", endUser);
    }

    /** Took at least that long. */
    public CallFilter minLatency(Duration least) {
        return and("closed_us >= ?", least.toNanos() / 1_000);
    }

    /**
     * Has an id that begins so.
     *
     * @throws IllegalArgumentException where no id can
     */
    public CallFilter idPrefix(String prefix) {
        String digits = prefix.replace("-", "").toLowerCase(Locale.ROOT);
        if (!digits.matches("[0-9a-f]{1,32}")) {
            throw new IllegalArgumentException(
                    "'%s' is not the beginning of a call's id: hexadecimal digits"
                            .formatted(prefix));
        }
        return and("id BETWEEN ? AND ?", filled(digits, '0'), filled(digits, 'f'));
    }

    /**
     * The same by the condition's name, one of {@link #NAMES}, for those who have it from a query
     * string or an option.
     *
     * @throws IllegalArgumentException with a sentence for the asker where the name or its value
     *     makes no sense
     */
    public CallFilter with(String name, String value) {
        return switch (name) {
            case "model" -> model(value);
            case "key" -> key(value);
            case "project" -> project(value);
            case "endpoint" -> endpoint(value);
            case "outcome" -> outcome(value);
            case "error" -> error(value);
            case "status" -> status((int) number(name, value));
            case "upstream" -> upstream(value);
            case "stream" -> stream(flag(name, value));
            case "user" -> endUser(value);
            case "min_latency_ms" -> minLatency(Duration.ofMillis(number(name, value)));
            case "id" -> idPrefix(value);
            default ->
                    throw new IllegalArgumentException(
                            "no filter is called '%s'; there are %s"
                                    .formatted(name, String.join(", ", NAMES)));
        };
    }

    /** All of it as one condition. */
    public Condition condition() {
        if (conditions.isEmpty()) {
            return new Condition("true", List.of());
        }
        List<Object> parameters = new ArrayList<>();
        conditions.forEach(condition -> parameters.addAll(condition.parameters()));
        return new Condition(
                String.join(" AND ", conditions.stream().map(Condition::sql).toList()), parameters);
    }

    /** Whether its condition holds of rows of {@code rollups} as it does of {@code calls}. */
    public boolean rolledUp() {
        return rolledUp;
    }

    CallFilter and(String sql, Object... parameters) {
        return and(false, sql, parameters);
    }

    private CallFilter andRolledUp(String sql, Object... parameters) {
        return and(rolledUp, sql, parameters);
    }

    private CallFilter and(boolean allRolledUp, String sql, Object... parameters) {
        List<Condition> more = new ArrayList<>(conditions);
        more.add(new Condition(sql, List.of(parameters)));
        return new CallFilter(more, allRolledUp);
    }

    private static UUID filled(String digits, char with) {
        String all = digits + String.valueOf(with).repeat(32 - digits.length());
        return new UUID(
                Long.parseUnsignedLong(all, 0, 16, 16), Long.parseUnsignedLong(all, 16, 32, 16));
    }

    private static long number(String name, String value) {
        if (!value.matches("\\d{1,9}")) {
            throw new IllegalArgumentException(
                    "%s is '%s', and has to be a whole number".formatted(name, value));
        }
        return Long.parseLong(value);
    }

    private static boolean flag(String name, String value) {
        return switch (value) {
            case "true" -> true;
            case "false" -> false;
            default ->
                    throw new IllegalArgumentException(
                            "%s is '%s', and has to be true or false".formatted(name, value));
        };
    }
}
