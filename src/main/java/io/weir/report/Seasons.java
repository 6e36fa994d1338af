package io.weir.report;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * How much is usual at a time: of the same hour on the days before, same weekdays where there are
 * two of them, else days of the same half of the week, else any; without a day of past, what has
 * just been. All amounts are of five minutes.
 */
final class Seasons {
    private static final int DAYS = 14;
    private static final int HOURS_A_DAY = 24;

    /** Days of which the busiest says little about what is usual. */
    private static final int ENOUGH_DAYS = 4;

    /** The least that has to be known without a day of past: half an hour. */
    private static final int LEAST_CELLS = 6;

    /** What "just" means without a day of past: two hours, and one with it. */
    private static final int RECENT_CELLS = 24;

    private static final double GROWTH = 1.15;

    private final History series;
    private final ToDoubleFunction<Cell> amount;

    Seasons(History series, ToDoubleFunction<Cell> amount) {
        this.series = series;
        this.amount = amount;
    }

    /**
     * What is usual at a cell.
     *
     * @param recent amounts of the usual cells before it, the latest last
     */
    Band at(int cell, List<Double> recent) {
        long hour = series.hourOf(cell);
        List<Integer> days = days(hour);
        if (days.isEmpty()) {
            return trailing(recent);
        }
        double[] same =
                days.stream().mapToDouble(day -> level(hour - (long) day * HOURS_A_DAY)).toArray();
        double[] most =
                days.stream()
                        .mapToDouble(day -> near(hour - (long) day * HOURS_A_DAY, 1))
                        .toArray();
        double[] least =
                days.stream()
                        .mapToDouble(day -> near(hour - (long) day * HOURS_A_DAY, -1))
                        .toArray();
        double just = Statistics.median(last(recent, History.HOUR));
        // One odd day of many is left out.
        double odd = days.size() < ENOUGH_DAYS ? 0 : 1.0 / (days.size() - 1);
        double high = Statistics.quantile(1 - odd, most);
        double low = Statistics.quantile(odd, least);
        return new Band(
                Statistics.median(same),
                GROWTH * Math.max(high, Double.isNaN(just) ? 0 : just),
                days.size() < 3 ? 0 : Math.min(low, Double.isNaN(just) ? low : just));
    }

    private Band trailing(List<Double> recent) {
        if (recent.size() < LEAST_CELLS) {
            return Band.UNKNOWN;
        }
        double[] last = last(recent, RECENT_CELLS);
        return new Band(Statistics.median(last), GROWTH * Statistics.quantile(0.9, last), 0);
    }

    private List<Integer> days(long hour) {
        List<Integer> all = new ArrayList<>();
        for (int day = 1; day <= DAYS; day++) {
            if (hour - (long) day * HOURS_A_DAY >= series.firstWholeHour()) {
                all.add(day);
            }
        }
        List<Integer> same = all.stream().filter(day -> day % 7 == 0).toList();
        if (same.size() >= 2) {
            return same;
        }
        List<Integer> alike = all.stream().filter(day -> alike(hour, day)).toList();
        return alike.isEmpty() ? all : alike;
    }

    private static boolean alike(long hour, int daysBefore) {
        return weekend(hour) == weekend(hour - (long) daysBefore * HOURS_A_DAY);
    }

    private static boolean weekend(long hour) {
        DayOfWeek day =
                Instant.EPOCH.plus(Duration.ofHours(hour)).atOffset(ZoneOffset.UTC).getDayOfWeek();
        return day == DayOfWeek.SATURDAY || day == DayOfWeek.SUNDAY;
    }

    private double level(long hour) {
        return amount.applyAsDouble(series.hour(hour)) / History.HOUR;
    }

    /** The largest of an hour and its neighbours, or with -1 the least: rhythms shift a little. */
    private double near(long hour, int sign) {
        double extreme = sign * level(hour);
        for (long beside : new long[] {hour - 1, hour + 1}) {
            if (beside >= series.firstWholeHour()) {
                extreme = Math.max(extreme, sign * level(beside));
            }
        }
        return sign * extreme;
    }

    private static double[] last(List<Double> values, int count) {
        return values.subList(Math.max(0, values.size() - count), values.size()).stream()
                .mapToDouble(Double::doubleValue)
                .toArray();
    }

    /**
     * What is usual in five minutes.
     *
     * @param high what it reaches, some growth allowed
     * @param low what it falls to; 0 where too little is known
     */
    record Band(double usual, double high, double low) {
        static final Band UNKNOWN = new Band(0, Double.POSITIVE_INFINITY, 0);
    }
}
