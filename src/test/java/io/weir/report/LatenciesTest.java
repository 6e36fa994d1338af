package io.weir.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.weir.call.CallRecord;
import io.weir.call.CallRecords;
import io.weir.call.Moments;
import io.weir.store.CallStore;
import io.weir.store.StoreUnavailable;
import io.weir.store.Stores;
import io.weir.store.Table;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Calls that were cut at different moments, one model each. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LatenciesTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final ReportQuery HOUR = ReportQuery.of(NOON, NOON.plus(Duration.ofHours(1)));
    private static final Moments STREAM =
            new Moments(1_000, 3_000, 4_000, 204_000, 504_000, 1_000_000, 1_002_000, -1, 990_000);

    private CallStore store;

    @SuppressWarnings("NullAway.Init")
    LatenciesTest() {}

    @BeforeAll
    void open(@TempDir Path directory) throws StoreUnavailable {
        store = Stores.open(directory);
        store.append(
                List.of(
                        call(1, "stream", STREAM),
                        call(
                                2,
                                "whole",
                                new Moments(
                                        1_000, 1_000, 2_000, 92_000, -1, 99_000, 100_000, -1,
                                        98_000)),
                        call(
                                3,
                                "unreachable",
                                new Moments(500, -1, -1, -1, -1, -1, 10_500, -1, 10_000)),
                        call(
                                4,
                                "silent",
                                new Moments(500, 1_000, 1_500, -1, -1, -1, 61_500, -1, 60_000)),
                        call(
                                5,
                                "cut",
                                new Moments(0, 1_000, 1_000, 2_000, 3_000, -1, 9_000, -1, 9_000)),
                        call(
                                6,
                                "not in order",
                                new Moments(
                                        5_000, 2_000, 3_000, 9_000, 1_000, 4_000, 8_000, -1, 0)),
                        CallRecords.at(NOON, 7)
                                .model("refused", null)
                                .moments(new Moments(-1, -1, -1, -1, -1, -1, 80, -1, 0))
                                .outcome("refused", 400)
                                .build()),
                7);
    }

    private static CallRecord call(int number, String model, Moments moments) {
        return CallRecords.at(NOON.plusSeconds(number), number).model(model, null).stream(1)
                .moments(moments)
                .build();
    }

    @AfterAll
    void close() {
        store.close();
    }

    @Test
    void thePhasesOfACallFollowEachOther() throws StoreUnavailable {
        assertThat(phases("stream")).containsExactly(3.0, 2.0, 1.0, 500.0, 496.0);
    }

    @Test
    void anAnswerThatIsNotStreamedIsWaitedForUntilItsHead() throws StoreUnavailable {
        assertThat(phases("whole")).containsExactly(2.0, 0.0, 1.0, 90.0, 7.0);
    }

    @Test
    void whatNeverCameWasWaitedForUntilTheEnd() throws StoreUnavailable {
        assertThat(phases("unreachable")).containsExactly(0.5, 10.0, 0.0, 0.0, 0.0);
        assertThat(phases("silent")).containsExactly(0.5, 0.5, 0.5, 60.0, 0.0);
        assertThat(phases("cut")).containsExactly(0.0, 1.0, 0.0, 2.0, 6.0);
    }

    @Test
    void phasesAddUpToTheLatencyEvenWhereMomentsAreOutOfOrder() throws StoreUnavailable {
        Table slowest = SlowestCalls.of(store, HOUR, 9);
        for (int row = 0; row < slowest.rows().size(); row++) {
            int each = row;
            List<Double> phases =
                    Arrays.stream(Phase.values())
                            .map(phase -> phase(slowest, each, phase))
                            .toList();
            assertThat(phases).allMatch(millis -> millis >= 0);
            assertThat(phases.stream().mapToDouble(Double::doubleValue).sum())
                    .isEqualTo((Double) slowest.cell(row, "latency_ms"), within(0.001));
        }
    }

    @Test
    void theSlowestCallsComeInOrderAndNoneOfThemWasRefused() throws StoreUnavailable {
        Table slowest = SlowestCalls.of(store, HOUR, 3);

        assertThat(slowest.rows()).hasSize(3);
        assertThat(slowest.cell(0, "id"))
                .isEqualTo(CallRecords.id(NOON.plusSeconds(1), 1).toString());
        assertThat(slowest.rows())
                .extracting(row -> row.get(2))
                .containsExactly("stream", "whole", "silent");
        assertThat(SlowestCalls.of(store, HOUR, 100).rows()).hasSize(6);
    }

    @Test
    void theMapCountsEachCallInABucketOfItsLatency() throws StoreUnavailable {
        Steps steps = Steps.fitting(HOUR.since(), HOUR.until(), 60);
        Table map = LatencyMap.of(store, HOUR, steps);

        assertThat(map.rows()).hasSize(6);
        assertThat(map.rows()).allMatch(row -> NOON.equals(row.getFirst()));
        int last = map.rows().size() - 1;
        assertThat((Double) map.cell(last, "from_ms")).isLessThanOrEqualTo(1_002);
        assertThat((Double) map.cell(last, "to_ms")).isGreaterThan(1_002);
        assertThat(map.cell(last, LatencyMap.BUCKET)).isEqualTo(138L);
        assertThat(map.cell(last, "calls")).isEqualTo(1L);
        assertThat(LatencyMap.millis(0)).isEqualTo(1);
    }

    @Test
    void aStreamsPaceIsThatAfterItsFirstToken() throws StoreUnavailable {
        Table groups = Latencies.compared(store, HOUR, Dimension.MODEL).groups();

        assertThat(cell(groups, "stream", Latencies.PACE_P50)).isEqualTo(4 / 0.496, within(0.001));
        assertThat(cell(groups, "stream", Latencies.FIRST_TOKEN_P50_MS)).isEqualTo(504.0);
        assertThat(Latencies.compared(store, HOUR, Dimension.MODEL).totals().cell(0, "calls"))
                .isEqualTo(6L);
        Steps steps = Steps.fitting(HOUR.since(), HOUR.until(), 60);
        assertThat(Latencies.overTime(store, HOUR.by(Dimension.MODEL), steps).rows()).hasSize(1);
    }

    private List<Double> phases(String model) throws StoreUnavailable {
        Table groups = Latencies.compared(store, HOUR, Dimension.MODEL).groups();
        return Arrays.stream(Phase.values())
                .map(phase -> cell(groups, model, phase.measure()))
                .toList();
    }

    private static double cell(Table groups, String model, Measure measure) {
        for (int row = 0; row < groups.rows().size(); row++) {
            if (model.equals(groups.cell(row, Comparison.VALUE))) {
                return (Double) Objects.requireNonNull(groups.cell(row, measure.name()));
            }
        }
        throw new AssertionError(model);
    }

    private static double phase(Table table, int row, Phase phase) {
        return (Double) Objects.requireNonNull(table.cell(row, phase.measure().name()));
    }
}
