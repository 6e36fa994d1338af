package io.weir.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code weir limits}: how much may be asked for. */
@Command(
        name = "limits",
        sortOptions = false,
        synopsisSubcommandLabel = "COMMAND",
        description = {
            "See, set and remove limits of requests, tokens and calls at once.",
            "What is set counts at once, and is kept; see docs/limits.md."
        },
        subcommands = {
            ManageLimits.ListThem.class,
            ManageLimits.SetOne.class,
            ManageLimits.Remove.class
        },
        footer = {
            "",
            "Examples:",
            "  weir limits list",
            "  weir limits set everyone --per key --rpm 60 --tpm 100000",
            "  weir limits set dear --where model=gpt-5* --where project=search --tpm 20000",
            "  weir limits remove dear"
        })
final class ManageLimits extends CommandGroup {
    /** {@code weir limits list}. */
    @Command(
            name = "list",
            abbreviateSynopsis = true,
            sortOptions = false,
            description = "Say which limits there are, and how near to them their callers are.",
            footer = {"", "Example:", "  weir limits list --json | jq '.limits[].standings'"})
    static final class ListThem extends AdminCommand {
        @Option(names = "--json", description = "Print one JSON object.")
        private boolean json;

        ListThem(Terminal terminal) {
            super(terminal);
        }

        @Override
        ExitCode ask(Server admin, Terminal terminal) throws InterruptedException {
            JsonNode all = admin.adminJson("/limits");
            if (json) {
                terminal.out().println(all);
            } else if (all.path("limits").isEmpty()) {
                terminal.out().println("Nothing is limited. Set a limit: weir limits set --help");
            } else {
                Columns columns =
                        new Columns("lllrrlll")
                                .row(
                                        "LIMIT", "COUNTS", "ALLOWS", "AT ONCE", "WAITING", "LEFT",
                                        "OF", "FROM");
                all.path("limits").forEach(limit -> add(columns, limit));
                columns.lines().forEach(terminal.out()::println);
            }
            return ExitCode.OK;
        }

        private static void add(Columns columns, JsonNode limit) {
            String name = Printable.cell(limit.path("name"));
            if (limit.path("standings").isEmpty()) {
                columns.row(
                        name,
                        RuleText.which(limit),
                        allows(limit),
                        "0",
                        "0",
                        "all",
                        "",
                        RuleText.origin(limit));
            }
            for (JsonNode each : limit.path("standings")) {
                columns.row(
                        name,
                        RuleText.which(limit),
                        allows(limit),
                        each.path("parallel").asString(),
                        each.path("waiting").asString(),
                        left(each),
                        Printable.cell(each.path("of")),
                        RuleText.origin(limit));
            }
        }

        private static String allows(JsonNode limit) {
            Map<String, String> names = new LinkedHashMap<>();
            names.put("requests_per_minute", "requests/min");
            names.put("requests_per_day", "requests/day");
            names.put("tokens_per_minute", "tokens/min");
            names.put("tokens_per_day", "tokens/day");
            names.put("parallel", "at once");
            List<String> amounts = new ArrayList<>();
            names.forEach((name, words) -> {
                if (limit.has(name)) {
                    amounts.add(Amounts.count(limit.path(name).asLong()) + " " + words);
                }
            });
            if (limit.has("wait")) {
                amounts.add("waits " + Printable.cell(limit.path("wait")));
            }
            return String.join(", ", amounts);
        }

        private static String left(JsonNode standing) {
            List<String> left = new ArrayList<>();
            for (String what : List.of("requests", "tokens")) {
                if (standing.has(what + "_limit")) {
                    left.add(
                            Amounts.count(standing.path(what + "_remaining").asLong())
                                    + " "
                                    + what);
                }
            }
            return left.isEmpty() ? "-" : String.join(", ", left);
        }
    }

    /** {@code weir limits set}. */
    @Command(
            name = "set",
            abbreviateSynopsis = true,
            sortOptions = false,
            description = {
                "Set a limit. A call is refused with 429 when any limit that counts it is reached.",
                "What was used of a limit of the same name stays used when only its amounts change."
            },
            footer = {
                "",
                "Examples:",
                "  weir limits set everyone --per key --rpm 60 --tpm 100000",
                "  weir limits set users --per user --rpd 500",
                "  weir limits set batch --where key=nightly --parallel 4"
            })
    static final class SetOne extends AdminCommand {
        @Mixin private final RuleOptions rule = new RuleOptions();

        @Option(names = "--rpm", paramLabel = "N", description = "Requests per minute.")
        private @Nullable Long requestsPerMinute;

        @Option(names = "--rpd", paramLabel = "N", description = "Requests per day.")
        private @Nullable Long requestsPerDay;

        @Option(names = "--tpm", paramLabel = "N", description = "Tokens per minute.")
        private @Nullable Long tokensPerMinute;

        @Option(names = "--tpd", paramLabel = "N", description = "Tokens per day.")
        private @Nullable Long tokensPerDay;

        @Option(names = "--parallel", paramLabel = "N", description = "Calls at once.")
        private @Nullable Long parallel;

        @Option(
                names = "--wait",
                paramLabel = "TIME",
                description = {
                    "How long a call may wait for its turn before it is refused, 10s for instance.",
                    "Keys take turns; those of a higher priority go first."
                })
        private @Nullable String wait;

        SetOne(Terminal terminal) {
            super(terminal);
        }

        @Override
        ExitCode ask(Server admin, Terminal terminal) throws InterruptedException {
            ObjectNode wanted = rule.rule();
            Given.add(wanted, "requests_per_minute", requestsPerMinute);
            Given.add(wanted, "requests_per_day", requestsPerDay);
            Given.add(wanted, "tokens_per_minute", tokensPerMinute);
            Given.add(wanted, "tokens_per_day", tokensPerDay);
            Given.add(wanted, "parallel", parallel);
            Given.add(wanted, "wait", wait);
            JsonNode set = admin.adminPost("/limits", wanted);
            terminal.out()
                    .println(
                            "%s limits %s."
                                    .formatted(
                                            Printable.cell(set.path("name")), RuleText.which(set)));
            return ExitCode.OK;
        }
    }

    /** {@code weir limits remove}. */
    @Command(
            name = "remove",
            abbreviateSynopsis = true,
            sortOptions = false,
            description = "Remove a limit that was set.",
            footer = {"", "Example:", "  weir limits remove everyone"})
    static final class Remove extends AdminCommand {
        @Parameters(paramLabel = "NAME", description = "The limit.")
        private String name = "";

        Remove(Terminal terminal) {
            super(terminal);
        }

        @Override
        ExitCode ask(Server admin, Terminal terminal) throws InterruptedException {
            admin.adminDelete("/limits/" + Query.encoded(name));
            terminal.out().println(name + " limits nothing any more.");
            return ExitCode.OK;
        }
    }
}
