package io.weir.web;

import io.weir.report.LatencyMap;
import io.weir.report.Measure;
import io.weir.report.Series;
import io.weir.report.Steps;
import io.weir.store.Table;
import io.weir.web.DataTable.Cell;
import io.weir.web.DataTable.Head;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/**
 * How many calls took how long when.
 *
 * @param edges in milliseconds, where each row of the map begins, and where the last one ends
 */
record LatencyHeat(HeatMap map, List<Double> edges) {
    /** As many rows as a screen shows well. */
    private static final int MOST_ROWS = 40;

    private static final String LEAST = "min_latency_ms";
    private static final String MOST = "max_latency_ms";

    /**
     * The map of a table of {@link LatencyMap}, as fine as it fits.
     *
     * @param lines drawn over it
     */
    static LatencyHeat of(Table table, Steps steps, List<Chart.Line> lines) {
        long[] buckets = new long[table.rows().size()];
        for (int row = 0; row < buckets.length; row++) {
            buckets[row] = number(table, row, LatencyMap.BUCKET);
        }
        long least = LongStream.of(buckets).min().orElse(0);
        long most = LongStream.of(buckets).max().orElse(-1);
        long width = (most - least) / MOST_ROWS + 1;
        int count = buckets.length == 0 ? 0 : Math.toIntExact((most - least) / width + 1);
        long[][] calls = new long[count][steps.count()];
        for (int row = 0; row < buckets.length; row++) {
            if (table.cell(row, Series.TIME) instanceof Instant time) {
                calls[Math.toIntExact((buckets[row] - least) / width)][steps.position(time)] +=
                        number(table, row, Measure.CALLS.name());
            }
        }
        List<Double> edges =
                LongStream.rangeClosed(0, count)
                        .mapToObj(row -> LatencyMap.millis(least + row * width))
                        .toList();
        HeatMap.Scale scale = new HeatMap.Scale(edges, LEAST, MOST, lines);
        return new LatencyHeat(
                new HeatMap("map", "Calls by latency", steps, rows(calls, edges), scale), edges);
    }

    private static List<HeatMap.Row> rows(long[][] calls, List<Double> edges) {
        List<HeatMap.Row> rows = new ArrayList<>();
        for (int row = 0; row < calls.length; row++) {
            List<Long> counts = Arrays.stream(calls[row]).boxed().toList();
            rows.add(new HeatMap.Row(range(edges, row), counts));
        }
        return rows;
    }

    /** How many calls took how long, the slowest first. */
    DataTable distribution(ViewQuery view, String path) {
        double all = map.rows().stream().mapToLong(HeatMap.Row::sum).sum();
        long most = map.rows().stream().mapToLong(HeatMap.Row::sum).max().orElse(0);
        List<DataTable.Row> rows = new ArrayList<>();
        for (int row = map.rows().size() - 1; row >= 0; row--) {
            long calls = map.rows().get(row).sum();
            if (calls > 0) {
                ViewQuery narrowed = narrowed(view, row);
                rows.add(
                        new DataTable.Row(
                                narrowed.href(path),
                                List.of(
                                        Cell.text(map.rows().get(row).label()),
                                        Cell.figure(Figures.count(calls))
                                                .bar((double) calls / most)
                                                .to(narrowed.carried().href("/calls")),
                                        Cell.figure(Figures.share(calls / all)))));
            }
        }
        return new DataTable(
                "map-data",
                map.title(),
                List.of(Head.text("latency"), Head.figures("calls"), Head.figures("share")),
                rows,
                null);
    }

    /** The view of a row's calls only, as near as whole milliseconds come. */
    private ViewQuery narrowed(ViewQuery view, int row) {
        return view.with(LEAST, Long.toString((long) Math.floor(edges.get(row))))
                .with(MOST, Long.toString((long) Math.ceil(edges.get(row + 1))));
    }

    private static String range(List<Double> edges, int row) {
        return Figures.millis(edges.get(row)).text()
                + " – "
                + Figures.millis(edges.get(row + 1)).text();
    }

    private static long number(Table table, int row, String column) {
        return table.cell(row, column) instanceof Number number ? number.longValue() : 0;
    }
}
