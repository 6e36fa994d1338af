package io.weir.web;

import io.weir.report.Steps;
import io.weir.store.Column;
import io.weir.store.Table;
import io.weir.store.Unit;
import io.weir.wire.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * How calls are spread over time and over something else: a cell for each step and row, the darker
 * the more calls. Drawn by {@code heat.js}; without a script a table.
 *
 * @param rows from the bottom up
 * @param scale what the rows are ranges of; null where they are no ranges
 */
record HeatMap(String id, String title, Steps steps, List<Row> rows, @Nullable Scale scale) {
    /**
     * A row of cells.
     *
     * @param label what its calls have in common, {@code 1–2 s} for instance
     * @param calls one number a step
     */
    record Row(String label, List<Long> calls) {
        Row {
            calls = List.copyOf(calls);
        }

        /** All of its calls. */
        long sum() {
            return calls.stream().mapToLong(Long::longValue).sum();
        }
    }

    /**
     * A time that the rows are ranges of, each as much longer than the one below it as that is than
     * its own: a part of the map is then a view of its own.
     *
     * @param edges in milliseconds, where each row begins, and where the last one ends
     * @param least the filter for calls of at least so many
     * @param most the filter for calls of no more
     * @param lines drawn over the cells, in milliseconds
     */
    record Scale(List<Double> edges, String least, String most, List<Chart.Line> lines) {
        Scale {
            edges = List.copyOf(edges);
            lines = List.copyOf(lines);
        }
    }

    HeatMap(String id, String title, Steps steps, List<Row> rows) {
        this(id, title, steps, rows, null);
    }

    HeatMap {
        rows = List.copyOf(rows);
        for (Row row : rows) {
            if (row.calls().size() != steps.count()) {
                throw new IllegalArgumentException(
                        "the row '%s' has %d cells for %d steps"
                                .formatted(row.label(), row.calls().size(), steps.count()));
            }
        }
        if (scale != null && scale.edges().size() != rows.size() + 1) {
            throw new IllegalArgumentException(
                    "%d rows have %d edges".formatted(rows.size(), scale.edges().size()));
        }
    }

    /** What the script reads. */
    String json() {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("step", steps.width().toSeconds());
        ArrayNode times = json.putArray("x");
        steps.times().forEach(time -> times.add(time.getEpochSecond()));
        ArrayNode list = json.putArray("rows");
        for (Row row : rows) {
            ObjectNode each = list.addObject();
            each.put("label", row.label());
            ArrayNode values = each.putArray("values");
            row.calls().forEach(values::add);
        }
        if (scale != null) {
            write(scale, json.putObject("scale"));
        }
        return json.toString();
    }

    private static void write(Scale scale, ObjectNode json) {
        ArrayNode edges = json.putArray("edges");
        scale.edges().forEach(edges::add);
        json.put("least", scale.least());
        json.put("most", scale.most());
        ArrayNode lines = json.putArray("lines");
        for (Chart.Line line : scale.lines()) {
            ObjectNode each = lines.addObject();
            each.put("label", line.label());
            each.put("tone", line.tone());
            ArrayNode values = each.putArray("values");
            line.values().forEach(values::add);
        }
    }

    /** The same figures as a table. */
    DataTable data() {
        List<Column> columns = new ArrayList<>();
        columns.add(new Column("time", Unit.TIME));
        rows.forEach(row -> columns.add(new Column(row.label(), Unit.CALLS)));
        List<Instant> times = steps.times();
        List<List<@Nullable Object>> lines = new ArrayList<>();
        for (int i = 0; i < times.size(); i++) {
            List<@Nullable Object> line = new ArrayList<>();
            line.add(times.get(i));
            for (Row row : rows) {
                line.add(row.calls().get(i));
            }
            lines.add(line);
        }
        return DataTable.of(id + "-data", title, new Table(columns, lines));
    }
}
