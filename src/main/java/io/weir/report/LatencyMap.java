package io.weir.report;

import io.weir.store.CallStore;
import io.weir.store.Column;
import io.weir.store.Condition;
import io.weir.store.StoreUnavailable;
import io.weir.store.Table;
import io.weir.store.Unit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How many calls took how long when: a row for each step and each bucket of latency that has calls.
 * A bucket is {@code floor(ln(ms) * 20)}, about 5 % wide, so that a millisecond and a minute are
 * both seen. Calls that Weir refused are left out.
 */
public final class LatencyMap {
    /** The name of the column with a bucket's number, which may be negative. */
    public static final String BUCKET = "bucket";

    private static final double PER_E = 20;

    private static final List<Column> COLUMNS =
            List.of(
                    new Column(Series.TIME, Unit.TIME),
                    new Column(BUCKET, Unit.NUMBER),
                    new Column("from_ms", Unit.MS),
                    new Column("to_ms", Unit.MS),
                    Measure.CALLS.column());

    private static final List<Column> COUNTS =
            List.of(
                    new Column("step", Unit.NUMBER),
                    new Column(BUCKET, Unit.NUMBER),
                    Measure.CALLS.column());

    private LatencyMap() {}

    /** The table: when, bucket, from where to where it reaches, calls. */
    public static Table of(CallStore store, ReportQuery query, Steps steps)
            throws StoreUnavailable {
        Condition condition = query.timed().condition();
        List<Object> parameters = new ArrayList<>();
        parameters.add(steps.widthMicros());
        parameters.addAll(condition.parameters());
        String sql =
                switch (query.source()) {
                    case CALLS ->
                            """
                            SELECT epoch_us(received_at) // ? AS step,
                                floor(ln(greatest(closed_us, 1) / 1000) * 20)::BIGINT AS bucket, count(*)
                            FROM calls WHERE %s AND closed_us IS NOT NULL
                            GROUP BY step, bucket ORDER BY step, bucket
                            """;
                    case ROLLUPS ->
                            """
                            SELECT step, log::BIGINT AS bucket, sum(n) FROM (
                                SELECT epoch_us(received_at) // ? AS step, unnest(closed_logs) AS log,
                                    unnest(closed_counts) AS n FROM rollups WHERE %s)
                            GROUP BY step, bucket ORDER BY step, bucket
                            """;
                };
        Table counts = store.table(sql.formatted(condition.sql()), parameters, COUNTS);
        return new Table(COLUMNS, counts.rows().stream().map(row -> row(row, steps)).toList());
    }

    /** Where a bucket begins, in milliseconds; the one before ends there. */
    public static double millis(long bucket) {
        return Math.exp(bucket / PER_E);
    }

    private static List<@Nullable Object> row(List<@Nullable Object> count, Steps steps) {
        if (!(count.get(0) instanceof Long step && count.get(1) instanceof Long bucket)) {
            throw new IllegalStateException("no count of a bucket: " + count);
        }
        List<@Nullable Object> row = new ArrayList<>();
        Instant time = steps.time(step);
        row.add(time);
        row.add(bucket);
        row.add(millis(bucket));
        row.add(millis(bucket + 1));
        row.add(count.get(2));
        return row;
    }
}
