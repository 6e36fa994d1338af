package io.weir.report;

import io.weir.config.NamePattern;
import io.weir.limit.Budget;
import io.weir.limit.Dimension;
import io.weir.limit.Period;
import io.weir.limit.Slot;
import io.weir.limit.Which;
import io.weir.store.CallStore;
import io.weir.store.Column;
import io.weir.store.StoreUnavailable;
import io.weir.store.Table;
import io.weir.store.Unit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was spent in a period of the calls that a rule counts.
 *
 * @param through the journal's last sequence that is in the sums
 */
public record BudgetSums(long through, Map<Slot, Budget.Sum> bySlot) {
    private static final List<Column> COLUMNS =
            List.of(
                    new Column("through", Unit.CALLS),
                    new Column("key", Unit.TEXT),
                    new Column("project", Unit.TEXT),
                    new Column("model", Unit.TEXT),
                    new Column("user", Unit.TEXT),
                    new Column("nano_usd", Unit.CALLS),
                    new Column("unpriced", Unit.CALLS));

    /** The sums and how far they go, as of one moment. */
    public static BudgetSums of(CallStore store, Which which, Period.Span span)
            throws StoreUnavailable {
        List<Object> parameters = new ArrayList<>();
        String where = where(which, span, parameters);
        boolean users = which.per().contains(Dimension.USER);
        String sql =
                """
                WITH position AS (SELECT coalesce(max(sequence), 0) AS through FROM applied),
                sums AS (
                    SELECT %s AS its_key, %s AS its_project, %s AS its_model, %s AS its_user,
                        coalesce(sum(cost_nano_usd), 0) AS nano_usd,
                        count(*) FILTER (cost_state = 'unpriced') AS unpriced
                    FROM calls WHERE %s
                    GROUP BY its_key, its_project, its_model, its_user)
                SELECT through, its_key, its_project, its_model, its_user, nano_usd, unpriced
                FROM position LEFT JOIN sums ON true
                """
                        .formatted(
                                column(which.per().contains(Dimension.KEY), "key_id"),
                                column(users || which.per().contains(Dimension.PROJECT), "project"),
                                column(which.per().contains(Dimension.MODEL), "request_model"),
                                column(users, "end_user"),
                                where);
        return read(store.table(sql, parameters, COLUMNS));
    }

    private static BudgetSums read(Table table) {
        Map<Slot, Budget.Sum> sums = new HashMap<>();
        long through = 0;
        for (List<@Nullable Object> row : table.rows()) {
            through = row.get(0) instanceof Long position ? position : 0;
            if (row.get(5) instanceof Long nanoUsd && row.get(6) instanceof Long unpriced) {
                Slot slot =
                        new Slot(
                                text(row.get(1)),
                                text(row.get(2)),
                                text(row.get(3)),
                                text(row.get(4)));
                sums.put(slot, new Budget.Sum(nanoUsd, unpriced));
            }
        }
        return new BudgetSums(through, sums);
    }

    private static String where(Which which, Period.Span span, List<Object> parameters) {
        List<String> conditions = new ArrayList<>();
        conditions.add("key_id IS NOT NULL");
        if (span.from().isAfter(Instant.EPOCH)) {
            conditions.add("received_at >= ?");
            parameters.add(span.from());
        }
        if (!span.until().equals(Instant.MAX)) {
            conditions.add("received_at < ?");
            parameters.add(span.until());
        }
        if (which.per().contains(Dimension.USER)) {
            conditions.add("end_user IS NOT NULL");
        }
        which.where()
                .forEach((dimension, value) -> {
                    parameters.add(NamePattern.name(value));
                    conditions.add(condition(dimension, NamePattern.isBeginning(value)));
                });
        return String.join(" AND ", conditions);
    }

    private static String condition(Dimension dimension, boolean begins) {
        return switch (dimension) {
            case KEY -> matches("key_id", begins);
            case PROJECT -> matches("project", begins);
            case MODEL -> matches("request_model", begins);
            case USER -> matches("end_user", begins);
            case TAG ->
                    "len(list_filter(tags, lambda tag: %s)) > 0".formatted(matches("tag", begins));
        };
    }

    private static String matches(String column, boolean begins) {
        return begins ? "starts_with(%s, ?)".formatted(column) : column + " = ?";
    }

    private static String column(boolean told, String column) {
        // What a call does not say is told apart from what nobody asks for.
        return told ? "coalesce(%s, '')".formatted(column) : "NULL::VARCHAR";
    }

    private static @Nullable String text(@Nullable Object cell) {
        return cell instanceof String text ? text : null;
    }
}
