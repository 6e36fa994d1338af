package io.weir.web;

import io.weir.store.CallFilter;
import io.weir.store.Table;
import io.weir.store.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A cause as a row.
 *
 * @param share of what it explains, 0 to 100
 * @param inside the bad calls' share, or the cost of a call, within it; then of all others, and
 *     before
 * @param calls the address of its calls; null where no filter lists them
 */
record WhyCause(
        String attribute,
        String value,
        int share,
        Sentence reads,
        Figure count,
        Figure inside,
        Figure outside,
        Figure before,
        String confidence,
        Optional<String> calls) {
    private static final String AND = " × ";

    /** The causes of one trouble, the best first. */
    static List<WhyCause> of(Table table, String trouble, ViewQuery view) {
        List<WhyCause> causes = new ArrayList<>();
        for (int row = 0; row < table.rows().size(); row++) {
            if (trouble.equals(table.cell(row, "what"))) {
                causes.add(cause(table, row, view));
            }
        }
        return causes;
    }

    private static WhyCause cause(Table table, int row, ViewQuery view) {
        String attribute = text(table, row, "attribute");
        String value = text(table, row, "value");
        double share = table.cell(row, "explains") instanceof Double part ? part : 0;
        return new WhyCause(
                attribute,
                value,
                (int) Math.round(100 * Math.clamp(share, 0, 1)),
                Sentence.of(text(table, row, "reads")),
                Figures.of(Unit.CALLS, table.cell(row, "calls")),
                rate(table, row, "rate", "cost_per_call_nano_usd"),
                rate(table, row, "rate_outside", "cost_per_call_outside_nano_usd"),
                rate(table, row, "rate_before", "cost_per_call_before_nano_usd"),
                text(table, row, "confidence"),
                calls(attribute.split(AND, -1), value.split(AND, -1), view));
    }

    private static Figure rate(Table table, int row, String rate, String cost) {
        return table.cell(row, rate) == null
                ? Figures.of(Unit.NANO_USD, table.cell(row, cost))
                : Figures.of(Unit.SHARE, table.cell(row, rate));
    }

    private static Optional<String> calls(String[] attributes, String[] values, ViewQuery view) {
        if (attributes.length != values.length) {
            return Optional.empty();
        }
        ViewQuery narrower = view.carried();
        for (int i = 0; i < attributes.length; i++) {
            if (!CallFilter.NAMES.contains(attributes[i])) {
                return Optional.empty();
            }
            boolean flag = attributes[i].equals("stream");
            narrower =
                    narrower.with(
                            attributes[i],
                            flag ? String.valueOf(values[i].equals("yes")) : values[i]);
        }
        return Optional.of(narrower.href("/calls"));
    }

    private static String text(Table table, int row, String column) {
        return String.valueOf(table.cell(row, column));
    }
}
