package io.weir.cli;

import io.weir.wire.Json;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code weir budgets}: how much money may be spent. */
@Command(
        name = "budgets",
        sortOptions = false,
        synopsisSubcommandLabel = "COMMAND",
        description = {
            "See, set, raise and remove budgets.",
            "What is set counts at once, with what was spent before; see docs/limits.md."
        },
        subcommands = {
            ManageBudgets.ListThem.class,
            ManageBudgets.SetOne.class,
            ManageBudgets.Raise.class,
            ManageBudgets.Remove.class
        },
        footer = {
            "",
            "Examples:",
            "  weir budgets list",
            "  weir budgets set search --where project=search --usd 100 --period month",
            "  weir budgets raise search --usd 20 --for 3d --why 'launch'",
            "  weir budgets remove search"
        })
final class ManageBudgets extends CommandGroup {
    /** {@code weir budgets list}. */
    @Command(
            name = "list",
            abbreviateSynopsis = true,
            sortOptions = false,
            description = {
                "Say which budgets there are, what is spent of them, and what calls under way have reserved.",
                "What is spent is what the ledger says, to the nano-dollar; --json shows all of it."
            },
            footer = {
                "",
                "Examples:",
                "  weir budgets list",
                "  weir budgets list --fail || echo a budget is spent"
            })
    static final class ListThem extends AdminCommand {
        @Option(names = "--json", description = "Print one JSON object.")
        private boolean json;

        @Option(names = "--fail", description = "Exit code 1 where a budget is spent.")
        private boolean fail;

        ListThem(Terminal terminal) {
            super(terminal);
        }

        @Override
        ExitCode ask(Server admin, Terminal terminal) throws InterruptedException {
            JsonNode all = admin.adminJson("/budgets");
            if (json) {
                terminal.out().println(all);
            } else if (all.path("budgets").isEmpty()) {
                terminal.out().println("There is no budget. Set one: weir budgets set --help");
            } else {
                Columns columns =
                        new Columns("lllrrrrlll")
                                .row(
                                        "BUDGET",
                                        "COUNTS",
                                        "PERIOD",
                                        "ALLOWED",
                                        "SPENT",
                                        "RESERVED",
                                        "LEFT",
                                        "MODE",
                                        "OF",
                                        "FROM");
                all.path("budgets").forEach(budget -> add(columns, budget));
                columns.lines().forEach(terminal.out()::println);
            }
            boolean spent =
                    all.path("budgets")
                            .valueStream()
                            .flatMap(budget -> budget.path("standings").valueStream())
                            .anyMatch(it -> usd(it, "left_usd").signum() <= 0);
            return fail && spent ? ExitCode.FAILED : ExitCode.OK;
        }

        private static void add(Columns columns, JsonNode budget) {
            String name = Printable.cell(budget.path("name"));
            if (budget.path("standings").isEmpty()) {
                columns.row(
                        name,
                        RuleText.which(budget),
                        Printable.cell(budget.path("period")),
                        money(usd(budget, "usd")),
                        money(BigDecimal.ZERO),
                        money(BigDecimal.ZERO),
                        money(usd(budget, "usd")),
                        mode(budget),
                        "",
                        RuleText.origin(budget));
            }
            for (JsonNode each : budget.path("standings")) {
                boolean known = each.path("known").asBoolean();
                columns.row(
                        name,
                        RuleText.which(budget),
                        Printable.cell(budget.path("period")),
                        money(usd(each, "allowed_usd")),
                        known ? money(usd(each, "spent_usd")) : "?",
                        money(usd(each, "reserved_usd")),
                        known ? money(usd(each, "left_usd")) : "?",
                        mode(budget),
                        Printable.cell(each.path("of")),
                        RuleText.origin(budget));
            }
        }

        private static String mode(JsonNode budget) {
            String mode = Printable.cell(budget.path("mode"));
            return budget.has("degrade_to")
                    ? mode + " to " + Printable.cell(budget.path("degrade_to"))
                    : mode;
        }

        private static BigDecimal usd(JsonNode json, String name) {
            return new BigDecimal(json.path(name).asString("0"));
        }

        /** Cents are enough for people, but what is spent is never shown as nothing. */
        private static String money(BigDecimal usd) {
            boolean small = usd.signum() != 0 && usd.abs().compareTo(BigDecimal.ONE) < 0;
            return "$" + usd.setScale(small ? 6 : 2, RoundingMode.HALF_UP).toPlainString();
        }
    }

    /** {@code weir budgets set}. */
    @Command(
            name = "set",
            abbreviateSynopsis = true,
            sortOptions = false,
            description = {
                "Set a budget.",
                "hard refuses what would spend more, degrade asks a cheaper model instead, soft only counts."
            },
            footer = {
                "",
                "Examples:",
                "  weir budgets set team --where project=team --usd 100",
                "  weir budgets set each --per key --usd 5 --period day",
                "  weir budgets set thrifty --usd 50 --mode degrade --degrade-to gpt-4o-mini"
            })
    static final class SetOne extends AdminCommand {
        @Mixin private final RuleOptions rule = new RuleOptions();

        @Option(
                names = "--usd",
                paramLabel = "AMOUNT",
                required = true,
                description = "Dollars for each period: 100, 0.25.")
        private String usd = "";

        @Option(
                names = "--period",
                paramLabel = "PERIOD",
                defaultValue = "month",
                description = "day, week, month or total. Default: ${DEFAULT-VALUE}.")
        private String period = "month";

        @Option(
                names = "--time-zone",
                paramLabel = "ZONE",
                description = "Whose days and months. Default: the project's, or UTC.")
        private @Nullable String zone;

        @Option(
                names = "--mode",
                paramLabel = "MODE",
                defaultValue = "hard",
                description = "hard, soft or degrade. Default: ${DEFAULT-VALUE}.")
        private String mode = "hard";

        @Option(
                names = "--degrade-to",
                paramLabel = "MODEL",
                description = "The model that is asked instead.")
        private @Nullable String degradeTo;

        @Option(
                names = "--unpriced",
                paramLabel = "HOW",
                defaultValue = "allow",
                description =
                        "Calls whose price is not known: allow, block, or assume --assumed-usd. Default: ${DEFAULT-VALUE}.")
        private String unpriced = "allow";

        @Option(
                names = "--assumed-usd",
                paramLabel = "AMOUNT",
                description = "What such a call is taken to cost.")
        private @Nullable String assumed;

        @Option(
                names = "--allow-unmetered",
                description =
                        "Let calls pass of which Weir does not see the cost: batches, fine-tuning and the like.")
        private boolean unmetered;

        @Option(
                names = "--stop-streams",
                description = "Stop a stream under way that would spend more than there is.")
        private boolean stopStreams;

        SetOne(Terminal terminal) {
            super(terminal);
        }

        @Override
        ExitCode ask(Server admin, Terminal terminal) throws InterruptedException {
            ObjectNode wanted = rule.rule();
            wanted.put("usd", usd).put("period", period).put("mode", mode);
            wanted.put("unpriced", unpriced);
            Given.add(wanted, "time_zone", zone);
            Given.add(wanted, "degrade_to", degradeTo);
            Given.add(wanted, "assumed_usd", assumed);
            wanted.put("stop_streams", stopStreams);
            wanted.put("unmetered", unmetered ? "allow" : "block");
            JsonNode set = admin.adminPost("/budgets", wanted);
            terminal.out()
                    .println(
                            "%s allows $%s a %s for %s."
                                    .formatted(
                                            Printable.cell(set.path("name")),
                                            Printable.cell(set.path("usd")),
                                            period.equals("total") ? "lifetime" : period,
                                            RuleText.which(set)));
            return ExitCode.OK;
        }
    }

    /** {@code weir budgets raise}. */
    @Command(
            name = "raise",
            abbreviateSynopsis = true,
            sortOptions = false,
            description = "Allow more money for a while.",
            footer = {"", "Example:", "  weir budgets raise team --usd 20 --for 3d --why 'launch'"})
    static final class Raise extends AdminCommand {
        @Parameters(paramLabel = "NAME", description = "The budget.")
        private String name = "";

        @Option(
                names = "--usd",
                paramLabel = "AMOUNT",
                required = true,
                description = "How many dollars more.")
        private String usd = "";

        @Option(
                names = "--for",
                paramLabel = "TIME",
                defaultValue = "24h",
                description = "How long: 2h, 3d. Default: ${DEFAULT-VALUE}.")
        private String time = "24h";

        @Option(names = "--why", paramLabel = "TEXT", description = "For whoever wonders.")
        private String why = "";

        Raise(Terminal terminal) {
            super(terminal);
        }

        @Override
        ExitCode ask(Server admin, Terminal terminal) throws InterruptedException {
            ObjectNode raise = Json.MAPPER.createObjectNode();
            raise.put("usd", usd).put("for", time).put("why", why);
            admin.adminPost("/budget-raises/" + Query.encoded(name), raise);
            terminal.out().println("%s allows $%s more for %s.".formatted(name, usd, time));
            return ExitCode.OK;
        }
    }

    /** {@code weir budgets remove}. */
    @Command(
            name = "remove",
            abbreviateSynopsis = true,
            sortOptions = false,
            description = "Remove a budget that was set.",
            footer = {"", "Example:", "  weir budgets remove team"})
    static final class Remove extends AdminCommand {
        @Parameters(paramLabel = "NAME", description = "The budget.")
        private String name = "";

        Remove(Terminal terminal) {
            super(terminal);
        }

        @Override
        ExitCode ask(Server admin, Terminal terminal) throws InterruptedException {
            admin.adminDelete("/budgets/" + Query.encoded(name));
            terminal.out().println(name + " is a budget no more.");
            return ExitCode.OK;
        }
    }
}
