package io.weir.report;

import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;

/**
 * Months of spend that are made up, of which the end is known: ten dollars on a workday and four on
 * one of a weekend, times a level, times luck of about a fourth.
 *
 * @param historyDays how many whole days are known
 * @param memory the part of a day's luck that the next one keeps
 * @param level by the day, today being zero
 */
record MadeUpMonths(int historyDays, double memory, IntToDoubleFunction level) {
    private static final double DOLLAR = 1e9;
    private static final double LUCK = 0.25;

    /**
     * How projections of these months did.
     *
     * @param within the share of them that ended within the range
     * @param width of the range, on average, in terms of what the month came to
     */
    record Result(double within, double width) {}

    /** Of so many months, each asked about on the same day at noon. */
    Result projectedOn(LocalDate today, int months) {
        Random random = new Random(today.getDayOfMonth());
        int within = 0;
        double widths = 0;
        for (int month = 0; month < months; month++) {
            List<Long> days = amounts(today, random);
            DailySpend spend = known(days, today);
            long end =
                    spend.monthToDate()
                            - spend.nanoUsd().getLast()
                            + sum(days.subList(historyDays + 1, days.size()));
            SpendProjection.Range range =
                    SpendProjection.of(spend, new Random(1)).orElseThrow().end();
            within += range.low() <= end && end <= range.high() ? 1 : 0;
            widths += (double) (range.high() - range.low()) / end;
        }
        return new Result((double) within / months, widths / months);
    }

    /** From a day that is not whole on to the month's end. */
    private List<Long> amounts(LocalDate today, Random random) {
        List<Long> amounts = new ArrayList<>();
        double luck = LUCK * random.nextGaussian();
        for (int day = -historyDays - 1;
                day <= today.lengthOfMonth() - today.getDayOfMonth();
                day++) {
            luck = memory * luck + LUCK * Math.sqrt(1 - memory * memory) * random.nextGaussian();
            double usual = today.plusDays(day).getDayOfWeek().getValue() > 5 ? 4 : 10;
            amounts.add((long) (usual * level.applyAsDouble(day) * Math.exp(luck) * DOLLAR));
        }
        return amounts;
    }

    private DailySpend known(List<Long> days, LocalDate today) {
        List<Long> known = new ArrayList<>(days.subList(0, historyDays + 1));
        known.add(days.get(historyDays + 1) / 2);
        return new DailySpend(
                today.minusDays(historyDays + 1),
                known,
                today.atStartOfDay(ZoneOffset.UTC).toInstant().plus(Duration.ofHours(12)));
    }

    private static long sum(List<Long> amounts) {
        return amounts.stream().mapToLong(amount -> amount).sum();
    }
}
