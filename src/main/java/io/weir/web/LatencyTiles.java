package io.weir.web;

import io.weir.report.Latencies;
import io.weir.report.Measure;
import io.weir.report.Steps;
import io.weir.store.Table;
import io.weir.web.Delta.Meaning;
import java.util.List;

/** The tiles above the latencies: the window's figures, each beside that of the time before. */
final class LatencyTiles {
    private final Compared figures;

    /** The tiles of {@link io.weir.report.Comparison#totals} and {@link Latencies#overTime}. */
    LatencyTiles(Table totals, Table series, Steps steps) {
        this.figures = Compared.of(totals, series, steps);
    }

    /**
     * The tiles.
     *
     * @param precision of all of them; empty where they are exact
     */
    List<Tile> tiles(String precision) {
        return List.of(
                tile("Latency p50", Latencies.P50_MS, "to the last byte"),
                tile("Latency p90", Latencies.P90_MS, precision),
                tile("Latency p95", Latencies.P95_MS, precision),
                tile("Latency p99", Latencies.P99_MS, precision),
                tile("First token p50", Latencies.FIRST_TOKEN_P50_MS, "of streams"),
                tile("First token p95", Latencies.FIRST_TOKEN_P95_MS, "of streams"),
                tile("Pace p50", Latencies.PACE_P50, "tokens, after the first", Meaning.NEUTRAL),
                tile("Weir itself p50", Latencies.OVERHEAD_P50_US, "all but the upstream"));
    }

    private Tile tile(String label, Measure measure, String note) {
        return tile(label, measure, note, Meaning.LESS_IS_BETTER);
    }

    private Tile tile(String label, Measure measure, String note, Meaning meaning) {
        return figures.tile(label, measure, meaning, note, null);
    }
}
