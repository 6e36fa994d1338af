package io.weir.store;

import io.weir.call.CallRecord;
import io.weir.call.Fingerprint;
import io.weir.call.Principal;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which calls are meant: conditions that all have to hold. Immutable; each method adds one. It asks
 * the store, and says of a call that is not there yet whether it is meant.
 */
public final class CallFilter {
    /** Every call. */
    public static final CallFilter ALL = new CallFilter(List.of(), true, call -> true);

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
                    "max_latency_ms",
                    "min_first_token_ms",
                    "method",
                    "operation",
                    "tier",
                    "finish",
                    "failed",
                    "min_cost_usd",
                    "min_tokens",
                    "min_input_tokens",
                    "min_max_tokens",
                    "min_retry",
                    "confidence",
                    "cost_state",
                    "cache",
                    "provider",
                    "tag",
                    "trace",
                    "fingerprint",
                    "beginning",
                    "id");

    private final List<Condition> conditions;
    private final boolean rolledUp;
    private final Predicate<CallRecord> meant;

    private CallFilter(List<Condition> conditions, boolean rolledUp, Predicate<CallRecord> meant) {
        this.conditions = List.copyOf(conditions);
        this.rolledUp = rolledUp;
        this.meant = meant;
    }

    /** Received then or later. */
    public CallFilter since(Instant since) {
        return andRolledUp(call -> !call.receivedAt().isBefore(since), "received_at >= ?", since);
    }

    /** Received before then. */
    public CallFilter until(Instant until) {
        return andRolledUp(call -> call.receivedAt().isBefore(until), "received_at < ?", until);
    }

    /** Asked for that model, or answered by it. */
    public CallFilter model(String model) {
        return andRolledUp(
                call ->
                        model.equals(call.request().model())
                                || model.equals(call.answer().responseModel()),
                "(request_model = ? OR response_model = ?)",
                model,
                model);
    }

    /** Made with the key of that id or name. */
    public CallFilter key(String idOrName) {
        return andRolledUp(
                by(caller -> idOrName.equals(caller.keyId()) || idOrName.equals(caller.keyName())),
                "(key_id = ? OR key_name = ?)",
                idOrName,
                idOrName);
    }

    /** Made for that project. */
    public CallFilter project(String project) {
        return andRolledUp(by(caller -> project.equals(caller.project())), "project = ?", project);
    }

    /** Of that endpoint, {@code chat.completions} for instance. */
    public CallFilter endpoint(String endpoint) {
        return andRolledUp(
                call -> endpoint.equals(call.request().endpoint()), "endpoint = ?", endpoint);
    }

    /** Ended that way, {@link io.weir.call.Outcome#word()}. */
    public CallFilter outcome(String word) {
        return andRolledUp(call -> word.equals(call.answer().outcome()), "outcome = ?", word);
    }

    /**
     * Took its time: neither refused by Weir itself nor answered from its cache, which are over at
     * once.
     */
    public CallFilter timed() {
        return andRolledUp(
                call -> !call.answer().outcome().equals("refused") && !call.isFromCache(),
                "outcome <> ? AND cache IS DISTINCT FROM ?",
                "refused",
                "hit");
    }

    /** Did that with the cache of answers, {@link io.weir.call.CacheUse.State#word()}. */
    public CallFilter cache(String word) {
        return andRolledUp(
                call -> call.cache() != null && call.cache().state().word().equals(word),
                "cache = ?",
                word);
    }

    /** Failed with that type or code of error. */
    public CallFilter error(String typeOrCode) {
        return andRolledUp(
                call ->
                        typeOrCode.equals(call.answer().errorType())
                                || typeOrCode.equals(call.answer().errorCode()),
                "(error_type = ? OR error_code = ?)",
                typeOrCode,
                typeOrCode);
    }

    /** Answered with that HTTP status. */
    public CallFilter status(int status) {
        return andRolledUp(call -> call.answer().status() == status, "status = ?", (long) status);
    }

    /** Answered by that upstream. */
    public CallFilter upstream(String upstream) {
        return andRolledUp(
                call -> upstream.equals(call.answer().upstream()), "upstream = ?", upstream);
    }

    /** Streamed, or not. */
    public CallFilter stream(boolean stream) {
        return andRolledUp(call -> call.request().stream() == stream, "stream = ?", stream);
    }

    /** Made for that end user. */
    public CallFilter endUser(String endUser) {
        return and(call -> endUser.equals(call.request().endUser()), "end_user = ?", endUser);
    }

    /** Took at least that long. */
    public CallFilter minLatency(Duration least) {
        long micros = least.toNanos() / 1_000;
        return and(call -> call.moments().closed() >= micros, "closed_us >= ?", micros);
    }

    /** Took no longer than that. */
    public CallFilter maxLatency(Duration most) {
        long micros = most.toNanos() / 1_000;
        return and(
                call -> call.moments().closed() >= 0 && call.moments().closed() <= micros,
                "closed_us <= ?",
                micros);
    }

    /** Streamed, and let its client wait at least that long for the first token. */
    public CallFilter minFirstToken(Duration least) {
        long micros = least.toNanos() / 1_000;
        return and(call -> call.moments().firstToken() >= micros, "first_token_us >= ?", micros);
    }

    /** Did not end well: with an error status, or not to its end. */
    public CallFilter failed(boolean failed) {
        return and(
                call -> failed == call.answer().failed(),
                "(error_type IS NOT NULL OR status >= 400 OR outcome <> 'completed') = ?",
                failed);
    }

    /** Costs at least that much. */
    public CallFilter minCost(long nanoUsd) {
        return and(
                call -> {
                    Long cost = call.cost().nanoUsdOrNull();
                    return cost != null && cost >= nanoUsd;
                },
                "cost_nano_usd >= ?",
                nanoUsd);
    }

    /** Used at least so many tokens, in and out. */
    public CallFilter minTokens(long least) {
        return and(
                call -> call.usage().total() >= least,
                "input_tokens + cache_read_tokens + cache_write_tokens + input_audio_tokens"
                        + " + input_image_tokens + output_tokens + reasoning_tokens"
                        + " + output_audio_tokens + output_image_tokens >= ?",
                least);
    }

    /** Had a prompt of at least so many tokens. */
    private CallFilter minInputTokens(long least) {
        return and(
                call -> call.usage().inputTotal() >= least,
                "input_tokens + cache_read_tokens + cache_write_tokens + input_audio_tokens"
                        + " + input_image_tokens >= ?",
                least);
    }

    /** Allowed an answer of at least so many tokens, in so many words. */
    private CallFilter minMaxTokens(long least) {
        return and(
                call -> call.request().maxTokens() >= Math.max(0, least), "max_tokens >= ?", least);
    }

    /** Was at least its client's so manieth repetition. */
    public CallFilter minRetry(long least) {
        return and(call -> call.request().clientRetry() >= least, "client_retry >= ?", least);
    }

    /** Was answered in that service tier, or asked for it where the answer names none. */
    public CallFilter tier(String tier) {
        return and(
                call ->
                        tier.equals(
                                call.answer().serviceTier() == null
                                        ? call.request().serviceTier()
                                        : call.answer().serviceTier()),
                "coalesce(service_tier, request_service_tier) = ?",
                tier);
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
        return and(
                call -> call.id().toString().replace("-", "").startsWith(digits),
                "id BETWEEN ? AND ?",
                filled(digits, '0'),
                filled(digits, 'f'));
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
            case "max_latency_ms" -> maxLatency(Duration.ofMillis(number(name, value)));
            case "min_first_token_ms" -> minFirstToken(Duration.ofMillis(number(name, value)));
            case "failed" -> failed(flag(name, value));
            case "min_cost_usd" -> minCost(nanoUsd(name, value));
            case "min_tokens" -> minTokens(number(name, value));
            case "min_input_tokens" -> minInputTokens(number(name, value));
            case "min_max_tokens" -> minMaxTokens(number(name, value));
            case "min_retry" -> minRetry(number(name, value));
            case "tier" -> tier(value);
            case "finish" ->
                    and(
                            call -> call.answer().finishReasons().contains(value),
                            "list_contains(finish_reasons, ?)",
                            value);
            case "tag" ->
                    and(
                            by(caller -> caller.tags().contains(value)),
                            "list_contains(tags, ?)",
                            value);
            case "trace" ->
                    word(
                            call ->
                                    call.request().trace() == null
                                            ? null
                                            : call.request().trace().traceId(),
                            "trace_id = ?",
                            value);
            case "fingerprint" -> fingerprint(Fingerprint.of(value));
            case "beginning" -> beginning(Fingerprint.of(value));
            case "method" -> word(call -> call.request().method(), "method = ?", value);
            case "operation" -> word(call -> call.request().operation(), "operation = ?", value);
            case "provider" -> word(call -> call.answer().provider(), "provider = ?", value);
            case "confidence" ->
                    word(call -> call.usageConfidence().word(), "usage_confidence = ?", value);
            case "cache" -> cache(value);
            case "cost_state" -> word(call -> call.cost().state(), "cost_state = ?", value);
            default ->
                    throw new IllegalArgumentException(
                            "no filter is called '%s'; there are %s"
                                    .formatted(name, String.join(", ", NAMES)));
        };
    }

    private CallFilter fingerprint(long hash) {
        return and(
                call ->
                        call.request().fingerprint() != null
                                && call.request().fingerprint().request() == hash,
                "request_fingerprint = ?",
                hash);
    }

    private CallFilter beginning(long hash) {
        return and(
                call ->
                        call.request().fingerprint() != null
                                && call.request().fingerprint().beginnings().contains(hash),
                "list_contains(prompt_beginnings, ?)",
                hash);
    }

    /**
     * Has that text in its captured request or answer, upper and lower case alike. It reads bodies,
     * which is a hundred times the work of the other conditions: hence the time it is bound to.
     */
    public CallFilter content(String text, Instant since, Instant until) {
        String lower = text.toLowerCase(Locale.ROOT);
        return and(
                call -> call.content() != null && holds(call.content(), lower),
                "id IN (SELECT call_id FROM contents"
                        + " WHERE received_at >= ? AND received_at < ?"
                        + " AND (contains(lower(request), ?) OR contains(lower(response), ?)))",
                since,
                until,
                lower,
                lower);
    }

    /** Whether the call is meant. */
    public boolean matches(CallRecord call) {
        return meant.test(call);
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

    /** Is one of those. */
    CallFilter ids(List<UUID> ids) {
        return and(
                call -> ids.contains(call.id()),
                "id IN (" + String.join(", ", Collections.nCopies(ids.size(), "?")) + ")",
                ids.toArray());
    }

    CallFilter and(Predicate<CallRecord> condition, String sql, Object... parameters) {
        return and(false, condition, sql, parameters);
    }

    private CallFilter andRolledUp(
            Predicate<CallRecord> condition, String sql, Object... parameters) {
        return and(rolledUp, condition, sql, parameters);
    }

    private CallFilter and(
            boolean allRolledUp,
            Predicate<CallRecord> condition,
            String sql,
            Object... parameters) {
        List<Condition> more = new ArrayList<>(conditions);
        more.add(new Condition(sql, List.of(parameters)));
        return new CallFilter(more, allRolledUp, meant.and(condition));
    }

    private CallFilter word(Function<CallRecord, @Nullable String> of, String sql, String word) {
        return and(call -> word.equals(of.apply(call)), sql, word);
    }

    private static Predicate<CallRecord> by(Predicate<Principal> condition) {
        return call -> call.caller() != null && condition.test(call.caller());
    }

    private static boolean holds(CallRecord.Content content, String lower) {
        return content.request().toLowerCase(Locale.ROOT).contains(lower)
                || content.response().toLowerCase(Locale.ROOT).contains(lower);
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

    private static long nanoUsd(String name, String value) {
        if (!value.matches("\\d{1,9}(\\.\\d{1,9})?")) {
            throw new IllegalArgumentException(
                    "%s is '%s', and has to be dollars such as 0.25".formatted(name, value));
        }
        return new BigDecimal(value).movePointRight(9).longValueExact();
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
