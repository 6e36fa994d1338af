package io.weir.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.report.LatencyMap;
import io.weir.report.Measure;
import io.weir.report.Series;
import io.weir.report.Steps;
import io.weir.store.Column;
import io.weir.store.Table;
import io.weir.store.Unit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LatencyHeatTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final Steps STEPS = Steps.fitting(NOON, NOON.plus(Duration.ofMinutes(3)), 3);
    private static final ViewQuery VIEW = ViewQuery.usual(NOON);

    @Test
    void eachCountIsInTheCellOfItsTimeAndLatency() {
        HeatMap map = heat(new Count(0, 0, 3), new Count(2, 1, 5), new Count(2, 0, 7)).map();

        assertThat(map.rows())
                .extracting(HeatMap.Row::calls)
                .containsExactly(List.of(3L, 0L, 7L), List.of(0L, 0L, 5L));
        assertThat(map.rows().getFirst().label())
                .isEqualTo("1 ms – 1.1 ms".replace(" ms", "\u00a0ms"));
    }

    @Test
    void aWideRangeIsShownInNoMoreThanFortyRows() {
        HeatMap map = heat(new Count(0, -60, 1), new Count(1, 240, 1)).map();

        assertThat(map.rows()).hasSizeBetween(20, 40);
        assertThat(map.rows().stream().mapToLong(HeatMap.Row::sum).sum()).isEqualTo(2);
        assertThat(map.rows().getFirst().sum()).isOne();
        assertThat(map.rows().getLast().sum()).isOne();
    }

    @Test
    void aRangeLeadsToItsViewAndToItsCalls() {
        DataTable table =
                heat(new Count(0, 100, 1), new Count(0, 101, 3)).distribution(VIEW, "/latency");

        DataTable.Row slowest = table.rows().getFirst();
        assertThat(slowest.href())
                .isEqualTo("/latency?last=24h&min_latency_ms=156&max_latency_ms=165");
        assertThat(slowest.cells().get(1).href())
                .isEqualTo("/calls?last=24h&min_latency_ms=156&max_latency_ms=165");
        assertThat(slowest.cells()).extracting(DataTable.Cell::bar).contains(100);
    }

    @Test
    void withoutCallsThereIsNothingToDraw() {
        assertThat(heat().map().rows()).isEmpty();
        assertThat(heat().distribution(VIEW, "/latency").rows()).isEmpty();
    }

    private record Count(int minute, long bucket, long calls) {
        List<@Nullable Object> row() {
            List<@Nullable Object> row = new ArrayList<>();
            row.add(NOON.plus(Duration.ofMinutes(minute)));
            row.add(bucket);
            row.add(calls);
            return row;
        }
    }

    private static LatencyHeat heat(Count... counts) {
        List<Column> columns =
                List.of(
                        new Column(Series.TIME, Unit.TIME),
                        new Column(LatencyMap.BUCKET, Unit.NUMBER),
                        Measure.CALLS.column());
        return LatencyHeat.of(
                new Table(columns, Arrays.stream(counts).map(Count::row).toList()),
                STEPS,
                List.of());
    }
}
