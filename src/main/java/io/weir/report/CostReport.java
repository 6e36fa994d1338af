package io.weir.report;

import io.weir.store.CallStore;
import io.weir.store.Column;
import io.weir.store.StoreUnavailable;
import io.weir.store.Table;
import io.weir.store.Unit;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What calls cost: exact sums, where the tokens behind them come from, and every call that should
 * have a price and has none.
 */
final class CostReport implements Report {
    private static final List<Measure> MEASURES =
            List.of(
                    Measure.CALLS,
                    Measures.COST,
                    SpendMeasures.PRICED_CALLS,
                    Measures.UNPRICED_CALLS,
                    Measure.count("free_calls", "cost_state = 'free'"),
                    new Measure(
                            "unpriced_models",
                            Unit.TEXT,
                            "string_agg(DISTINCT coalesce(%s, '(none)'), ', ' ORDER BY coalesce(%s, '(none)')) FILTER (WHERE cost_state = 'unpriced')"
                                    .formatted(Words.MODEL, Words.MODEL)),
                    SpendMeasures.PROVIDER_COST,
                    SpendMeasures.ESTIMATED_COST,
                    SpendMeasures.PARTIAL_COST,
                    SpendMeasures.COST_PER_CALL,
                    SpendMeasures.COST_PER_1K_OUTPUT_TOKENS,
                    SpendMeasures.CACHE_HITS,
                    SpendMeasures.CACHE_SAVED);

    @Override
    public String name() {
        return "cost";
    }

    @Override
    public String summary() {
        return "What calls cost, to the nano-dollar, how sure that is, and which calls have no price.";
    }

    @Override
    public Table run(ReportQuery query, CallStore store) throws StoreUnavailable {
        return withUsd(new Grouping(query, MEASURES, "cost_nano_usd").of(store));
    }

    private static Table withUsd(Table table) {
        int cost = table.columns().indexOf(MEASURES.get(1).column());
        List<Column> columns = new ArrayList<>(table.columns());
        columns.add(cost + 1, new Column("cost_usd", Unit.USD));
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (List<@Nullable Object> row : table.rows()) {
            List<@Nullable Object> more = new ArrayList<>(row);
            more.add(cost + 1, row.get(cost) instanceof Long nano ? usd(nano) : null);
            rows.add(more);
        }
        return new Table(columns, rows);
    }

    private static String usd(long nanoUsd) {
        return BigDecimal.valueOf(nanoUsd, 9).toPlainString();
    }
}
