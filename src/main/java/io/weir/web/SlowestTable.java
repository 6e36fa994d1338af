package io.weir.web;

import io.weir.report.SlowestCalls;
import io.weir.store.Table;
import io.weir.store.Unit;
import io.weir.web.DataTable.Cell;
import io.weir.web.DataTable.Head;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The calls that took longest, each with what took most of it. */
final class SlowestTable {
    private SlowestTable() {}

    /** Of a table of {@link SlowestCalls}. */
    static DataTable of(Table table) {
        List<DataTable.Row> rows = new ArrayList<>();
        double most = 0;
        for (int row = 0; row < table.rows().size(); row++) {
            most = Math.max(most, number(table, row, "latency_ms"));
            rows.add(row(table, row, most));
        }
        return new DataTable(
                "slowest",
                "Slowest calls",
                List.of(
                        Head.text("call"),
                        Head.text("received"),
                        Head.text("model"),
                        Head.text("key"),
                        Head.figures("latency"),
                        Head.text("most of it"),
                        Head.figures("first token"),
                        Head.figures("tokens out"),
                        Head.text("error")),
                rows,
                null);
    }

    private static DataTable.Row row(Table table, int row, double most) {
        String id = text(table, row, "id");
        Cell latency = Cell.figure(Figures.of(Unit.MS, table.cell(row, "latency_ms")));
        String error = text(table, row, "error");
        return new DataTable.Row(
                "/calls/" + id,
                List.of(
                        Cell.id(id),
                        table.cell(row, "time") instanceof Instant time
                                ? Cell.time(time)
                                : Cell.text(""),
                        Cell.id(text(table, row, "model")),
                        Cell.text(text(table, row, "key")),
                        latency.bar(most == 0 ? 0 : number(table, row, "latency_ms") / most),
                        Cell.text(
                                TimeSpent.longest(
                                        phase -> number(table, row, phase.measure().name()))),
                        Cell.figure(Figures.of(Unit.MS, table.cell(row, "first_token_ms"))),
                        Cell.figure(Figures.of(Unit.TOKENS, table.cell(row, "output_tokens"))),
                        Cell.text(error).tone(error.isEmpty() ? "plain" : "bad")));
    }

    private static double number(Table table, int row, String column) {
        return table.cell(row, column) instanceof Number number ? number.doubleValue() : 0;
    }

    private static String text(Table table, int row, String column) {
        return Objects.toString(table.cell(row, column), "");
    }
}
