package io.weir.web;

import io.weir.report.Series;
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
 * Figures over time, drawn by {@code charts.js}; without a script, and for those who do not see it,
 * the same figures in a table.
 *
 * @param unit of every series
 */
record Chart(String id, String title, Kind kind, Unit unit, Steps steps, List<Line> lines) {
    /** How series are drawn. */
    enum Kind {
        /** Each from zero. */
        LINE,
        /** Filled, one upon the other. */
        AREA,
        /** Columns, one upon the other. */
        BAR;

        String word() {
            return switch (this) {
                case LINE -> "line";
                case AREA -> "area";
                case BAR -> "bar";
            };
        }
    }

    /**
     * One series.
     *
     * @param tone a colour: {@code c1} to {@code c8}, {@code good}, {@code bad}, {@code plain}
     * @param values one a step; null is a gap
     */
    record Line(String label, String tone, List<@Nullable Double> values) {}

    Chart {
        lines = List.copyOf(lines);
    }

    Chart(String id, String title, Kind kind, Unit unit, Steps steps) {
        this(id, title, kind, unit, steps, List.of());
    }

    /** The chart with one more series. */
    Chart line(String label, String tone, List<@Nullable Double> values) {
        return add(new Line(label, tone, values));
    }

    /** The chart with one more series. */
    Chart add(Line line) {
        List<Line> more = new ArrayList<>(lines);
        more.add(line);
        return new Chart(id, title, kind, unit, steps, more);
    }

    /**
     * A column of a {@link Series} as a value for each step.
     *
     * @param missing what a step without calls has; null for a gap
     */
    static List<@Nullable Double> values(
            Table series, Steps steps, String column, @Nullable Double missing) {
        List<@Nullable Double> values = new ArrayList<>();
        for (int i = 0; i < steps.count(); i++) {
            values.add(missing);
        }
        for (int row = 0; row < series.rows().size(); row++) {
            if (series.cell(row, Series.TIME) instanceof Instant time
                    && series.cell(row, column) instanceof Number number) {
                values.set(steps.position(time), number.doubleValue());
            }
        }
        return values;
    }

    /** What is left of each value when the other is taken away. */
    static List<@Nullable Double> difference(
            List<@Nullable Double> values, List<@Nullable Double> others) {
        List<@Nullable Double> left = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            @Nullable Double value = values.get(i);
            @Nullable Double other = others.get(i);
            left.add(value == null || other == null ? value : Double.valueOf(value - other));
        }
        return left;
    }

    /** What the script reads. */
    String json() {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("kind", kind.word());
        json.put("unit", unit.word());
        json.put("step", steps.width().toSeconds());
        ArrayNode times = json.putArray("x");
        steps.times().forEach(time -> times.add(time.getEpochSecond()));
        ArrayNode series = json.putArray("series");
        for (Line line : lines) {
            ObjectNode each = series.addObject();
            each.put("label", line.label());
            each.put("tone", line.tone());
            ArrayNode values = each.putArray("values");
            line.values().forEach(values::add);
        }
        return json.toString();
    }

    /** The same figures as a table. */
    DataTable data() {
        List<Column> columns = new ArrayList<>();
        columns.add(new Column("time", Unit.TIME));
        lines.forEach(line -> columns.add(new Column(line.label(), unit)));
        List<Instant> times = steps.times();
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (int i = 0; i < times.size(); i++) {
            List<@Nullable Object> row = new ArrayList<>();
            row.add(times.get(i));
            for (Line line : lines) {
                row.add(line.values().get(i));
            }
            rows.add(row);
        }
        return DataTable.of(id + "-data", title, new Table(columns, rows));
    }
}
