package io.weir.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** What has to be done about prices, as people read it. */
final class PriceCheckText {
    private final List<String> lines = new ArrayList<>();

    private PriceCheckText() {}

    /** What the check has found, in lines; none where there is nothing to do. */
    static List<String> lines(JsonNode check) {
        PriceCheckText text = new PriceCheckText();
        text.unpriced(check.path("unpriced"));
        text.ending(check.path("ending"));
        text.disputed(check.path("disputed"));
        JsonNode problem = check.path("catalogue").path("problem");
        if (problem.isString()) {
            text.head("The catalogue of models is old: " + Printable.cell(problem));
        }
        return text.lines;
    }

    private void head(String line) {
        if (!lines.isEmpty()) {
            lines.add("");
        }
        lines.add(line);
    }

    private void unpriced(JsonNode all) {
        if (all.isEmpty()) {
            return;
        }
        head("Used without a price");
        Columns columns =
                new Columns("lrrlll").row("MODEL", "CALLS", "TOKENS", "LAST CALL", "WHY", "DO");
        for (JsonNode each : all) {
            String model = Printable.cell(each.path("model"));
            columns.row(
                    model,
                    count(each, "calls"),
                    count(each, "tokens"),
                    day(each, "last_call"),
                    Printable.cell(each.path("reason")),
                    each.path("has_price").asBoolean()
                            ? "weir prices reprice"
                            : "weir prices set " + model);
        }
        lines.addAll(columns.lines());
    }

    private void ending(JsonNode all) {
        if (all.isEmpty()) {
            return;
        }
        head("Used, and ending");
        Columns columns =
                new Columns("lrlllll")
                        .row("MODEL", "CALLS", "LAST CALL", "ENDS", "", "INSTEAD", "SOURCE");
        for (JsonNode each : all) {
            columns.row(
                    Printable.cell(each.path("model")),
                    count(each, "calls"),
                    day(each, "last_call"),
                    Printable.cell(each.path("shutdown")),
                    each.path("over").asBoolean() ? "over" : "soon",
                    Printable.cell(each.path("replacement")),
                    Printable.cell(each.path("source")));
        }
        lines.addAll(columns.lines());
    }

    private void disputed(JsonNode all) {
        if (all.isEmpty()) {
            return;
        }
        head("Used at prices that sources dispute");
        Columns columns =
                new Columns("lrrlll").row("MODEL", "CALLS", "TOKENS", "FOR", "AGAINST", "DO");
        for (JsonNode each : all) {
            String model = Printable.cell(each.path("model"));
            columns.row(
                    model,
                    count(each, "calls"),
                    count(each, "tokens"),
                    names(each.path("agreed_by")),
                    names(each.path("disputed_by")),
                    "weir prices set " + model);
        }
        lines.addAll(columns.lines());
    }

    private static String count(JsonNode each, String name) {
        return Amounts.count(each.path(name).asLong());
    }

    private static String day(JsonNode each, String name) {
        String text = Printable.cell(each.path(name));
        return text.length() < 10 ? text : text.substring(0, 10);
    }

    private static String names(JsonNode all) {
        return all.valueStream().map(Printable::cell).collect(Collectors.joining(", "));
    }
}
