package io.weir.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.weir.call.CallRecord;
import io.weir.call.CallRecords;
import io.weir.call.Confidence;
import io.weir.call.Moments;
import io.weir.store.CallFilter;
import io.weir.store.CallStore;
import io.weir.store.Keep;
import io.weir.store.StoreUnavailable;
import io.weir.store.Stores;
import io.weir.store.Table;
import io.weir.wire.Usage;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Half a day of whatever calls there may be, and as many before. */
class SourceTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final Instant END = NOON.plus(Duration.ofHours(12));
    private static final ReportQuery HALF_A_DAY = ReportQuery.of(NOON, END);
    private static final List<Dimension> BY = List.of(Dimension.MODEL, Dimension.STATUS);

    @TempDir private Path directory;
    private CallStore store;

    @BeforeEach
    void open() throws StoreUnavailable {
        store = Stores.open(directory);
        store.append(calls(), 1);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void sumsHaveTheFiguresOfTheirCalls() throws StoreUnavailable {
        for (List<Measure> measures :
                List.of(Measures.OVERVIEW, SpendMeasures.ALL, Latencies.ALL)) {
            ReportQuery query = measures.equals(Latencies.ALL) ? HALF_A_DAY.timed() : HALF_A_DAY;
            ReportQuery sums = query.from(Source.ROLLUPS);
            Steps steps = Steps.fitting(NOON, END, 100);
            Comparison fromCalls = Comparison.of(store, query, BY, measures, Measure.CALLS);
            Comparison fromSums = Comparison.of(store, sums, BY, measures, Measure.CALLS);
            assertAlike(measures, fromCalls.totals(), fromSums.totals());
            assertAlike(measures, fromCalls.groups(), fromSums.groups());
            assertAlike(
                    measures,
                    Series.of(store, query, steps, measures),
                    Series.of(store, sums, steps, measures));
            assertAlike(
                    measures,
                    Series.of(store, query.by(Dimension.KEY), steps, measures),
                    Series.of(store, sums.by(Dimension.KEY), steps, measures));
        }
    }

    @Test
    void sumsHaveTheSeriesTheMapAndTheClassesOfErrorsOfTheirCalls() throws StoreUnavailable {
        Steps steps = Steps.fitting(NOON, END, 100);
        ReportQuery sums = HALF_A_DAY.from(Source.ROLLUPS);
        assertThat(LatencyMap.of(store, sums, steps))
                .isEqualTo(LatencyMap.of(store, HALF_A_DAY, steps));
        assertThat(Failures.overTime(store, sums, steps))
                .isEqualTo(Failures.overTime(store, HALF_A_DAY, steps));
        List<String> groups = List.of("gpt-4o", "");
        assertThat(spend(sums, steps, groups)).isEqualTo(spend(HALF_A_DAY, steps, groups));
        assertThat(spend(sums, steps, List.of())).isEqualTo(spend(HALF_A_DAY, steps, List.of()));
    }

    @Test
    void quantilesOfSumsAreHardlyBesideThoseOfTheirCalls() throws StoreUnavailable {
        Random random = new Random(8);
        List<CallRecord> typical = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            long first = 1_000L * (100 + random.nextInt(900));
            long last = first + 1_000L * (1_000 + random.nextInt(9_000));
            long end = last + 20 + random.nextInt(400);
            typical.add(
                    CallRecords.at(END.plusSeconds(i), i).stream(1)
                            .moments(new Moments(10, 20, 30, first, first, last, end, -1, last))
                            .usage(Usage.ofText(10, 50 + random.nextInt(500)), Confidence.PROVIDER)
                            .build());
        }
        store.append(typical, 2);
        ReportQuery query = ReportQuery.of(END, END.plusSeconds(20_000));
        List<Measure> measures = new ArrayList<>(Latencies.ALL);
        measures.addAll(List.of(Measures.P50_MS, Measures.P95_MS, Measures.P99_MS));
        measures.add(Measures.FIRST_TOKEN_P50_MS);
        measures.removeIf(it -> !(it.rolled() instanceof Measure.Rolled.Quantile));
        Table calls = Comparison.of(store, query, measures).totals();
        Table sums = Comparison.of(store, query.from(Source.ROLLUPS), measures).totals();
        for (Measure measure : measures) {
            assertThat((Double) sums.cell(0, measure.name()))
                    .as(measure.name())
                    .isCloseTo((Double) calls.cell(0, measure.name()), withinPercentage(2.8));
        }
        assertThat(measures).hasSize(14);
    }

    @Test
    void fewCallsAreReadThemselves() throws StoreUnavailable {
        assertThat(Source.fitting(HALF_A_DAY, BY, store)).isEqualTo(Source.CALLS);
    }

    @Test
    void manyCallsAreReadFromTheirSumsWhereThatMakesNoDifference() throws StoreUnavailable {
        List<CallRecord> more = new ArrayList<>();
        for (int i = 0; i <= Source.MANY; i++) {
            more.add(CallRecords.at(NOON.plusSeconds(i / 3), i).build());
        }
        more.add(CallRecords.at(END.minusMillis(1), -1).build());
        store.append(more, 2);
        assertThat(Source.fitting(HALF_A_DAY, BY, store)).isEqualTo(Source.ROLLUPS);
        assertThat(fitting(NOON.plusSeconds(300), END)).isEqualTo(Source.ROLLUPS);
        assertThat(fitting(NOON.plusSeconds(1), END)).isEqualTo(Source.CALLS);
        assertThat(fitting(NOON, END.minusSeconds(1))).isEqualTo(Source.CALLS);
        assertThat(fitting(NOON, END.plusSeconds(1))).isEqualTo(Source.ROLLUPS);
        assertThat(fitting(NOON, NOON.plus(Duration.ofHours(5)))).isEqualTo(Source.CALLS);
        ReportQuery ofUser =
                new ReportQuery(NOON, END, List.of(), CallFilter.ALL.endUser("somebody"));
        assertThat(Source.fitting(ofUser, List.of(), store)).isEqualTo(Source.CALLS);
        assertThat(Source.fitting(HALF_A_DAY.by(Dimension.TIER), List.of(), store))
                .isEqualTo(Source.CALLS);
        assertThat(Source.fitting(HALF_A_DAY, List.of(Dimension.USER), store))
                .isEqualTo(Source.CALLS);
    }

    @Test
    void callsThatAreGoneAreReadFromTheirSums() throws StoreUnavailable {
        store.delete(new Keep(END, END, Instant.EPOCH));
        assertThat(Source.fitting(HALF_A_DAY, BY, store)).isEqualTo(Source.ROLLUPS);
    }

    @Test
    void aLongTimeThatEndsNowBeginsWithWholeFiveMinutes() {
        Instant now = NOON.plusSeconds(299);
        assertThat(Source.beginning(now.minus(Duration.ofHours(24)), now))
                .isEqualTo(NOON.minus(Duration.ofHours(24)));
        assertThat(Source.beginning(now.minus(Duration.ofHours(1)), now))
                .isEqualTo(now.minus(Duration.ofHours(1)));
        assertThat(ReportQuery.of(NOON, now.plus(Duration.ofHours(24))).before())
                .isEqualTo(NOON.minus(Duration.ofHours(24)));
        assertThat(ReportQuery.of(NOON, now).before()).isEqualTo(NOON.minusSeconds(299));
    }

    private Source fitting(Instant since, Instant until) throws StoreUnavailable {
        return Source.fitting(ReportQuery.of(since, until), BY, store);
    }

    private Table spend(ReportQuery query, Steps steps, List<String> groups)
            throws StoreUnavailable {
        return GroupSeries.of(store, query, steps, Dimension.MODEL, groups, Measures.COST);
    }

    /** Rows in the same order; quantiles are within a bucket of those of a few hundred calls. */
    private static void assertAlike(List<Measure> measures, Table calls, Table sums) {
        assertThat(sums.columns()).isEqualTo(calls.columns());
        assertThat(sums.rows()).hasSameSizeAs(calls.rows()).isNotEmpty();
        for (int row = 0; row < calls.rows().size(); row++) {
            for (int column = 0; column < calls.columns().size(); column++) {
                String name = calls.columns().get(column).name();
                @Nullable Object expected = calls.rows().get(row).get(column);
                @Nullable Object actual = sums.rows().get(row).get(column);
                if (expected instanceof Double value && actual instanceof Double close) {
                    if (isQuantile(measures, name)) {
                        continue;
                    }
                    assertThat(close).as(name).isCloseTo(value, within(0.002));
                } else {
                    assertThat(actual).as(name).isEqualTo(expected);
                }
            }
        }
    }

    private static boolean isQuantile(List<Measure> measures, String name) {
        return measures.stream()
                .anyMatch(it ->
                        it.name().equals(name) && it.rolled() instanceof Measure.Rolled.Quantile);
    }

    private static List<CallRecord> calls() {
        Random random = new Random(7);
        List<CallRecord> calls = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            calls.add(
                    CallRecords.any(
                            random,
                            NOON.minus(Duration.ofHours(12)).plusSeconds(random.nextInt(86_400))));
        }
        return calls;
    }
}
