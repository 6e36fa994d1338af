package io.weir.web;

import io.weir.report.LatencyMap;
import io.weir.report.Measure;
import io.weir.report.Series;
import io.weir.report.Steps;
import io.weir.store.Table;
import io.weir.web.DataTable.Cell;
import io.weir.web.DataTable.Head;
import io.weir.wire.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * How many calls took how long when, drawn by {@code heat.js}; without a script, how many took how
 * long.
 *
 * @param bands of latency, the fastest first
 * @param lines drawn over it, in milliseconds
 */
record HeatMap(String id, String title, Steps steps, List<Band> bands, List<Chart.Line> lines) {
    /** As many rows as a screen shows well. */
    private static final int MOST_BANDS = 40;

    /**
     * The calls of a range of latency.
     *
     * @param toMs where the next one begins
     * @param counts one a step
     */
    record Band(double fromMs, double toMs, List<Long> counts) {
        long calls() {
            return counts.stream().mapToLong(Long::longValue).sum();
        }

        /** The view of these calls only, as near as whole milliseconds come. */
        ViewQuery of(ViewQuery view) {
            return view.with("min_latency_ms", Long.toString((long) Math.floor(fromMs)))
                    .with("max_latency_ms", Long.toString((long) Math.ceil(toMs)));
        }

        String range() {
            return Figures.millis(fromMs).text() + " – " + Figures.millis(toMs).text();
        }
    }

    /** The map of a table of {@link LatencyMap}, as fine as it fits. */
    static HeatMap of(String id, String title, Table map, Steps steps, List<Chart.Line> lines) {
        List<Long> buckets = new ArrayList<>();
        for (int row = 0; row < map.rows().size(); row++) {
            buckets.add(number(map, row, LatencyMap.BUCKET));
        }
        if (buckets.isEmpty()) {
            return new HeatMap(id, title, steps, List.of(), lines);
        }
        long least = buckets.stream().mapToLong(Long::longValue).min().orElseThrow();
        long most = buckets.stream().mapToLong(Long::longValue).max().orElseThrow();
        long width = (most - least) / MOST_BANDS + 1;
        long[][] counts = new long[Math.toIntExact((most - least) / width + 1)][steps.count()];
        for (int row = 0; row < map.rows().size(); row++) {
            int band = Math.toIntExact((buckets.get(row) - least) / width);
            if (map.cell(row, Series.TIME) instanceof Instant time) {
                counts[band][steps.position(time)] += number(map, row, Measure.CALLS.name());
            }
        }
        List<Band> bands = new ArrayList<>();
        for (int band = 0; band < counts.length; band++) {
            bands.add(
                    new Band(
                            LatencyMap.millis(least + band * width),
                            LatencyMap.millis(least + (band + 1) * width),
                            Arrays.stream(counts[band]).boxed().toList()));
        }
        return new HeatMap(id, title, steps, bands, lines);
    }

    /** What the script reads. */
    String json() {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("step", steps.width().toSeconds());
        ArrayNode times = json.putArray("x");
        steps.times().forEach(time -> times.add(time.getEpochSecond()));
        ArrayNode edges = json.putArray("edges");
        bands.forEach(band -> edges.add(band.fromMs()));
        if (!bands.isEmpty()) {
            edges.add(bands.getLast().toMs());
        }
        ArrayNode rows = json.putArray("counts");
        bands.forEach(band -> band.counts().forEach(rows.addArray()::add));
        ArrayNode series = json.putArray("lines");
        for (Chart.Line line : lines) {
            ObjectNode each = series.addObject();
            each.put("label", line.label());
            each.put("tone", line.tone());
            ArrayNode values = each.putArray("values");
            line.values().forEach(values::add);
        }
        return json.toString();
    }

    /** How many calls took how long, the slowest first; each row leads to its calls. */
    DataTable data(ViewQuery view, String path) {
        double all = bands.stream().mapToLong(Band::calls).sum();
        long most = bands.stream().mapToLong(Band::calls).max().orElse(0);
        List<DataTable.Row> rows =
                bands.reversed().stream()
                        .filter(band -> band.calls() > 0)
                        .map(band ->
                                new DataTable.Row(
                                        band.of(view).href(path),
                                        List.of(
                                                Cell.text(band.range()),
                                                Cell.figure(Figures.count(band.calls()))
                                                        .bar((double) band.calls() / most),
                                                Cell.figure(Figures.share(band.calls() / all)))))
                        .toList();
        return new DataTable(
                id + "-data",
                title,
                List.of(Head.text("latency"), Head.figures("calls"), Head.figures("share")),
                rows,
                null);
    }

    private static long number(Table map, int row, String column) {
        return map.cell(row, column) instanceof Number number ? number.longValue() : 0;
    }
}
