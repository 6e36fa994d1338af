package io.weir.reconcile;

import io.weir.prices.Part;
import io.weir.report.TableJson;
import io.weir.store.CallFilter;
import io.weir.store.CallStore;
import io.weir.store.Column;
import io.weir.store.Condition;
import io.weir.store.StoreUnavailable;
import io.weir.store.Table;
import io.weir.store.Unit;
import io.weir.wire.Json;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the ledger has of some days, by day of UTC, model and project. The gateway asks its store
 * for it; whoever compares reads the answer.
 */
public final class Books {
    private static final String UNKNOWN = "unknown";

    private static final List<Column> COLUMNS =
            List.of(
                    new Column("day", Unit.TEXT),
                    new Column("model", Unit.TEXT),
                    new Column("project", Unit.TEXT),
                    new Column("calls", Unit.CALLS),
                    new Column("input_tokens", Unit.TOKENS),
                    new Column("output_tokens", Unit.TOKENS),
                    new Column("cost_nano_usd", Unit.NANO_USD),
                    new Column("unpriced_calls", Unit.CALLS),
                    new Column("unsure_calls", Unit.CALLS),
                    new Column("unsure_tokens", Unit.TOKENS));

    private static final List<Part> INPUT =
            List.of(
                    Part.INPUT,
                    Part.CACHE_READ,
                    Part.CACHE_WRITE,
                    Part.INPUT_AUDIO,
                    Part.INPUT_IMAGE);
    private static final List<Part> OUTPUT =
            List.of(Part.OUTPUT, Part.REASONING, Part.OUTPUT_AUDIO, Part.OUTPUT_IMAGE);

    private final LocalDate since;
    private final LocalDate until;
    private final Map<Slot, Booked> slots;

    private Books(LocalDate since, LocalDate until, Map<Slot, Booked> slots) {
        this.since = since;
        this.until = until;
        this.slots = slots;
    }

    /**
     * What the store has: calls that went to a provider and used tokens or should have a price.
     *
     * @param until the first day that is left out
     * @param filter further conditions
     */
    public static Table of(CallStore store, LocalDate since, LocalDate until, CallFilter filter)
            throws StoreUnavailable {
        Condition condition =
                filter.since(since.atStartOfDay().toInstant(ZoneOffset.UTC))
                        .until(until.atStartOfDay().toInstant(ZoneOffset.UTC))
                        .condition();
        return store.table(sql(condition), condition.parameters(), COLUMNS);
    }

    /** The same as JSON, with its days: what the admin API answers. */
    public static ObjectNode json(
            CallStore store, LocalDate since, LocalDate until, CallFilter filter)
            throws StoreUnavailable {
        ObjectNode answer = Json.MAPPER.createObjectNode();
        answer.put("since", since.toString()).put("until", until.toString());
        Table table = of(store, since, until, filter);
        answer.setAll((ObjectNode) Json.MAPPER.readTree(TableJson.of(table)));
        return answer;
    }

    /** Reads such JSON. */
    public static Books read(JsonNode answer, Projects projects) {
        Map<Slot, Booked> slots = new TreeMap<>();
        for (JsonNode row : answer.path("rows")) {
            projects.ofLedger(row.path(2).asString(""))
                    .ifPresent(
                            project -> slots.merge(slot(row, project), booked(row), Booked::plus));
        }
        return new Books(day(answer, "since"), day(answer, "until"), slots);
    }

    /** The first day. */
    public LocalDate since() {
        return since;
    }

    /** The first day that is left out. */
    public LocalDate until() {
        return until;
    }

    Map<Slot, Booked> slots() {
        return slots;
    }

    private static String sql(Condition condition) {
        String input = sum(INPUT);
        String output = sum(OUTPUT);
        String all = input + " + " + output;
        String unsure = "(usage_confidence <> 'provider' OR outcome = 'interrupted')";
        return """
        SELECT strftime(received_at, '%%Y-%%m-%%d') AS day,
            coalesce(response_model, request_model, '%s') AS model, project, count(*),
            sum(%s), sum(%s), coalesce(sum(cost_nano_usd), 0),
            count(*) FILTER (WHERE cost_state = 'unpriced'),
            count(*) FILTER (WHERE %s), coalesce(sum(%s) FILTER (WHERE %s), 0)
        FROM calls WHERE (cost_state <> 'free' OR %s > 0) AND %s
        GROUP BY day, model, project ORDER BY day, model, project
        """
                .formatted(UNKNOWN, input, output, unsure, all, unsure, all, condition.sql());
    }

    private static String sum(List<Part> parts) {
        return parts.stream()
                .map(part -> part.word() + "_tokens")
                .collect(Collectors.joining(" + "));
    }

    private static Slot slot(JsonNode row, String project) {
        return new Slot(
                LocalDate.parse(row.path(0).asString("")), row.path(1).asString(""), project);
    }

    private static Booked booked(JsonNode row) {
        return new Booked(
                row.path(3).asLong(0),
                row.path(4).asLong(0),
                row.path(5).asLong(0),
                row.path(6).asLong(0),
                row.path(7).asLong(0),
                row.path(8).asLong(0),
                row.path(9).asLong(0));
    }

    private static LocalDate day(JsonNode answer, String name) {
        return LocalDate.parse(answer.path(name).asString(""));
    }
}
