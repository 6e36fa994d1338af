package io.weir.web;

import io.weir.report.Measure;
import io.weir.report.Measures;
import io.weir.report.Steps;
import io.weir.store.Table;
import io.weir.store.Unit;
import io.weir.web.Delta.Meaning;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The tiles of an overview: the window's figures, each beside that of the time before. */
final class Totals {
    private final Compared figures;
    private final Period now;

    /**
     * The tiles of these figures.
     *
     * @param totals of {@link Measures#OVERVIEW}, now and before
     * @param series of the same, over time
     */
    Totals(Table totals, Table series, Steps steps) {
        this.figures = Compared.of(totals, series, steps);
        this.now = figures.now();
    }

    /**
     * The tiles.
     *
     * @param precision of the percentiles; empty where they are exact
     */
    List<Tile> tiles(String precision) {
        return List.of(
                tile("Calls", Measure.CALLS, Meaning.NEUTRAL, ""),
                tile("Error rate", Measures.ERROR_RATE, Meaning.LESS_IS_BETTER, failed()),
                tile("Latency p50", Measures.P50_MS, Meaning.LESS_IS_BETTER, precision),
                tile("Latency p95", Measures.P95_MS, Meaning.LESS_IS_BETTER, precision),
                tile("Latency p99", Measures.P99_MS, Meaning.LESS_IS_BETTER, precision),
                tile(
                        "First token p50",
                        Measures.FIRST_TOKEN_P50_MS,
                        Meaning.LESS_IS_BETTER,
                        "of streams"),
                tile("Tokens in", Measures.INPUT_TOKENS, Meaning.NEUTRAL, counted()),
                tile("Tokens out", Measures.OUTPUT_TOKENS, Meaning.NEUTRAL, counted()),
                tile("Spend", Measures.COST, Meaning.NEUTRAL, priced()));
    }

    private Tile tile(String label, Measure measure, Meaning meaning, String note) {
        @Nullable Double missing = measure.unit() == Unit.MS ? null : Double.valueOf(0);
        return figures.tile(label, measure, meaning, note, missing);
    }

    private String failed() {
        double errors = now.number(Measures.ERRORS);
        return errors > 0 ? Figures.count((long) errors).text() + " failed" : "";
    }

    /** Whose word the tokens are; the provider's, if nothing else is said. */
    private String counted() {
        List<String> notes = new ArrayList<>();
        note(notes, Measures.ESTIMATED_CALLS, "estimated");
        note(notes, Measures.PARTIAL_CALLS, "partial");
        return String.join(", ", notes);
    }

    /** What has no price comes first: it is missing from the sum. */
    private String priced() {
        List<String> notes = new ArrayList<>();
        note(notes, Measures.UNPRICED_CALLS, "unpriced");
        return notes.isEmpty() ? counted() : notes.getFirst();
    }

    private void note(List<String> notes, Measure measure, String word) {
        double share = now.number(measure) / now.number(Measure.CALLS);
        if (share > 0) {
            notes.add(Figures.share(share).text() + " " + word);
        }
    }
}
