package io.weir.report;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * What will have been spent by the end of the month if its days are as those of the last weeks
 * were, without growth, and within what it then stays in about eight cases of ten.
 *
 * <p>Each past day is set against what its weekday usually comes to. The days to come are made of
 * their weekday's usual amount and such a ratio, drawn from the past ones; and the past ones are
 * themselves drawn anew each time, because a few weeks do not tell the usual amount exactly. What
 * no past day knows, a launch or a loop, the projection does not know either. It knows no trend,
 * and takes each day for itself: spend that grows ends above the range, and good and bad days that
 * come in runs end outside of it more often.
 *
 * @param historyDays how many whole days it is made of
 * @param ends the month's spend by the end of each day that is not over, today first
 */
public record SpendProjection(int historyDays, List<Range> ends) {
    /** Fewer days hold no week. */
    public static final int LEAST_DAYS = 7;

    /** From then on each weekday was seen three times; before, workdays are told from weekends. */
    private static final int WEEKDAYS_FROM = 21;

    /** The ends of the range move by less than a percent from one seed to the next. */
    private static final int DRAWS = 4_000;

    /**
     * A little further out than one in ten, because a weekday's usual amount comes from five days
     * only: so eight of ten made up months of a steady level end within.
     */
    private static final double LOW = 0.07;

    private static final double HIGH = 1 - LOW;

    /** Where an amount will probably be, if the level is steady. */
    public record Range(LocalDate day, long low, long likely, long high) {}

    public SpendProjection {
        ends = List.copyOf(ends);
    }

    /** The month's spend by its end. */
    public Range end() {
        return ends.getLast();
    }

    /** The projection from these days; empty where they are too few. */
    public static Optional<SpendProjection> of(DailySpend spend, RandomGenerator random) {
        List<Long> history = spend.wholeDays();
        if (history.size() < LEAST_DAYS) {
            return Optional.empty();
        }
        Rhythm rhythm = Rhythm.of(history, spend.today());
        double[] expected = expected(rhythm, spend);
        double[][] sums = new double[expected.length][DRAWS];
        double[] drawn = new double[rhythm.ratios().length];
        for (int draw = 0; draw < DRAWS; draw++) {
            Arrays.setAll(drawn, i -> rhythm.ratio(random));
            double sum = spend.monthToDate();
            for (int day = 0; day < expected.length; day++) {
                sum += expected[day] * drawn[random.nextInt(drawn.length)];
                sums[day][draw] = sum;
            }
        }
        List<Range> ends = new ArrayList<>();
        for (int day = 0; day < sums.length; day++) {
            ends.add(range(spend.today().plusDays(day), sums[day]));
        }
        return Optional.of(new SpendProjection(history.size(), ends));
    }

    /** What each day's rest usually comes to, today's first. */
    private static double[] expected(Rhythm rhythm, DailySpend spend) {
        LocalDate today = spend.today();
        int days = YearMonth.from(today).lengthOfMonth() - today.getDayOfMonth() + 1;
        double[] expected = new double[days];
        Arrays.setAll(expected, day -> rhythm.usual(today.plusDays(day)));
        expected[0] *= spend.todayLeft();
        return expected;
    }

    private static Range range(LocalDate day, double[] amounts) {
        Arrays.sort(amounts);
        return new Range(
                day, quantile(amounts, LOW), quantile(amounts, 0.5), quantile(amounts, HIGH));
    }

    private static long quantile(double[] sorted, double part) {
        return Math.round(sorted[(int) (part * (sorted.length - 1))]);
    }

    /**
     * What a week looks like.
     *
     * @param usual of each kind of day
     * @param ratios each past day's amount in terms of the usual one of its kind
     */
    private record Rhythm(double[] usual, double[] ratios) {
        static Rhythm of(List<Long> history, LocalDate today) {
            boolean weekdays = history.size() >= WEEKDAYS_FROM;
            double[] usual = new double[DayOfWeek.values().length];
            for (DayOfWeek each : DayOfWeek.values()) {
                usual[index(each)] = mean(history, today, each, weekdays);
            }
            List<Double> ratios = new ArrayList<>();
            for (int i = 0; i < history.size(); i++) {
                double its = usual[index(day(history, today, i))];
                if (its > 0) {
                    ratios.add(history.get(i) / its);
                }
            }
            return new Rhythm(usual, widened(ratios, weekdays ? 7 : 2));
        }

        double usual(LocalDate day) {
            return usual[index(day.getDayOfWeek())];
        }

        double ratio(RandomGenerator random) {
            return ratios[random.nextInt(ratios.length)];
        }

        /** A mean lies nearer to the days that it was made of than to others: by that much. */
        private static double[] widened(List<Double> ratios, int means) {
            if (ratios.isEmpty()) {
                return new double[] {1};
            }
            double factor = Math.sqrt((double) ratios.size() / Math.max(1, ratios.size() - means));
            return ratios.stream()
                    .mapToDouble(ratio -> Math.max(0, 1 + (ratio - 1) * factor))
                    .toArray();
        }

        private static double mean(
                List<Long> history, LocalDate today, DayOfWeek of, boolean weekdays) {
            double sum = 0;
            int days = 0;
            for (int i = 0; i < history.size(); i++) {
                DayOfWeek day = day(history, today, i);
                if (weekdays ? day == of : isWeekend(day) == isWeekend(of)) {
                    sum += history.get(i);
                    days++;
                }
            }
            return sum / days;
        }

        private static DayOfWeek day(List<Long> history, LocalDate today, int index) {
            return today.minusDays(history.size() - (long) index).getDayOfWeek();
        }

        private static boolean isWeekend(DayOfWeek day) {
            return day == DayOfWeek.SATURDAY || day == DayOfWeek.SUNDAY;
        }

        private static int index(DayOfWeek day) {
            return day.getValue() - 1;
        }
    }
}
