package io.weir.cli;

import io.weir.config.ConfigException;
import io.weir.config.Settings;
import io.weir.wire.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code weir alerts}: what is watched, what fires, and who is told. */
@Command(
        name = "alerts",
        sortOptions = false,
        synopsisSubcommandLabel = "COMMAND",
        description = {
            "See what fires, look after it, silence it, and try rules against the past.",
            "Rules and channels are configured under 'alerts'; see docs/alerts.md."
        },
        subcommands = {
            ManageAlerts.ListThem.class,
            ManageAlerts.Acknowledge.class,
            ManageAlerts.SilenceThem.class,
            ManageAlerts.Unsilence.class,
            ManageAlerts.Test.class,
            ManageAlerts.History.class,
            ManageAlerts.Backtest.class,
            ManageAlerts.Add.class,
            ManageAlerts.Remove.class
        },
        footer = {
            "",
            "Examples:",
            "  weir alerts list",
            "  weir alerts ack errors",
            "  weir alerts silence errors --for 2h --where model=gpt-4o",
            "  weir alerts backtest errors --since 7d"
        })
final class ManageAlerts extends CommandGroup {
    /** Who does it, for the history. */
    private static String user(@Nullable String named, Terminal terminal) {
        return Optional.ofNullable(named)
                .or(() -> terminal.variable("USER"))
                .orElse("the admin key");
    }

    /** {@code weir alerts list}. */
    @Command(
            name = "list",
            abbreviateSynopsis = true,
            sortOptions = false,
            description =
                    "Say what fires, what is watched, what is silenced, and how channels are.",
            footer = {
                "",
                "Examples:",
                "  weir alerts list --json | jq '.rules[] | select(.state == \"firing\")'",
                "  weir alerts list --fail || echo something fires"
            })
    static final class ListThem extends AdminCommand {
        @Option(names = "--json", description = "Print one JSON object.")
        private boolean json;

        @Option(names = "--fail", description = "Exit code 1 where a rule fires.")
        private boolean fail;

        ListThem(Terminal terminal) {
            super(terminal);
        }

        @Override
        ExitCode ask(Server admin, Terminal terminal) throws InterruptedException {
            JsonNode all = admin.adminJson("/alerts");
            if (json) {
                terminal.out().println(all);
            } else {
                AlertText.print(all, terminal);
            }
            boolean fires =
                    all.path("rules")
                            .valueStream()
                            .anyMatch(rule -> rule.path("state").asString().equals("firing"));
            return fail && fires ? ExitCode.FAILED : ExitCode.OK;
        }
    }

    /** {@code weir alerts ack}. */
    @Command(
            name = "ack",
            abbreviateSynopsis = true,
            sortOptions = false,
            description = {
                "Say that you look after an incident.",
                "Nobody is told again that it goes on, nor anybody instead of you; its end is told all the same."
            },
            footer = {"", "Example:", "  weir alerts ack errors --by alice"})
    static final class Acknowledge extends AdminCommand {
        @Parameters(
                paramLabel = "INCIDENT",
                description = "Its id, the beginning of it, or its rule.")
        private String incident = "";

        @Option(
                names = "--by",
                paramLabel = "WHO",
                description = "You. Default: the variable USER.")
        private @Nullable String by;

        Acknowledge(Terminal terminal) {
            super(terminal);
        }

        @Override
        ExitCode ask(Server admin, Terminal terminal) throws InterruptedException {
            JsonNode answer =
                    admin.adminPost(
                            "/alert-acknowledgements/"
                                    + Query.encoded(incident)
                                    + new Query().and("by", user(by, terminal)));
            terminal.out()
                    .println(
                            "%s looks after %s (%s)."
                                    .formatted(
                                            Printable.cell(answer.path("acknowledged_by")),
                                            Printable.cell(answer.path("rule")),
                                            Printable.cell(answer.path("id"))));
            return ExitCode.OK;
        }
    }

    /** {@code weir alerts silence}. */
    @Command(
            name = "silence",
            abbreviateSynopsis = true,
            sortOptions = false,
            description = {
                "Have nobody told of a rule's alerts for a while.",
                "It is watched all the same, and what still fires when the silence ends is told then."
            },
            footer = {
                "",
                "Examples:",
                "  weir alerts silence errors --for 2h --why 'provider has an outage'",
                "  weir alerts silence all --for 30m --where model=gpt-4o"
            })
    static final class SilenceThem extends AdminCommand {
        @Parameters(paramLabel = "RULE", description = "The rule, or all.")
        private String rule = "";

        @Option(
                names = "--for",
                paramLabel = "TIME",
                defaultValue = "1h",
                description = "How long: 30m, 2h, 7d. Default: ${DEFAULT-VALUE}.")
        private String time = "1h";

        @Option(
                names = "--where",
                paramLabel = "NAME=VALUE",
                description = "Only alerts of such a group: model=gpt-4o. Can be repeated.")
        private Map<String, String> where = new LinkedHashMap<>();

        @Option(names = "--why", paramLabel = "TEXT", description = "For whoever wonders.")
        private String why = "";

        @Option(
                names = "--by",
                paramLabel = "WHO",
                description = "You. Default: the variable USER.")
        private @Nullable String by;

        SilenceThem(Terminal terminal) {
            super(terminal);
        }

        @Override
        ExitCode ask(Server admin, Terminal terminal) throws InterruptedException {
            ObjectNode wanted = Json.MAPPER.createObjectNode();
            wanted.put("rule", rule.equals("all") ? "*" : rule).put("for", time);
            wanted.put("by", user(by, terminal)).put("why", why);
            ObjectNode group = wanted.putObject("group");
            where.forEach(group::put);
            JsonNode silence = admin.adminPost("/alert-silences", wanted);
            terminal.out()
                    .println(
                            "Silenced until %s. End it early: weir alerts unsilence %s"
                                    .formatted(
                                            Printable.cell(silence.path("until")),
                                            Printable.cell(silence.path("id"))));
            return ExitCode.OK;
        }
    }

    /** {@code weir alerts unsilence}. */
    @Command(
            name = "unsilence",
            abbreviateSynopsis = true,
            sortOptions = false,
            description = "End a silence early.",
            footer = {"", "Example:", "  weir alerts unsilence 3f9a1c"})
    static final class Unsilence extends AdminCommand {
        @Parameters(paramLabel = "SILENCE", description = "Its id, or the beginning of it.")
        private String id = "";

        @Option(
                names = "--by",
                paramLabel = "WHO",
                description = "You. Default: the variable USER.")
        private @Nullable String by;

        Unsilence(Terminal terminal) {
            super(terminal);
        }

        @Override
        ExitCode ask(Server admin, Terminal terminal) throws InterruptedException {
            admin.adminDelete(
                    "/alert-silences/"
                            + Query.encoded(id)
                            + new Query().and("by", user(by, terminal)));
            terminal.out().println("The silence is over.");
            return ExitCode.OK;
        }
    }

    /** {@code weir alerts test}. */
    @Command(
            name = "test",
            abbreviateSynopsis = true,
            sortOptions = false,
            description = {
                "Tell a channel that somebody tries it, past what waits.",
                "Exit code 1 where it cannot be told."
            },
            footer = {"", "Example:", "  weir alerts test mail"})
    static final class Test extends AdminCommand {
        @Parameters(paramLabel = "CHANNEL", description = "The channel.")
        private String channel = "";

        Test(Terminal terminal) {
            super(terminal);
        }

        @Override
        ExitCode ask(Server admin, Terminal terminal) throws InterruptedException {
            JsonNode answer = admin.adminPost("/alert-tests/" + Query.encoded(channel));
            if (answer.path("ok").asBoolean()) {
                terminal.out().println(channel + " was told.");
                return ExitCode.OK;
            }
            terminal.err()
                    .println(
                            "weir: %s was not told: %s"
                                    .formatted(channel, Printable.cell(answer.path("problem"))));
            return ExitCode.FAILED;
        }
    }

    /** {@code weir alerts history}. */
    @Command(
            name = "history",
            abbreviateSynopsis = true,
            sortOptions = false,
            description =
                    "Say what has happened, the latest first: what fired, who was told, who looked after it.",
            footer = {"", "Example:", "  weir alerts history --since 24h"})
    static final class History extends AdminCommand {
        @Option(
                names = "--since",
                paramLabel = "WHEN",
                converter = Moment.Converter.class,
                description = "How long ago, or an instant. Default: as far as it goes.")
        private @Nullable Moment since;

        @Option(
                names = "--limit",
                paramLabel = "N",
                defaultValue = "50",
                description = "How many lines. Default: ${DEFAULT-VALUE}.")
        private int limit = 50;

        @Option(names = "--json", description = "Print one JSON object.")
        private boolean json;

        History(Terminal terminal) {
            super(terminal);
        }

        @Override
        ExitCode ask(Server admin, Terminal terminal) throws InterruptedException {
            JsonNode answer =
                    admin.adminJson(
                            "/alert-history" + new Query().and("since", since).and("limit", limit));
            if (json) {
                terminal.out().println(answer);
            } else if (answer.path("history").isEmpty()) {
                terminal.out().println("Nothing has happened.");
            } else {
                Columns columns =
                        new Columns("llllll")
                                .row("AT", "EVENT", "RULE", "INCIDENT", "CHANNEL", "WHAT");
                for (JsonNode each : answer.path("history")) {
                    columns.row(
                            Printable.cell(each.path("at")),
                            Printable.cell(each.path("event")),
                            Printable.cell(each.path("rule")),
                            Printable.cell(each.path("incident")),
                            Printable.cell(each.path("channel")),
                            Printable.cell(each.path("text")));
                }
                columns.lines().forEach(terminal.out()::println);
            }
            return ExitCode.OK;
        }
    }

    /** {@code weir alerts backtest}. */
    @Command(
            name = "backtest",
            abbreviateSynopsis = true,
            sortOptions = false,
            description = {
                "Say when a rule would have fired.",
                "One that is watched, or one in a file before it is; by the same steps as it is watched."
            },
            footer = {
                "",
                "Examples:",
                "  weir alerts backtest errors --since 7d",
                "  weir alerts backtest --file rule.yaml --since 30d"
            })
    static final class Backtest extends AdminCommand {
        @Parameters(paramLabel = "RULE", arity = "0..1", description = "A rule that is watched.")
        private @Nullable String rule;

        @Option(names = "--file", paramLabel = "FILE", description = "A rule in YAML or JSON.")
        private @Nullable Path file;

        @Option(
                names = "--since",
                paramLabel = "WHEN",
                converter = Moment.Converter.class,
                description = "How long ago, or an instant. Default: 7d.")
        private @Nullable Moment since;

        @Option(
                names = "--until",
                paramLabel = "WHEN",
                converter = Moment.Converter.class,
                description = "Likewise. Default: now.")
        private @Nullable Moment until;

        @Option(names = "--json", description = "Print one JSON object.")
        private boolean json;

        @Spec private CommandSpec spec = CommandSpec.create();

        Backtest(Terminal terminal) {
            super(terminal);
        }

        @Override
        ExitCode ask(Server admin, Terminal terminal) throws InterruptedException {
            Query query = new Query().and("since", since).and("until", until);
            JsonNode answer;
            if (file != null && rule == null) {
                answer = admin.adminPost("/alert-backtests" + query, ruleIn(file));
            } else if (rule != null && file == null) {
                answer = admin.adminJson("/alert-backtests/" + Query.encoded(rule) + query);
            } else {
                throw new ParameterException(spec.commandLine(), "A rule, or a file with one?");
            }
            if (json) {
                terminal.out().println(answer);
            } else {
                AlertText.printBacktest(answer, terminal);
            }
            return ExitCode.OK;
        }
    }

    /** {@code weir alerts add}. */
    @Command(
            name = "add",
            abbreviateSynopsis = true,
            sortOptions = false,
            description = {
                "Watch a rule from now on, beside those of the configuration.",
                "One of that name that was added before is replaced."
            },
            footer = {
                "",
                "Example:",
                "  printf 'name: slow\\nmetric: latency_p95\\nabove: 8s\\nby: [model]\\n' > slow.yaml",
                "  weir alerts add slow.yaml"
            })
    static final class Add extends AdminCommand {
        @Parameters(paramLabel = "FILE", description = "The rule in YAML or JSON.")
        private Path file = Path.of("");

        Add(Terminal terminal) {
            super(terminal);
        }

        @Override
        ExitCode ask(Server admin, Terminal terminal) throws InterruptedException {
            JsonNode answer = admin.adminPost("/alert-rules", ruleIn(file));
            terminal.out().println(Printable.cell(answer.path("name")) + " is watched.");
            return ExitCode.OK;
        }
    }

    /** {@code weir alerts remove}. */
    @Command(
            name = "remove",
            abbreviateSynopsis = true,
            sortOptions = false,
            description = {
                "Watch a rule no more that was added.",
                "Its incident ends; a rule of Weir's own that it stood for is watched again."
            },
            footer = {"", "Example:", "  weir alerts remove slow"})
    static final class Remove extends AdminCommand {
        @Parameters(paramLabel = "RULE", description = "The rule.")
        private String rule = "";

        Remove(Terminal terminal) {
            super(terminal);
        }

        @Override
        ExitCode ask(Server admin, Terminal terminal) throws InterruptedException {
            admin.adminDelete("/alert-rules/" + Query.encoded(rule));
            terminal.out().println(rule + " is not watched any more.");
            return ExitCode.OK;
        }
    }

    private static JsonNode ruleIn(Path file) {
        try {
            return Settings.document(Files.readString(file), file.getFileName().toString());
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.USAGE, "%s cannot be read: %s".formatted(file, e.getMessage()), e);
        } catch (ConfigException e) {
            throw new CommandFailure(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
        }
    }
}
