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
 */
record HeatMap(String id, String title, Steps steps, List<Row> rows) {
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
        return json.toString();
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
