package io.weir.report;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * What will have been spent by the end of the month if the last weeks go on as they went, and
 * within what it then stays in about eight cases of ten.
 *
 * <p>Each past day is set against what its weekday usually comes to. {@link SpendStories} weighs
 * how these ratios can be told: a level that stayed, growth by about the same part each day, or one
 * change that lasted, of days that are each by themselves or come in runs. Many months are drawn,
 * each from one such way as often as it is likely, and with the past days' luck around it. What no
 * past day knows, the projection does not know either: a launch or a loop that is to come, or
 * growth that ends; and it takes a week of days to believe in a change.
 *
 * @param historyDays how many whole days it is made of
 * @param ends the month's spend by the end of each day that is not over, today first
 */
public record SpendProjection(int historyDays, List<Range> ends) {
    /** Fewer days hold no week. */
    public static final int LEAST_DAYS = 7;

    /** From one seed to the next the ends of the range move by about two percent of its width. */
    private static final int DRAWS = 2_000;

    private static final double LOW = 0.1;
    private static final double HIGH = 1 - LOW;

    /** Where an amount will probably be. */
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
        SpendRhythm rhythm = SpendRhythm.of(history, spend.today());
        double[] usual = usual(rhythm, spend);
        double[][] sums = new double[usual.length][DRAWS];
        for (double[] each : sums) {
            Arrays.fill(each, (double) spend.monthToDate());
        }
        if (rhythm.kinds() > 0) {
            draw(new SpendStories(rhythm), usual, sums, random);
        }
        List<Range> ends = new ArrayList<>();
        for (int day = 0; day < sums.length; day++) {
            ends.add(range(spend.today().plusDays(day), sums[day]));
        }
        return Optional.of(new SpendProjection(history.size(), ends));
    }

    private static void draw(
            SpendStories stories, double[] usual, double[][] sums, RandomGenerator random) {
        double[] ratios = new double[usual.length];
        for (int draw = 0; draw < DRAWS; draw++) {
            stories.pick(random).goOn(ratios, random);
            double ahead = 0;
            for (int day = 0; day < usual.length; day++) {
                ahead += usual[day] * ratios[day];
                sums[day][draw] += ahead;
            }
        }
    }

    /** What each day's rest usually comes to, today's first. */
    private static double[] usual(SpendRhythm rhythm, DailySpend spend) {
        LocalDate today = spend.today();
        int days = YearMonth.from(today).lengthOfMonth() - today.getDayOfMonth() + 1;
        double[] usual = new double[days];
        Arrays.setAll(usual, day -> rhythm.usual(today.plusDays(day)));
        usual[0] *= spend.todayLeft();
        return usual;
    }

    private static Range range(LocalDate day, double[] amounts) {
        Arrays.sort(amounts);
        return new Range(
                day, quantile(amounts, LOW), quantile(amounts, 0.5), quantile(amounts, HIGH));
    }

    private static long quantile(double[] sorted, double part) {
        return Math.round(sorted[(int) (part * (sorted.length - 1))]);
    }
}
