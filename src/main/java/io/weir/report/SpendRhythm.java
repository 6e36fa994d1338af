package io.weir.report;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What each weekday usually comes to, and how each past day compares. Days of a weekday on which
 * nothing is ever spent compare with nothing and are left out.
 *
 * @param usual amounts, by the first weekday that shares them
 * @param weekdays whether each weekday has its own, or all workdays share one, as does the weekend
 * @param ages how many days before today each day was, oldest first
 * @param ratios each day's amount in terms of its weekday's usual one
 */
record SpendRhythm(Map<DayOfWeek, Double> usual, boolean weekdays, int[] ages, double[] ratios) {
    /** From then on each weekday was seen three times. */
    private static final int WEEKDAYS_FROM = 21;

    /** Of the days that end with yesterday. */
    static SpendRhythm of(List<Long> history, LocalDate today) {
        int days = history.size();
        boolean weekdays = days >= WEEKDAYS_FROM;
        Map<DayOfWeek, LongSummaryStatistics> seen = new EnumMap<>(DayOfWeek.class);
        for (int age = 1; age <= days; age++) {
            seen.computeIfAbsent(
                            kind(today.minusDays(age), weekdays),
                            kind -> new LongSummaryStatistics())
                    .accept(history.get(days - age));
        }
        Map<DayOfWeek, Double> usual = new EnumMap<>(DayOfWeek.class);
        seen.forEach((kind, amounts) -> usual.put(kind, amounts.getAverage()));
        usual.values().removeIf(amount -> amount == 0);
        int[] ages =
                IntStream.iterate(days, age -> age > 0, age -> age - 1)
                        .filter(age -> usual.containsKey(kind(today.minusDays(age), weekdays)))
                        .toArray();
        SpendRhythm rhythm = new SpendRhythm(usual, weekdays, ages, new double[ages.length]);
        for (int i = 0; i < ages.length; i++) {
            rhythm.ratios[i] = history.get(days - ages[i]) / rhythm.usual(today.minusDays(ages[i]));
        }
        return rhythm;
    }

    /** What a day like this one usually comes to. */
    double usual(LocalDate day) {
        return usual.getOrDefault(kind(day, weekdays), 0.0);
    }

    /** How many usual amounts were made of the days. */
    int kinds() {
        return usual.size();
    }

    private static DayOfWeek kind(LocalDate date, boolean weekdays) {
        DayOfWeek day = date.getDayOfWeek();
        if (weekdays) {
            return day;
        }
        return day.compareTo(DayOfWeek.FRIDAY) > 0 ? DayOfWeek.SATURDAY : DayOfWeek.MONDAY;
    }
}
