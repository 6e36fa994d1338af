package io.weir.web;

import io.weir.report.DailySpend;
import io.weir.report.Dimension;
import io.weir.report.GroupSeries;
import io.weir.report.Measures;
import io.weir.report.Series;
import io.weir.report.SpendProjection;
import io.weir.report.Steps;
import io.weir.store.Table;
import io.weir.store.Unit;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** The charts of the costs. */
final class SpendCharts {
    private SpendCharts() {}

    /** What the largest groups cost over time, and all others together. */
    static Chart overTime(Table lines, Steps steps, Dimension dimension, List<String> largest) {
        Chart chart =
                new Chart(
                        "spend",
                        "Spend by " + dimension.word(),
                        Chart.Kind.BAR,
                        Unit.NANO_USD,
                        steps);
        for (int i = 0; i < largest.size(); i++) {
            String name = largest.get(i);
            chart =
                    chart.line(
                            name.isEmpty() ? "(none)" : name,
                            "c" + (i + 1),
                            values(lines, steps, name));
        }
        List<@Nullable Double> others = values(lines, steps, null);
        return others.stream().anyMatch(value -> value != null && value > 0)
                ? chart.line("others", "plain", others)
                : chart;
    }

    /** What the month has come to by each day, and by its end probably will. */
    static Chart month(DailySpend spend, Optional<SpendProjection> projection) {
        LocalDate first = spend.month();
        int days = YearMonth.from(first).lengthOfMonth();
        Steps steps = new Steps(first.toEpochDay(), days, Duration.ofDays(1));
        List<Long> sums = spend.cumulative();
        List<@Nullable Double> soFar = new ArrayList<>(Collections.nCopies(days, null));
        for (int day = 0; day < sums.size(); day++) {
            soFar.set(day, sums.get(day).doubleValue());
        }
        Chart chart =
                new Chart("month", "This month, day by day", Chart.Kind.LINE, Unit.NANO_USD, steps)
                        .line("so far", "c1", soFar);
        if (projection.isEmpty()) {
            return chart;
        }
        List<SpendProjection.Range> ends = projection.get().ends();
        // The likely one last: a narrow range must not cover it.
        return chart.line("low", "plain", ahead(ends, days, SpendProjection.Range::low))
                .line("high", "plain", ahead(ends, days, SpendProjection.Range::high))
                .line("likely", "c3", ahead(ends, days, SpendProjection.Range::likely));
    }

    /** What the projection is made of. */
    static String words(Optional<SpendProjection> projection) {
        return projection
                .map(it ->
                        "Projected from the last %d whole days and the rhythm of their weekdays, UTC: many months are drawn in which a steady level, a growth or a change that lasts goes on, each as often as the days make it likely, and eight of ten end within the range. It takes about a week of days to believe in a change and five weeks for a slow growth, and what is to come, a launch, a loop or the end of a growth, it does not know."
                                .formatted(it.historyDays()))
                .orElse(
                        "A projection to the month's end takes %d whole days of calls."
                                .formatted(SpendProjection.LEAST_DAYS));
    }

    private static List<@Nullable Double> ahead(
            List<SpendProjection.Range> ends,
            int days,
            ToLongFunction<SpendProjection.Range> amount) {
        List<@Nullable Double> values = new ArrayList<>(Collections.nCopies(days, null));
        for (SpendProjection.Range end : ends) {
            values.set(end.day().getDayOfMonth() - 1, (double) amount.applyAsLong(end));
        }
        return values;
    }

    private static List<@Nullable Double> values(Table lines, Steps steps, @Nullable String group) {
        List<@Nullable Double> values = new ArrayList<>(Collections.nCopies(steps.count(), 0.0));
        for (int row = 0; row < lines.rows().size(); row++) {
            if (Objects.equals(lines.cell(row, GroupSeries.GROUP), group)
                    && lines.cell(row, Series.TIME) instanceof Instant time
                    && lines.cell(row, Measures.COST.name()) instanceof Number amount) {
                values.set(steps.position(time), amount.doubleValue());
            }
        }
        return values;
    }
}
