package io.weir.report;

import io.weir.prices.PriceBook;
import io.weir.prices.Rates;
import io.weir.store.CallStore;
import io.weir.store.Column;
import io.weir.store.Condition;
import io.weir.store.StoreUnavailable;
import io.weir.store.Table;
import io.weir.store.Unit;
import java.util.List;
import java.util.Optional;

/**
 * What the provider's cache of prompts saved: what its tokens would have cost as uncached ones, at
 * the price of each call, less what they did cost.
 *
 * @param nanoUsd saved, rounded down
 * @param tokens read from the cache whose prices are known
 * @param unknownTokens read from the cache at prices that the book does not have
 */
public record CacheSavings(long nanoUsd, long tokens, long unknownTokens) {
    private static final List<Column> COLUMNS =
            List.of(
                    new Column("price_id", Unit.TEXT),
                    new Column("cache_read_tokens", Unit.TOKENS));

    /** Of the query's calls, at the prices of that book. */
    public static CacheSavings of(CallStore store, ReportQuery query, PriceBook prices)
            throws StoreUnavailable {
        Condition condition = query.condition();
        String sql =
                """
                SELECT price_id, sum(cache_read_tokens) FROM calls
                WHERE cache_read_tokens > 0 AND %s GROUP BY price_id ORDER BY price_id
                """
                        .formatted(condition.sql());
        Table table = store.table(sql, condition.parameters(), COLUMNS);
        PicoDollars saved = new PicoDollars();
        long known = 0;
        long unknown = 0;
        for (int row = 0; row < table.rows().size(); row++) {
            long tokens = table.cell(row, "cache_read_tokens") instanceof Long sum ? sum : 0;
            Optional<Rates> rates =
                    table.cell(row, "price_id") instanceof String id
                            ? prices.rates(id).filter(it -> it.input() >= it.cacheRead())
                            : Optional.empty();
            if (rates.isPresent()) {
                saved.plus(tokens, rates.get().input() - rates.get().cacheRead());
                known += tokens;
            } else {
                unknown += tokens;
            }
        }
        return new CacheSavings(saved.nanoUsd(), known, unknown);
    }
}
