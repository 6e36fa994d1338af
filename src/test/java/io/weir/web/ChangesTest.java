package io.weir.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.weir.report.Comparison;
import io.weir.report.Measure;
import io.weir.report.Measures;
import io.weir.store.Column;
import io.weir.store.Table;
import io.weir.store.Unit;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ChangesTest {
    private static final ViewQuery VIEW = ViewQuery.usual(Instant.parse("2026-11-22T12:00:00Z"));

    private static final List<Column> COLUMNS =
            List.of(
                    new Column(Comparison.NOW, Unit.FLAG),
                    new Column(Comparison.DIMENSION, Unit.TEXT),
                    new Column(Comparison.VALUE, Unit.TEXT),
                    Measure.CALLS.column(),
                    Measures.ERROR_RATE.column(),
                    Measures.P95_MS.column(),
                    Measures.COST.column());

    @Test
    void theLargestRatioComesFirstAndEachGroupOnce() {
        List<Change> changes =
                changes(
                        row(false, "model", "steady", 1_000, 0.01, 900, 1_000_000_000L),
                        row(true, "model", "steady", 1_050, 0.011, 910, 1_050_000_000L),
                        row(false, "model", "slower", 1_000, 0.01, 900, 1_000_000_000L),
                        row(true, "model", "slower", 1_000, 0.01, 1_900, 1_000_000_000L),
                        row(false, "key", "batch", 1_000, 0.01, 900, 1_000_000_000L),
                        row(true, "key", "batch", 8_000, 0.01, 900, 9_000_000_000L));

        assertThat(changes)
                .extracting(Change::value, Change::what)
                .containsExactly(tuple("batch", "spend"), tuple("slower", "latency p95"));
        assertThat(changes.getFirst().href()).isEqualTo("/?last=24h&key=batch");
    }

    @Test
    void aHandfulOfCallsIsNoNews() {
        assertThat(
                        changes(
                                row(false, "model", "rare", 1, 0, 100, 1_000),
                                row(true, "model", "rare", 3, 0.33, 9_000, 3_000)))
                .isEmpty();
    }

    @Test
    void whatIsNewAndWhatIsGoneIsTold() {
        assertThat(
                        changes(
                                row(false, "model", "old", 5_000, 0, 100, 0),
                                row(true, "model", "new", 5_000, 0, 100, 0)))
                .extracting(change -> change.value() + " " + change.delta().arrow())
                .containsExactly("new up", "old down");
    }

    @Test
    void withoutATimeBeforeNothingHasChanged() {
        assertThat(changes(row(true, "model", "new", 5_000, 0.5, 100, 0))).isEmpty();
    }

    @Test
    void aProjectIsItsKeysStory() {
        assertThat(
                        changes(
                                row(false, "project", "p", 10, 0, 100, 0),
                                row(true, "project", "p", 10_000, 0, 100, 0)))
                .isEmpty();
    }

    private static List<Change> changes(Row... rows) {
        return Changes.largest(
                new Table(COLUMNS, Arrays.stream(rows).map(Row::cells).toList()), VIEW);
    }

    private static Row row(
            boolean now,
            String dimension,
            String value,
            long calls,
            double errors,
            double p95,
            long cost) {
        return new Row(Arrays.asList(now, dimension, value, calls, errors, p95, cost));
    }

    private record Row(List<@Nullable Object> cells) {}
}
