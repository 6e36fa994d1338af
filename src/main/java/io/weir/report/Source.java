package io.weir.report;

import io.weir.store.CallStore;
import io.weir.store.Column;
import io.weir.store.StoreUnavailable;
import io.weir.store.Table;
import io.weir.store.Unit;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Where figures come from. */
public enum Source {
    /** The calls themselves: every figure is exact. */
    CALLS("calls"),
    /**
     * Sums of calls by five minutes: counts, tokens and money are exact, and quantiles at most 2.5
     * % beside. They are fewer than the calls, and outlive them.
     */
    ROLLUPS("rollups");

    /** So many calls are counted one by one in no time. */
    static final long MANY = 100_000;

    /** The steps of a shorter time are shorter than the sums'. */
    static final Duration LEAST = Duration.ofHours(6);

    private static final List<Column> COLUMNS =
            List.of(
                    new Column("calls", Unit.CALLS),
                    new Column("beyond", Unit.FLAG),
                    new Column("gone", Unit.FLAG));

    private final String relation;

    Source(String relation) {
        this.relation = relation;
    }

    /**
     * The source that a question and its comparison with the time before are best read from: the
     * sums where the calls are many or gone, and the sums say the same.
     *
     * @param by what else than by the query's dimensions its calls are grouped by
     */
    public static Source fitting(ReportQuery query, List<Dimension> by, CallStore store)
            throws StoreUnavailable {
        boolean possible =
                query.filter().rolledUp()
                        && query.by().stream().allMatch(Dimension::rolledUp)
                        && by.stream().allMatch(Dimension::rolledUp)
                        && Rollup.start(query.since()).equals(query.since())
                        && query.length().compareTo(LEAST) >= 0;
        if (!possible) {
            return CALLS;
        }
        Instant until = query.until();
        Instant end = Rollup.start(until.plus(Rollup.WIDTH).minusNanos(1));
        String sql =
                """
                SELECT (SELECT count(*) FROM calls WHERE received_at >= ? AND received_at < ?),
                    EXISTS (FROM calls WHERE received_at >= ? AND received_at < ?),
                    (SELECT min(received_at) FROM rollups WHERE received_at >= ?) < coalesce(
                        (SELECT time_bucket(INTERVAL 5 MINUTE, min(received_at)) FROM calls),
                        'infinity'::TIMESTAMP)
                """;
        Table table =
                store.table(
                        sql, List.of(query.before(), until, until, end, query.since()), COLUMNS);
        boolean many = table.cell(0, "calls") instanceof Long calls && calls > MANY;
        boolean gone = Boolean.TRUE.equals(table.cell(0, "gone"));
        // A sum of five minutes cannot be cut where calls came after the query's end.
        boolean cut = Boolean.TRUE.equals(table.cell(0, "beyond"));
        return (many || gone) && !cut ? ROLLUPS : CALLS;
    }

    /**
     * When a time that ends now begins, so that it can be read from sums: with whole five minutes,
     * where that makes no difference.
     */
    public static Instant beginning(Instant since, Instant now) {
        return Duration.between(since, now).compareTo(LEAST) < 0 ? since : Rollup.start(since);
    }

    /** How sure quantiles are, in words; empty where they are exact. */
    public String precision() {
        return switch (this) {
            case CALLS -> "";
            case ROLLUPS -> "± 2.5 %";
        };
    }

    /** The word for it in a table. */
    String relation() {
        return relation;
    }

    /** How many calls a condition holds of. */
    String count(String condition) {
        return switch (this) {
            case CALLS -> Words.count(condition);
            case ROLLUPS -> Rollup.count(condition);
        };
    }
}
