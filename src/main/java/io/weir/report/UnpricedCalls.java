package io.weir.report;

import io.weir.store.CallStore;
import io.weir.store.Column;
import io.weir.store.Condition;
import io.weir.store.StoreUnavailable;
import io.weir.store.Table;
import io.weir.store.Unit;
import java.util.List;

/** Calls that should have a price and have none, by model and reason, the most calls first. */
public final class UnpricedCalls {
    /** Whoever makes up a new model's name with each call must not fill a page. */
    private static final int MOST = 20;

    private static final List<Column> COLUMNS =
            List.of(
                    new Column("model", Unit.TEXT),
                    new Column("reason", Unit.TEXT),
                    Measure.CALLS.column(),
                    new Column("tokens", Unit.TOKENS),
                    new Column("last_call", Unit.TIME));

    private UnpricedCalls() {}

    /**
     * The table: {@code model}, {@code reason}, {@code calls}, {@code tokens}, {@code last_call}.
     */
    public static Table of(CallStore store, ReportQuery query) throws StoreUnavailable {
        Condition condition = query.condition();
        String sql =
                """
                SELECT %s AS its_model, unpriced_reason, count(*) AS calls, sum(%s + %s),
                    max(received_at)
                FROM calls WHERE cost_state = 'unpriced' AND %s
                GROUP BY its_model, unpriced_reason
                ORDER BY calls DESC, its_model, unpriced_reason LIMIT %d
                """
                        .formatted(Words.MODEL, Words.INPUT, Words.OUTPUT, condition.sql(), MOST);
        return store.table(sql, condition.parameters(), COLUMNS);
    }
}
