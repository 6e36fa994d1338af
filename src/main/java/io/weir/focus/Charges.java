package io.weir.focus;

import io.weir.prices.Part;
import io.weir.store.CallFilter;
import io.weir.store.CallStore;
import io.weir.store.Column;
import io.weir.store.Condition;
import io.weir.store.StoreUnavailable;
import io.weir.store.Table;
import io.weir.store.Unit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Finds the {@link Charge}s among calls: whatever used tokens or should have a price. */
final class Charges {
    private static final List<String> WORDS =
            List.of(
                    "upstream",
                    "provider",
                    "project",
                    "key_id",
                    "key_name",
                    "model",
                    "price_id",
                    "cost_state",
                    "unpriced_reason",
                    "tags");

    private static final String UNKNOWN = "unknown";

    private Charges() {}

    /** The charges of the calls that the filter means, by project, key, model and price. */
    static List<Charge> of(CallStore store, CallFilter filter) throws StoreUnavailable {
        Condition condition = filter.condition();
        Table table = store.table(sql(condition), condition.parameters(), columns());
        List<Charge> charges = new ArrayList<>(table.rows().size());
        table.rows().forEach(row -> charges.add(charge(row)));
        return charges;
    }

    private static String sql(Condition condition) {
        StringBuilder sums = new StringBuilder();
        StringBuilder all = new StringBuilder("0");
        for (Part part : Part.values()) {
            String tokens = column(part);
            sums.append(", sum(").append(tokens).append(')');
            sums.append(", sum(").append(tokens);
            sums.append(") FILTER (WHERE usage_confidence <> 'provider')");
            all.append(" + ").append(tokens);
        }
        return """
        SELECT upstream, provider, project, key_id, arg_max(key_name, received_at),
            coalesce(response_model, request_model) AS model, price_id, cost_state, unpriced_reason,
            to_json(arg_max(tags, received_at))::VARCHAR, count(*), sum(cost_nano_usd)%s
        FROM calls WHERE (cost_state <> 'free' OR %s > 0) AND %s
        GROUP BY upstream, provider, project, key_id, model, price_id, cost_state, unpriced_reason
        ORDER BY project, key_id, model, price_id, cost_state, unpriced_reason, upstream, provider
        """
                .formatted(sums, all, condition.sql());
    }

    private static String column(Part part) {
        return part.word() + "_tokens";
    }

    private static List<Column> columns() {
        List<Column> columns = new ArrayList<>();
        WORDS.forEach(word -> columns.add(new Column(word, Unit.TEXT)));
        columns.add(new Column("calls", Unit.CALLS));
        columns.add(new Column("cost_nano_usd", Unit.NANO_USD));
        for (Part part : Part.values()) {
            columns.add(new Column(column(part), Unit.TOKENS));
            columns.add(new Column("estimated_" + column(part), Unit.TOKENS));
        }
        return columns;
    }

    private static Charge charge(List<@Nullable Object> row) {
        Map<Part, Long> tokens = new EnumMap<>(Part.class);
        Map<Part, Long> estimated = new EnumMap<>(Part.class);
        int at = WORDS.size() + 2;
        for (Part part : Part.values()) {
            put(tokens, part, row.get(at++));
            put(estimated, part, row.get(at++));
        }
        return new Charge(
                Objects.requireNonNullElse(text(row, "upstream"), UNKNOWN),
                Objects.requireNonNullElse(text(row, "provider"), UNKNOWN),
                text(row, "project"),
                text(row, "key_id"),
                text(row, "key_name"),
                Objects.requireNonNullElse(text(row, "model"), UNKNOWN),
                text(row, "price_id"),
                Objects.requireNonNullElse(text(row, "cost_state"), UNKNOWN),
                text(row, "unpriced_reason"),
                text(row, "tags"),
                row.get(WORDS.size()) instanceof Long calls ? calls : 0,
                row.get(WORDS.size() + 1) instanceof Long nanoUsd ? nanoUsd : null,
                tokens,
                estimated);
    }

    private static @Nullable String text(List<@Nullable Object> row, String word) {
        return row.get(WORDS.indexOf(word)) instanceof String text ? text : null;
    }

    private static void put(Map<Part, Long> counts, Part part, @Nullable Object count) {
        if (count instanceof Long number && number > 0) {
            counts.put(part, number);
        }
    }
}
