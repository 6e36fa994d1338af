package io.weir.report;

import io.weir.store.CallStore;
import io.weir.store.Column;
import io.weir.store.Condition;
import io.weir.store.StoreUnavailable;
import io.weir.store.Table;
import io.weir.store.Unit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The calls that took longest, the longest first, and the phases of each. */
public final class SlowestCalls {
    private SlowestCalls() {}

    /** The table, of no more than {@code most} rows. */
    public static Table of(CallStore store, ReportQuery query, int most) throws StoreUnavailable {
        Condition condition = query.timed().condition();
        String sql =
                """
                SELECT id, received_at, %s, key_name, closed_us / 1000, first_token_us / 1000,
                    %s, status, %s, %s
                FROM calls WHERE %s AND closed_us IS NOT NULL
                ORDER BY closed_us DESC, received_at DESC, id LIMIT %d
                """
                        .formatted(
                                Words.MODEL,
                                Words.OUTPUT,
                                Words.ERROR,
                                Arrays.stream(Phase.values())
                                        .map(Phase::ofOne)
                                        .collect(Collectors.joining(", ")),
                                condition.sql(),
                                most);
        return store.table(sql, condition.parameters(), columns());
    }

    private static List<Column> columns() {
        List<Column> columns = new ArrayList<>();
        columns.add(new Column("id", Unit.TEXT));
        columns.add(new Column(Series.TIME, Unit.TIME));
        columns.add(new Column("model", Unit.TEXT));
        columns.add(new Column("key", Unit.TEXT));
        columns.add(new Column("latency_ms", Unit.MS));
        columns.add(new Column("first_token_ms", Unit.MS));
        columns.add(new Column("output_tokens", Unit.TOKENS));
        columns.add(new Column("status", Unit.NUMBER));
        columns.add(new Column("error", Unit.TEXT));
        for (Phase phase : Phase.values()) {
            columns.add(phase.measure().column());
        }
        return columns;
    }
}
