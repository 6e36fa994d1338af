package io.weir.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.call.CallRecord;
import io.weir.call.CallRecords;
import io.weir.store.CallStore;
import io.weir.store.StoreUnavailable;
import io.weir.store.Stores;
import io.weir.store.Table;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Twelve calls, one each ten minutes; the window is the last hour of the two. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SeriesTest {
    private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final ReportQuery LAST_HOUR =
            ReportQuery.of(NOON.minus(Duration.ofHours(1)), NOON);

    private CallStore store;

    @SuppressWarnings("NullAway.Init")
    SeriesTest() {}

    @BeforeAll
    void open(@TempDir Path directory) throws StoreUnavailable {
        store = Stores.open(directory);
        List<CallRecord> calls = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            CallRecords call =
                    CallRecords.at(START.plus(Duration.ofMinutes(10L * i)), i)
                            .model(i % 2 == 0 ? "even" : "odd", null);
            calls.add((i >= 9 ? call.outcome("upstream_failed", 500) : call).build());
        }
        store.append(calls, 12);
    }

    @AfterAll
    void close() {
        store.close();
    }

    @Test
    void aStepBeginsOnARoundTime() {
        Steps steps = Steps.fitting(NOON.minus(Duration.ofHours(24)), NOON, 100);

        assertThat(steps.width()).isEqualTo(Duration.ofMinutes(15));
        assertThat(steps.count()).isEqualTo(96);
        assertThat(steps.times().getFirst()).isEqualTo(NOON.minus(Duration.ofHours(24)));
        assertThat(steps.position(NOON.minusSeconds(1))).isEqualTo(95);
        assertThat(Steps.fitting(NOON.minusSeconds(90_000_000), NOON, 100).count())
                .isBetween(50, 101);
    }

    @Test
    void figuresOverTimeHaveARowForEachStepWithCalls() throws StoreUnavailable {
        Steps steps = new Steps(Steps.fitting(START, NOON, 4).first(), 4, Duration.ofMinutes(30));
        Table table =
                Series.of(
                        store,
                        LAST_HOUR,
                        steps,
                        List.of(Measure.CALLS, Measures.ERRORS, Measures.P50_MS));

        assertThat(table.rows())
                .containsExactly(
                        List.of(Instant.parse("2026-11-22T11:00:00Z"), 3L, 0L, 100.0),
                        List.of(Instant.parse("2026-11-22T11:30:00Z"), 3L, 3L, 100.0));
    }

    @Test
    void aWindowStandsBesideTheTimeBefore() throws StoreUnavailable {
        Table table =
                Comparison.of(store, LAST_HOUR, List.of(Measure.CALLS, Measures.ERROR_RATE))
                        .totals();

        assertThat(table.rows()).containsExactly(List.of(true, 6L, 0.5), List.of(false, 6L, 0.0));
    }

    @Test
    void eachGroupOfEachDimensionStandsBesideTheTimeBefore() throws StoreUnavailable {
        Comparison compared =
                Comparison.of(
                        store,
                        LAST_HOUR,
                        List.of(Dimension.MODEL, Dimension.ENDPOINT),
                        List.of(Measure.CALLS, Measures.ERRORS),
                        Measure.CALLS);

        assertThat(compared.totals().rows())
                .containsExactly(List.of(true, 6L, 3L), List.of(false, 6L, 0L));
        assertThat(compared.groups().rows())
                .containsExactlyInAnyOrder(
                        List.of(true, "endpoint", "chat.completions", 6L, 3L),
                        List.of(false, "endpoint", "chat.completions", 6L, 0L),
                        List.of(true, "model", "even", 3L, 1L),
                        List.of(true, "model", "odd", 3L, 2L),
                        List.of(false, "model", "even", 3L, 0L),
                        List.of(false, "model", "odd", 3L, 0L));
    }
}
