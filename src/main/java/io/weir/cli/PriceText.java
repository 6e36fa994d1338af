package io.weir.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Prices of the admin API as people read them. */
final class PriceText {
    private PriceText() {}

    /** Prices, a line for each tier of each. */
    static List<String> table(JsonNode prices) {
        Columns columns =
                new Columns("lllrrrlll")
                        .row(
                                "MODEL", "FROM", "TIER", "INPUT", "CACHED", "OUTPUT", "ORIGIN",
                                "ENDS", "NOTE");
        for (JsonNode price : prices) {
            if (price.path("tiers").isEmpty()) {
                row(columns, price, "", price.path("tiers"));
            }
            for (Map.Entry<String, JsonNode> tier : price.path("tiers").properties()) {
                row(columns, price, tier.getKey(), tier.getValue());
            }
        }
        return columns.lines();
    }

    /** What was found of calls without a price. */
    static List<String> findings(JsonNode found, boolean dry) {
        List<String> lines = new ArrayList<>();
        if (found.path("calls").asLong() == 0) {
            lines.add("No call without a price has one now.");
        } else {
            lines.add(
                    "%s %s, %s."
                            .formatted(dry ? "Would price" : "Priced", calls(found), usd(found)));
            Columns columns = new Columns("lrrr").row("PRICE", "CALLS", "TOKENS", "COST");
            for (JsonNode each : found.path("by_price")) {
                columns.row(
                        Printable.cell(each.path("price_id")),
                        Amounts.count(each.path("calls").asLong()),
                        Amounts.count(each.path("tokens").asLong()),
                        usd(each));
            }
            lines.addAll(columns.lines());
        }
        for (JsonNode each : found.path("left")) {
            lines.add(
                    "Still without a price: %s, %s."
                            .formatted(calls(each), Printable.cell(each.path("reason"))));
        }
        return lines;
    }

    /** How many calls. */
    static String calls(JsonNode found) {
        long calls = found.path("calls").asLong();
        return Amounts.count(calls) + (calls == 1 ? " call" : " calls");
    }

    /** How much money, exactly. */
    static String usd(JsonNode found) {
        return Amounts.dollars(found.path("nano_usd").asLong());
    }

    private static void row(Columns columns, JsonNode price, String tier, JsonNode rates) {
        columns.row(
                Printable.cell(price.path("model")),
                Printable.cell(price.path("from")),
                tier.isEmpty() ? "-" : Printable.line(tier),
                rate(rates, "input"),
                rate(rates, "cache_read"),
                rate(rates, "output"),
                price.path("origin").asString("command"),
                Printable.cell(price.path("shutdown")),
                note(price, rates));
    }

    private static String rate(JsonNode rates, String part) {
        JsonNode rate = rates.path(part);
        return rate.isNumber() ? rate.decimalValue().toPlainString() : "-";
    }

    private static String note(JsonNode price, JsonNode rates) {
        List<String> notes = new ArrayList<>();
        if (price.has("in_force") && !price.path("in_force").asBoolean()) {
            notes.add("not in force");
        }
        if (price.has("billed_by")) {
            notes.add("billed by " + Printable.cell(price.path("billed_by")));
        }
        if (rates.has("long_context")) {
            JsonNode above = rates.path("long_context");
            notes.add(
                    "above %s: %s, %s, %s"
                            .formatted(
                                    Amounts.count(price.path("long_context_above").asLong()),
                                    rate(above, "input"),
                                    rate(above, "cache_read"),
                                    rate(above, "output")));
        }
        if (!price.path("disputed_by").isEmpty()) {
            notes.add(
                    "disputed by "
                            + price.path("disputed_by")
                                    .valueStream()
                                    .map(Printable::cell)
                                    .collect(Collectors.joining(", ")));
        }
        return String.join("; ", notes);
    }
}
