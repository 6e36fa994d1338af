package io.weir.report;

import io.weir.report.Measure.Rolled;
import io.weir.store.CallFilter;
import io.weir.store.CallStore;
import io.weir.store.Column;
import io.weir.store.Condition;
import io.weir.store.StoreUnavailable;
import io.weir.store.Table;
import io.weir.store.Unit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A figure of the calls that ended within a time before an instant, at one instant after another.
 * It is the end of a call that counts: only then is it known how it went.
 *
 * @param by what makes groups; without any, all calls are one
 * @param window how far back each instant looks, a multiple of {@code step}
 * @param step between instants
 * @param source sums of five minutes, where window and step are whole ones, or the calls
 */
public record MovingFigures(
        Measure measure,
        CallFilter filter,
        List<Dimension> by,
        Duration window,
        Duration step,
        Source source) {
    /** The column of the instant. */
    public static final String AT = "at";

    /** The column of the figure. */
    public static final String VALUE = "value";

    /** A call that lasts longer is counted with those that end when it would have been an hour. */
    private static final Duration LONGEST_CALL = Duration.ofHours(1);

    /** The groups with the most calls; whoever makes up a group with each call fills no memory. */
    private static final int MOST_GROUPS = 500;

    public MovingFigures {
        by = List.copyOf(by);
        if (!step.isPositive()
                || window.compareTo(step) < 0
                || window.toMillis() % step.toMillis() != 0) {
            throw new IllegalArgumentException(
                    "a window of %s is no multiple of %s".formatted(window, step));
        }
    }

    /** The source for a window: sums where it is long and they say the same. */
    public static Source source(
            Measure measure, CallFilter filter, List<Dimension> by, Duration window) {
        boolean possible =
                measure.rolled() instanceof Rolled.Sum
                        && filter.rolledUp()
                        && by.stream().allMatch(Dimension::rolledUp);
        return possible && window.compareTo(Source.LEAST) >= 0 ? Source.ROLLUPS : Source.CALLS;
    }

    /**
     * The figures at {@code first} and each step after it until {@code last}: rows of {@code at},
     * the dimensions, {@code calls} and {@code value}, in the order of time; no row where a group
     * has no calls.
     */
    public Table between(Instant first, Instant last, CallStore store) throws StoreUnavailable {
        long steps = Duration.between(first, last).toMillis() / step.toMillis();
        long width = window.toMillis() / step.toMillis();
        Instant origin = first.minus(window);
        Condition condition =
                filter.since(origin.minus(earlier())).until(last.plusMillis(1)).condition();
        List<Object> parameters = new ArrayList<>();
        parameters.add(micros(origin));
        parameters.add(stepMicros());
        parameters.addAll(condition.parameters());
        parameters.addAll(List.of(width, width, width + steps));
        List<Column> columns = columns();
        Table counted = store.table(sql(condition), parameters, columns);
        return new Table(columns, counted.rows().stream().map(row -> timed(row, origin)).toList());
    }

    /**
     * Instants are counted from one before the first, so that divisions are of positive numbers.
     */
    private String sql(Condition condition) {
        String names = by.stream().map(it -> ", by_" + it.word()).collect(Collectors.joining());
        String keys =
                by.stream()
                        .map(it -> ", %s AS by_%s".formatted(it.sql(), it.word()))
                        .collect(Collectors.joining());
        return """
        WITH ended AS (
            SELECT *%1$s, (%2$s - ? + %3$d - 1) // ? AS place FROM %4$s WHERE %5$s),
        seen AS (
            SELECT *, unnest(generate_series(greatest(place, ?), least(place + ? - 1, ?))) AS step
            FROM ended WHERE place > 0)
        SELECT step%6$s, %7$s AS its_calls, %8$s AS its_value FROM seen GROUP BY step%6$s
        QUALIFY row_number() OVER (PARTITION BY step ORDER BY its_calls DESC) <= %9$d
        ORDER BY step%6$s\
        """
                .formatted(
                        keys,
                        ended(),
                        stepMicros(),
                        source.relation(),
                        condition.sql(),
                        names,
                        source.count("true"),
                        value(),
                        MOST_GROUPS);
    }

    private String ended() {
        return switch (source) {
            case CALLS ->
                    "(epoch_us(received_at) + least(greatest(coalesce(closed_us, 0), 0), %d))"
                            .formatted(LONGEST_CALL.toMillis() * 1_000);
            case ROLLUPS ->
                    "(epoch_us(received_at) + %d)".formatted(Rollup.WIDTH.toMillis() * 1_000);
        };
    }

    private Duration earlier() {
        return switch (source) {
            case CALLS -> LONGEST_CALL;
            case ROLLUPS -> Rollup.WIDTH;
        };
    }

    private String value() {
        return switch (source) {
            case CALLS -> measure.sql();
            case ROLLUPS -> measure.rolled() instanceof Rolled.Sum(String sql) ? sql : "NULL";
        };
    }

    private List<Column> columns() {
        List<Column> columns = new ArrayList<>();
        columns.add(new Column(AT, Unit.TIME));
        by.forEach(dimension -> columns.add(dimension.column()));
        columns.add(Measure.CALLS.column());
        columns.add(new Column(VALUE, measure.unit()));
        return columns;
    }

    private List<@Nullable Object> timed(List<@Nullable Object> row, Instant origin) {
        List<@Nullable Object> timed = Arrays.asList(row.toArray());
        if (row.getFirst() instanceof Long place) {
            timed.set(0, origin.plus(step.multipliedBy(place)));
        }
        return timed;
    }

    private long stepMicros() {
        return step.toMillis() * 1_000;
    }

    private static long micros(Instant of) {
        return of.getEpochSecond() * 1_000_000 + of.getNano() / 1_000;
    }
}
