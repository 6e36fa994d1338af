package io.weir.web;

import io.weir.report.Measure;
import io.weir.report.UnpricedCalls;
import io.weir.store.Table;
import io.weir.store.Unit;
import io.weir.web.DataTable.Cell;
import io.weir.web.DataTable.Head;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/** Models whose calls have no price, each with why and leading to these calls. */
final class UnpricedTable {
    private UnpricedTable() {}

    /** Of a table of {@link UnpricedCalls}, for the view it was asked of. */
    static DataTable of(Table table, ViewQuery view) {
        return new DataTable(
                "unpriced",
                "Calls without a price",
                List.of(
                        Head.text("model"),
                        Head.text("reason"),
                        Head.figures("calls"),
                        Head.figures("tokens"),
                        Head.text("last call")),
                IntStream.range(0, table.rows().size())
                        .mapToObj(row -> row(table, row, view))
                        .toList(),
                null);
    }

    private static DataTable.Row row(Table table, int row, ViewQuery view) {
        String model = text(table, row, "model");
        Cell calls = Cell.figure(Figures.of(Unit.CALLS, table.cell(row, Measure.CALLS.name())));
        return new DataTable.Row(
                null,
                List.of(
                        model.isEmpty() ? Cell.text("(none)") : Cell.id(model),
                        Cell.text(text(table, row, "reason")),
                        // No filter means calls without a model.
                        model.isEmpty() ? calls : calls.to(Links.unpriced(view, model)),
                        Cell.figure(Figures.of(Unit.TOKENS, table.cell(row, "tokens"))),
                        table.cell(row, "last_call") instanceof Instant last
                                ? Cell.time(last)
                                : Cell.text("")));
    }

    private static String text(Table table, int row, String column) {
        return Objects.toString(table.cell(row, column), "");
    }
}
