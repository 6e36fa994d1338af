package io.weir.report;

import io.weir.store.CallFilter;
import io.weir.store.CallStore;
import io.weir.store.Column;
import io.weir.store.Condition;
import io.weir.store.StoreUnavailable;
import io.weir.store.Table;
import io.weir.store.Unit;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What was spent on each day of the last weeks, in UTC, exactly. Days before the first call are
 * left out; days without a call later on count as nothing spent.
 *
 * @param first the day of the first amount
 * @param nanoUsd an amount for each day up to the one of {@code now}, which is not over
 */
public record DailySpend(LocalDate first, List<Long> nanoUsd, Instant now) {
    private static final List<Column> COLUMNS =
            List.of(new Column(Series.TIME, Unit.TIME), Measures.COST.column());

    /**
     * Six of each weekday: five tell growth of a percent a day from chance too seldom, and what was
     * usual longer ago may be so no more.
     */
    static final int MOST_DAYS = 42;

    public DailySpend {
        nanoUsd = List.copyOf(nanoUsd);
        if (!first.plusDays(nanoUsd.size() - 1L).equals(day(now))) {
            throw new IllegalArgumentException(
                    "%d days from %s on do not end with the day of %s"
                            .formatted(nanoUsd.size(), first, now));
        }
    }

    /** Of the calls that the filter means; it names no time. */
    public static DailySpend of(CallStore store, CallFilter filter, Instant now)
            throws StoreUnavailable {
        LocalDate today = day(now);
        Instant since = start(today.minusDays(MOST_DAYS + 1L));
        Instant until = start(today.plusDays(1));
        Steps days =
                new Steps(
                        since.getEpochSecond() / Duration.ofDays(1).toSeconds(),
                        MOST_DAYS + 2,
                        Duration.ofDays(1));
        Condition condition = filter.since(since).until(until).condition();
        List<Object> parameters = new ArrayList<>();
        parameters.add(days.widthMicros());
        parameters.addAll(condition.parameters());
        String sql =
                """
                SELECT epoch_us(received_at) // ? AS step, sum(cost_nano_usd)::BIGINT
                FROM %s WHERE %s GROUP BY step ORDER BY step
                """
                        .formatted(filter.rolledUp() ? "rollups" : "calls", condition.sql());
        Table table = Series.timed(store.table(sql, parameters, COLUMNS), days);
        if (table.rows().isEmpty()) {
            return new DailySpend(today, List.of(0L), now);
        }
        int first = position(table, 0, days);
        List<Long> amounts = new ArrayList<>(Collections.nCopies(days.count() - first, 0L));
        for (int row = 0; row < table.rows().size(); row++) {
            if (table.cell(row, Measures.COST.name()) instanceof Long amount) {
                amounts.set(position(table, row, days) - first, amount);
            }
        }
        return new DailySpend(day(since).plusDays(first), amounts, now);
    }

    /** The first day of the month. */
    public LocalDate month() {
        return day(now).withDayOfMonth(1);
    }

    /** What was spent since the month began. */
    public long monthToDate() {
        return cumulative().getLast();
    }

    /** What had been spent since the month began by the end of each day, the last one being now. */
    public List<Long> cumulative() {
        List<Long> sums = new ArrayList<>();
        long sum = 0;
        for (LocalDate day = month(); !day.isAfter(day(now)); day = day.plusDays(1)) {
            sum = Math.addExact(sum, on(day));
            sums.add(sum);
        }
        return sums;
    }

    /** The last days that are known from their beginning to their end, oldest first. */
    List<Long> wholeDays() {
        int end = nanoUsd.size() - 1;
        return end <= 1 ? List.of() : nanoUsd.subList(Math.max(1, end - MOST_DAYS), end);
    }

    LocalDate today() {
        return day(now);
    }

    /** The part of today that is still to come. */
    double todayLeft() {
        double passed = Duration.between(start(today()), now).toMillis();
        return 1 - passed / Duration.ofDays(1).toMillis();
    }

    private long on(LocalDate day) {
        int index = (int) (day.toEpochDay() - first.toEpochDay());
        return index < 0 ? 0 : nanoUsd.get(index);
    }

    private static int position(Table table, int row, Steps days) {
        return table.cell(row, Series.TIME) instanceof Instant time ? days.position(time) : 0;
    }

    private static Instant start(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    private static LocalDate day(Instant time) {
        return LocalDate.ofInstant(time, ZoneOffset.UTC);
    }
}
