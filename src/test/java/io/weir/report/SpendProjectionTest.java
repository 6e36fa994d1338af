package io.weir.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SpendProjectionTest {
    private static final long DOLLAR = 1_000_000_000L;
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 11);
    private static final Instant NOON =
            TODAY.atStartOfDay(ZoneOffset.UTC).toInstant().plus(Duration.ofHours(12));

    @Test
    void whatIsTheSameEveryDayIsProjectedExactly() {
        DailySpend spend = spend(LongStream.generate(() -> 10 * DOLLAR).limit(30).boxed().toList());

        SpendProjection projection = project(spend);

        assertThat(spend.monthToDate()).isEqualTo(105 * DOLLAR);
        assertThat(projection.ends()).hasSize(20);
        assertThat(projection.ends().getFirst().likely()).isEqualTo(110 * DOLLAR);
        assertThat(projection.end().day()).isEqualTo(LocalDate.of(2026, 11, 30));
        assertThat(projection.end().low()).isEqualTo(300 * DOLLAR);
        assertThat(projection.end().high()).isEqualTo(300 * DOLLAR);
    }

    @Test
    void knowsTheRhythmOfWeekdays() {
        List<Long> days = new ArrayList<>();
        for (LocalDate day = TODAY.minusDays(35); day.isBefore(TODAY); day = day.plusDays(1)) {
            days.add(day.getDayOfWeek().getValue() > 5 ? DOLLAR : 10 * DOLLAR);
        }
        SpendProjection projection = project(spend(days));
        SpendProjection.Range friday = projection.ends().get(2);
        SpendProjection.Range sunday = projection.ends().get(4);
        assertThat(sunday.likely() - friday.likely()).isEqualTo(2 * DOLLAR);
    }

    @Test
    void saysNothingOfLessThanAWeek() {
        List<Long> days = List.of(1L, 2L, 3L, 4L, 5L, 6L, 7L);
        assertThat(SpendProjection.of(spend(days), new Random(1))).isEmpty();
        assertThat(
                        SpendProjection.of(
                                spend(List.of(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L)), new Random(1)))
                .isPresent();
    }

    /** In four months of five the end lies within the range; of two hundred chance spares a few. */
    @Test
    void theRangeHoldsAsOftenAsItSays() {
        Random random = new Random(7);
        int within = 0;
        for (int month = 0; month < 200; month++) {
            List<Long> days = new ArrayList<>();
            for (int day = 0; day < 55; day++) {
                days.add(amount(TODAY.minusDays(35).plusDays(day), random));
            }
            SpendProjection.Range end = project(spend(days.subList(0, 35))).end();
            long truth = 5 * DOLLAR + days.subList(25, 35).stream().mapToLong(it -> it).sum();
            truth += days.get(35) / 2;
            truth += days.subList(36, 55).stream().mapToLong(it -> it).sum();
            within += end.low() <= truth && truth <= end.high() ? 1 : 0;
        }
        System.out.println(
                "spend projection: the end was within the range in " + within + " of 200");
        assertThat(within).isBetween(150, 178);
    }

    private static long amount(LocalDate day, Random random) {
        double usual = day.getDayOfWeek().getValue() > 5 ? 3 : 10;
        return (long) (usual * Math.exp(0.3 * random.nextGaussian()) * DOLLAR);
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
