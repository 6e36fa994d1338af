package io.weir.cli;

import java.time.Duration;
import java.time.Instant;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code weir exporters}: what calls are handed on to. */
@Command(
        name = "exporters",
        sortOptions = false,
        synopsisSubcommandLabel = "COMMAND",
        description = {
            "Look after what ended calls are handed on to.",
            "They are configured under 'exporters'; see docs/exporters.md."
        },
        subcommands = {
            ManageExporters.ListThem.class,
            ManageExporters.Lag.class,
            ManageExporters.Test.class,
            ManageExporters.Reset.class
        },
        footer = {
            "",
            "Examples:",
            "  weir exporters list",
            "  weir exporters test splunk",
            "  weir exporters reset splunk --to oldest"
        })
final class ManageExporters extends CommandGroup {
    /** {@code weir exporters list}. */
    @Command(
            name = "list",
            abbreviateSynopsis = true,
            sortOptions = false,
            description = "Say how each exporter is: what it sent, what failed, what is wrong now.",
            footer = {"", "Example:", "  weir exporters list --json | jq ."})
    static final class ListThem extends AdminCommand {
        @Option(names = "--json", description = "Print one JSON object.")
        private boolean json;

        ListThem(Terminal terminal) {
            super(terminal);
        }

        @Override
        ExitCode ask(Server admin, Terminal terminal) throws InterruptedException {
            JsonNode all = admin.adminJson("/exporters");
            if (json) {
                terminal.out().println(all);
            } else if (all.path("exporters").isEmpty()) {
                terminal.out().println("No exporter is configured. See docs/exporters.md for one.");
            } else {
                print(all.path("exporters"), terminal);
            }
            return ExitCode.OK;
        }

        private static void print(JsonNode exporters, Terminal terminal) {
            Columns columns =
                    new Columns("llrrrrrl")
                            .row(
                                    "NAME",
                                    "KIND",
                                    "BEHIND",
                                    "SENT",
                                    "FAILURES",
                                    "SET ASIDE",
                                    "DROPPED",
                                    "PROBLEM");
            for (JsonNode each : exporters) {
                columns.row(
                        Printable.cell(each.path("name")),
                        Printable.cell(each.path("kind")),
                        count(each, "lag"),
                        count(each, "sent"),
                        count(each, "failures"),
                        count(each, "set_aside"),
                        count(each, "dropped"),
                        Printable.cell(each.path("problem")));
            }
            columns.lines().forEach(terminal.out()::println);
        }

        private static String count(JsonNode each, String name) {
            return Amounts.count(each.path(name).asLong());
        }
    }

    /** {@code weir exporters lag}. */
    @Command(
            name = "lag",
            abbreviateSynopsis = true,
            sortOptions = false,
            description = {
                "Say how far each exporter is behind: entries of the journal, and for how long its oldest call waits.",
                "Exit code 1 where one waits longer than --most."
            },
            footer = {"", "Example:", "  weir exporters lag --most 300"})
    static final class Lag extends AdminCommand {
        @Option(
                names = "--most",
                paramLabel = "SECONDS",
                description = "How long a call may wait; without it, any time.")
        private long most = Long.MAX_VALUE;

        Lag(Terminal terminal) {
            super(terminal);
        }

        @Override
        ExitCode ask(Server admin, Terminal terminal) throws InterruptedException {
            boolean late = false;
            Columns columns = new Columns("lrr").row("NAME", "ENTRIES", "WAITS, S");
            for (JsonNode each : admin.adminJson("/exporters").path("exporters")) {
                long seconds = waits(each.path("waiting_since"));
                late |= seconds > most;
                columns.row(
                        Printable.cell(each.path("name")),
                        Amounts.count(each.path("lag").asLong()),
                        Amounts.count(seconds));
            }
            columns.lines().forEach(terminal.out()::println);
            return late ? ExitCode.FAILED : ExitCode.OK;
        }

        private static long waits(JsonNode since) {
            return since.isString()
                    ? Math.max(
                            0,
                            Duration.between(Instant.parse(since.asString()), Instant.now())
                                    .toSeconds())
                    : 0;
        }
    }

    /** {@code weir exporters test}. */
    @Command(
            name = "test",
            abbreviateSynopsis = true,
            sortOptions = false,
            description = {
                "Send one made up event, past what waits, and say what became of it.",
                "Its endpoint is weir.test. Exit code 1 where it is not taken."
            },
            footer = {"", "Example:", "  weir exporters test splunk"})
    static final class Test extends AdminCommand {
        @Parameters(paramLabel = "NAME", description = "The exporter.")
        private String name = "";

        Test(Terminal terminal) {
            super(terminal);
        }

        @Override
        ExitCode ask(Server admin, Terminal terminal) throws InterruptedException {
            JsonNode answer = admin.adminPost("/exporter-tests/" + Query.encoded(name));
            if (answer.path("ok").asBoolean()) {
                terminal.out().println(name + " took the event.");
                return ExitCode.OK;
            }
            terminal.err()
                    .println(
                            "weir: %s did not take the event: %s"
                                    .formatted(name, Printable.cell(answer.path("problem"))));
            return ExitCode.FAILED;
        }
    }

    /** {@code weir exporters reset}. */
    @Command(
            name = "reset",
            abbreviateSynopsis = true,
            sortOptions = false,
            description = {
                "Make an exporter begin anew: at the next call that ends, or at the oldest that the journal has.",
                "With newest, calls that were not sent yet never will be; with oldest, some are sent a second time."
            },
            footer = {"", "Example:", "  weir exporters reset splunk --to newest"})
    static final class Reset extends AdminCommand {
        @Parameters(paramLabel = "NAME", description = "The exporter.")
        private String name = "";

        @Option(
                names = "--to",
                required = true,
                paramLabel = "WHERE",
                description = "newest or oldest.")
        private String to = "";

        Reset(Terminal terminal) {
            super(terminal);
        }

        @Override
        ExitCode ask(Server admin, Terminal terminal) throws InterruptedException {
            admin.adminPost("/exporter-resets/" + Query.encoded(name) + "?to=" + Query.encoded(to));
            terminal.out().println("%s begins anew at the %s.".formatted(name, to));
            return ExitCode.OK;
        }
    }
}
