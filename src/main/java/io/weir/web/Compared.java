package io.weir.web;

import io.weir.report.Measure;
import io.weir.report.Steps;
import io.weir.store.Table;
import io.weir.web.Delta.Meaning;
import org.jspecify.annotations.Nullable;

/**
 * The window's figures, each beside that of the time before, and how it went.
 *
 * @param series of the same figures, over time
 */
record Compared(Period now, Period before, Table series, Steps steps) {
    /** Of a table of {@link io.weir.report.Comparison#totals}. */
    static Compared of(Table totals, Table series, Steps steps) {
        return new Compared(Period.of(totals, true), Period.of(totals, false), series, steps);
    }

    /**
     * One of them.
     *
     * @param missing what the figure is in a step without calls; null for none
     */
    Tile tile(
            String label, Measure measure, Meaning meaning, String note, @Nullable Double missing) {
        return new Tile(
                label,
                now.figure(measure),
                before.isEmpty()
                        ? Delta.NONE
                        : Delta.of(before.number(measure), now.number(measure), meaning),
                note,
                Tile.spark(Chart.values(series, steps, measure.name(), missing)));
    }
}
