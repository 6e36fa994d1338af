package io.weir.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SpendProjectionTest {
    private static final long DOLLAR = 1_000_000_000L;
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 11);
    private static final Instant NOON =
            TODAY.atStartOfDay(ZoneOffset.UTC).toInstant().plus(Duration.ofHours(12));

    /** Of each made up month and day of asking; chance moves a share by three percent. */
    private static final int MONTHS = 80;

    @Test
    void whatIsTheSameEveryDayIsProjectedAsItIs() {
        DailySpend spend = spend(Collections.nCopies(30, 10 * DOLLAR));

        SpendProjection projection = project(spend);

        assertThat(spend.monthToDate()).isEqualTo(105 * DOLLAR);
        assertThat(projection.ends()).hasSize(20);
        assertThat(projection.ends().getFirst().likely())
                .isCloseTo(110 * DOLLAR, withinPercentage(0.01));
        assertThat(projection.end().day()).isEqualTo(LocalDate.of(2026, 11, 30));
        assertThat(projection.end().low()).isCloseTo(300 * DOLLAR, withinPercentage(0.01));
        assertThat(projection.end().high()).isCloseTo(300 * DOLLAR, withinPercentage(0.01));
    }

    @Test
    void whatStaysAroundALevelGoesOnAtItsMean() {
        List<Long> days = new ArrayList<>();
        for (int day = 0; day < 43; day++) {
            days.add((day % 2 == 0 ? 8 : 12) * DOLLAR);
        }
        SpendProjection.Range end = project(spend(days)).end();
        assertThat(end.likely()).isCloseTo((105 + 5 + 190) * DOLLAR, withinPercentage(1.0));
        assertThat(end.low()).isLessThan(end.likely());
        assertThat(end.high()).isGreaterThan(end.likely());
    }

    @Test
    void whereNothingIsSpentNothingIsProjected() {
        DailySpend spend = new DailySpend(TODAY.minusDays(30), Collections.nCopies(31, 0L), NOON);
        assertThat(project(spend).ends())
                .allSatisfy(range ->
                        assertThat(List.of(range.low(), range.likely(), range.high()))
                                .containsOnly(0L));
    }

    @Test
    void knowsTheRhythmOfWeekdays() {
        List<Long> days =
                IntStream.rangeClosed(-35, -1)
                        .mapToObj(TODAY::plusDays)
                        .map(day -> day.getDayOfWeek().getValue() > 5 ? 0 : 10 * DOLLAR)
                        .toList();
        SpendProjection projection = project(spend(days));
        SpendProjection.Range friday = projection.ends().get(2);
        SpendProjection.Range sunday = projection.ends().get(4);
        SpendProjection.Range monday = projection.ends().get(5);
        assertThat(sunday.likely()).isEqualTo(friday.likely());
        assertThat(monday.likely() - sunday.likely())
                .isCloseTo(10 * DOLLAR, withinPercentage(0.01));
    }

    @Test
    void saysNothingOfLessThanAWeek() {
        List<Long> days = List.of(1L, 2L, 3L, 4L, 5L, 6L, 7L);
        assertThat(SpendProjection.of(spend(days), new Random(1))).isEmpty();
        assertThat(SpendProjection.of(spend(Collections.nCopies(8, 1L)), new Random(1)))
                .isPresent();
    }

    @Test
    void holdsWhereDaysStayAsTheyWere() {
        assertHolds(new MadeUpMonths(42, 0, day -> 1));
        assertHolds(new MadeUpMonths(14, 0, day -> 1));
        assertHolds(new MadeUpMonths(8, 0, day -> 1));
    }

    /** Beside it, a range that knew of nothing else would be two thirds as wide. */
    @Test
    void isNotWideWhereDaysStayAsTheyWere() {
        MadeUpMonths.Result result =
                new MadeUpMonths(42, 0, day -> 1).projectedOn(LocalDate.of(2026, 11, 15), MONTHS);
        assertThat(result.width()).isLessThan(0.18);
    }

    @Test
    void holdsWhereGoodAndBadDaysComeInRuns() {
        assertHolds(new MadeUpMonths(42, 0.5, day -> 1));
        assertHolds(new MadeUpMonths(42, 0.8, day -> 1));
    }

    @Test
    void holdsWhereSpendGrowsEachDay() {
        assertHolds(new MadeUpMonths(42, 0, day -> Math.exp(0.005 * day)));
        assertHolds(new MadeUpMonths(42, 0, day -> Math.exp(0.01 * day)));
    }

    @Test
    void holdsWhereSpendShrinksEachDay() {
        assertHolds(new MadeUpMonths(42, 0, day -> Math.exp(-0.01 * day)));
    }

    @Test
    void holdsWhereSpendDoubledEightDaysAgo() {
        assertHolds(new MadeUpMonths(42, 0, day -> day < -8 ? 1 : 2));
    }

    /** In about eight of ten made up months, early, in the middle and late in the month. */
    private static void assertHolds(MadeUpMonths months) {
        double within =
                IntStream.of(5, 15, 25)
                        .mapToObj(day -> LocalDate.of(2026, 11, day))
                        .mapToDouble(today -> months.projectedOn(today, MONTHS).within())
                        .average()
                        .orElseThrow();
        assertThat(within).as("share of ends within the range").isBetween(0.75, 0.93);
    }

    /** These days, and five dollars of today until noon. */
    private static DailySpend spend(List<Long> days) {
        List<Long> all = new ArrayList<>(days);
        all.add(5 * DOLLAR);
        return new DailySpend(TODAY.minusDays(days.size()), all, NOON);
    }

    private static SpendProjection project(DailySpend spend) {
        return SpendProjection.of(spend, new Random(1)).orElseThrow();
    }
}
