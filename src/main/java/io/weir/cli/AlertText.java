package io.weir.cli;

import java.util.Locale;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Alerts as they are printed for people. */
final class AlertText {
    private AlertText() {}

    /** What fires first, then what is watched, silenced, and told. */
    static void print(JsonNode all, Terminal terminal) {
        incidents(all.path("rules"), terminal);
        rules(all.path("rules"), terminal);
        silences(all.path("silences"), terminal);
        channels(all.path("channels"), terminal);
    }

    /** When a rule would have fired. */
    static void printBacktest(JsonNode answer, Terminal terminal) {
        terminal.out()
                .println(
                        "%s: %s"
                                .formatted(
                                        terminal.bold(Printable.cell(answer.path("rule"))),
                                        Printable.cell(answer.path("summary"))));
        terminal.out()
                .println(
                        "%s to %s, looked at %s times: %s, %s."
                                .formatted(
                                        Printable.cell(answer.path("since")),
                                        Printable.cell(answer.path("until")),
                                        Amounts.count(answer.path("looked").asLong()),
                                        count(answer.path("incidents").asLong(), "incident"),
                                        count(answer.path("alerts").size(), "alert")));
        if (!answer.path("alerts").isEmpty()) {
            Columns columns = new Columns("lll").row("SINCE", "UNTIL", "AT ITS WORST");
            for (JsonNode alert : answer.path("alerts")) {
                boolean over = alert.path("until").isString();
                columns.row(
                        Printable.cell(alert.path("since")),
                        over ? Printable.cell(alert.path("until")) : "goes on",
                        Printable.cell(alert.path("sentence")));
            }
            columns.lines().forEach(terminal.out()::println);
        }
    }

    private static void incidents(JsonNode rules, Terminal terminal) {
        boolean any = false;
        for (JsonNode rule : rules) {
            JsonNode incident = rule.path("incident");
            if (!incident.isObject()) {
                continue;
            }
            any = true;
            terminal.out()
                    .println(
                            "%s %s (%s) since %s, %s"
                                    .formatted(
                                            terminal.bold(
                                                    Printable.cell(incident.path("severity"))
                                                            .toUpperCase(Locale.ROOT)),
                                            terminal.bold(Printable.cell(incident.path("rule"))),
                                            Printable.cell(incident.path("id")),
                                            Printable.cell(incident.path("opened_at")),
                                            lookedAfter(rule, incident)));
            for (JsonNode alert : incident.path("alerts")) {
                boolean over = alert.path("until").isString();
                String line = "  " + Printable.cell(alert.path("sentence"));
                terminal.out().println(over ? terminal.dim(line + " (over)") : line);
            }
        }
        terminal.out().println(any ? "" : "Nothing fires.\n");
    }

    private static String lookedAfter(JsonNode rule, JsonNode incident) {
        if (incident.path("acknowledged_by").isString()) {
            return Printable.cell(incident.path("acknowledged_by")) + " looks after it";
        }
        return rule.path("state").asString("").equals("silenced")
                ? "silenced"
                : "nobody looks after it: weir alerts ack " + Printable.cell(incident.path("rule"));
    }

    private static void rules(JsonNode rules, Terminal terminal) {
        Columns columns =
                new Columns("llllll")
                        .row("RULE", "STATE", "SEVERITY", "FROM", "TELLS", "WATCHES FOR");
        for (JsonNode rule : rules) {
            String to =
                    rule.path("to")
                            .valueStream()
                            .map(Printable::cell)
                            .collect(Collectors.joining(","));
            columns.row(
                    Printable.cell(rule.path("name")),
                    Printable.cell(rule.path("state")),
                    Printable.cell(rule.path("severity")),
                    Printable.cell(rule.path("origin")),
                    to.isEmpty() ? "nobody" : to,
                    Printable.cell(rule.path("summary")));
        }
        columns.lines().forEach(terminal.out()::println);
    }

    private static void silences(JsonNode silences, Terminal terminal) {
        if (silences.isEmpty()) {
            return;
        }
        Columns columns = new Columns("llllll").row("SILENCE", "RULE", "OF", "UNTIL", "BY", "WHY");
        for (JsonNode silence : silences) {
            String rule = Printable.cell(silence.path("rule"));
            String group =
                    silence.path("group").properties().stream()
                            .map(it ->
                                    Printable.line(it.getKey() + "=" + it.getValue().asString("")))
                            .collect(Collectors.joining(" "));
            columns.row(
                    Printable.cell(silence.path("id")),
                    rule.equals("*") ? "all" : rule,
                    group.isEmpty() ? "everything" : group,
                    Printable.cell(silence.path("until")),
                    Printable.cell(silence.path("by")),
                    Printable.cell(silence.path("why")));
        }
        terminal.out().println();
        columns.lines().forEach(terminal.out()::println);
    }

    private static void channels(JsonNode channels, Terminal terminal) {
        terminal.out().println();
        if (channels.isEmpty()) {
            terminal.out().println("Nobody is told: no channel is configured, see docs/alerts.md.");
            return;
        }
        Columns columns =
                new Columns("llrrrl")
                        .row("CHANNEL", "KIND", "WAITING", "TOLD", "FAILURES", "PROBLEM");
        for (JsonNode channel : channels) {
            columns.row(
                    Printable.cell(channel.path("name")),
                    Printable.cell(channel.path("kind")),
                    Amounts.count(channel.path("waiting").asLong()),
                    Amounts.count(channel.path("told").asLong()),
                    Amounts.count(channel.path("failures").asLong()),
                    Printable.cell(channel.path("problem")));
        }
        columns.lines().forEach(terminal.out()::println);
    }

    private static String count(long number, String what) {
        return Amounts.count(number) + " " + what + (number == 1 ? "" : "s");
    }
}
