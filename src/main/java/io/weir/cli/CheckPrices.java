package io.weir.cli;

import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** {@code weir prices check}: what has to be done about prices. */
@Command(
        name = "check",
        abbreviateSynopsis = true,
        sortOptions = false,
        description = {
            "Say what is used without a price, what is used and ends soon, and where sources of prices differ.",
            "Exit status: 0 where nothing has to be done, 1 where something has."
        },
        footer = {"", "Examples:", "  weir prices check", "  weir prices check --days 7 --near 30"})
final class CheckPrices extends AdminCommand {
    @Option(
            names = "--days",
            paramLabel = "N",
            defaultValue = "30",
            description = "What was used in the last so many days. Default: ${DEFAULT-VALUE}.")
    private int days = 30;

    @Option(
            names = "--near",
            paramLabel = "N",
            defaultValue = "90",
            description = "Models that end within so many days. Default: ${DEFAULT-VALUE}.")
    private int near = 90;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    CheckPrices(Terminal terminal) {
        super(terminal);
    }

    @Override
    ExitCode ask(Server admin, Terminal terminal) throws InterruptedException {
        Query query = new Query().and("days", days).and("near", near);
        JsonNode check = admin.adminJson("/price-check" + query);
        if (json) {
            terminal.out().println(check);
        } else {
            print(check, terminal);
        }
        return check.path("to_do").asInt() == 0 ? ExitCode.OK : ExitCode.FAILED;
    }

    private void print(JsonNode check, Terminal terminal) {
        if (check.path("to_do").asInt() == 0) {
            terminal.out()
                    .println(
                            "Everything used in the last %d days has a price that sources agree on, and no model of it ends within %d days."
                                    .formatted(days, near));
        }
        unpriced(check.path("unpriced"), terminal);
        ending(check.path("ending"), terminal);
        disputed(check.path("disputed"), terminal);
        JsonNode problem = check.path("catalogue").path("problem");
        if (problem.isString()) {
            terminal.out().println("The catalogue of models is old: " + Printable.cell(problem));
        }
    }

    private static void unpriced(JsonNode all, Terminal terminal) {
        if (all.isEmpty()) {
            return;
        }
        terminal.out().println(terminal.bold("Used without a price"));
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
        columns.lines().forEach(terminal.out()::println);
        terminal.out().println();
    }

    private static void ending(JsonNode all, Terminal terminal) {
        if (all.isEmpty()) {
            return;
        }
        terminal.out().println(terminal.bold("Used, and ending"));
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
        columns.lines().forEach(terminal.out()::println);
        terminal.out().println();
    }

    private static void disputed(JsonNode all, Terminal terminal) {
        if (all.isEmpty()) {
            return;
        }
        terminal.out().println(terminal.bold("Used at prices that sources dispute"));
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
        columns.lines().forEach(terminal.out()::println);
        terminal.out().println();
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
