package io.weir.cli;

import io.weir.wire.Json;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code weir prices}: what models cost. */
@Command(
        name = "prices",
        sortOptions = false,
        synopsisSubcommandLabel = "COMMAND",
        description = {
            "See, check and set what models cost, and price calls of before.",
            "What is set counts at once, and is kept; see docs/prices.md."
        },
        subcommands = {
            ManagePrices.ListThem.class,
            ManagePrices.Check.class,
            ManagePrices.SetOne.class,
            ManagePrices.Remove.class,
            ManagePrices.Reload.class,
            ManagePrices.Reprice.class
        },
        footer = {
            "",
            "Examples:",
            "  weir prices list gpt-4o",
            "  weir prices check",
            "  weir prices set our-model --input 0.5 --cached-input 0.05 --output 2",
            "  weir prices reprice --dry-run"
        })
final class ManagePrices extends CommandGroup {
    /** {@code weir prices list}. */
    @Command(
            name = "list",
            abbreviateSynopsis = true,
            sortOptions = false,
            description = "List prices in US dollars a million tokens, and where they come from.",
            footer = {
                "",
                "Examples:",
                "  weir prices list gpt-4o",
                "  weir prices list gpt-5 --at 2026-12-31",
                "  weir prices list --json | jq '.prices[] | select(.disputed_by)'"
            })
    static final class ListThem extends AdminCommand {
        @Parameters(
                paramLabel = "MODEL",
                arity = "0..1",
                description = "A part of a model's name. Default: all.")
        private @Nullable String model;

        @Option(names = "--at", paramLabel = "DATE", description = "The day. Default: today.")
        private @Nullable LocalDate at;

        @Option(names = "--all", description = "Prices of other days, too.")
        private boolean all;

        @Option(names = "--json", description = "Print one JSON object.")
        private boolean json;

        ListThem(Terminal terminal) {
            super(terminal);
        }

        @Override
        ExitCode ask(Server admin, Terminal terminal) throws InterruptedException {
            Query query =
                    new Query().and("model", model).and("at", at).and("all", all ? "true" : null);
            JsonNode prices = admin.adminJson("/prices" + query);
            if (json) {
                terminal.out().println(prices);
            } else if (prices.path("prices").isEmpty()) {
                terminal.out().println("No price matches. Set one: weir prices set --help");
            } else {
                PriceText.table(prices.path("prices")).forEach(terminal.out()::println);
            }
            return ExitCode.OK;
        }
    }

    /** {@code weir prices check}. */
    @Command(
            name = "check",
            abbreviateSynopsis = true,
            sortOptions = false,
            description = {
                "Say what is used without a price, what is used and ends soon, and where sources of prices differ.",
                "Exit status: 0 where nothing has to be done, 1 where something has."
            },
            footer = {
                "",
                "Examples:",
                "  weir prices check",
                "  weir prices check --days 7 --near 30"
            })
    static final class Check extends AdminCommand {
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

        Check(Terminal terminal) {
            super(terminal);
        }

        @Override
        ExitCode ask(Server admin, Terminal terminal) throws InterruptedException {
            Query query = new Query().and("days", days).and("near", near);
            JsonNode check = admin.adminJson("/price-check" + query);
            boolean done = check.path("to_do").asInt() == 0;
            if (json) {
                terminal.out().println(check);
                return done ? ExitCode.OK : ExitCode.FAILED;
            }
            if (done) {
                terminal.out()
                        .println(
                                "Everything used in the last %d days has a price that sources agree on, and no model of it ends within %d days."
                                        .formatted(days, near));
            }
            PriceCheckText.lines(check).forEach(terminal.out()::println);
            return done ? ExitCode.OK : ExitCode.FAILED;
        }
    }

    /** {@code weir prices set}. */
    @Command(
            name = "set",
            abbreviateSynopsis = true,
            sortOptions = false,
            description = {
                "Set what a model costs, in US dollars a million tokens.",
                "Tiers that are not named keep the prices they have. What is not given of a tier follows from text: cached and image input cost what input costs, reasoning what output costs."
            },
            footer = {
                "",
                "Examples:",
                "  weir prices set our-model --input 0.5 --output 2",
                "  weir prices set gpt-4o --tier batch --input 1.25 --output 5 --from 2026-12-01"
            })
    static final class SetOne extends AdminCommand {
        @Parameters(paramLabel = "MODEL", description = "The model.")
        private String model = "";

        @Option(names = "--input", paramLabel = "USD", required = true, description = "Text input.")
        private BigDecimal input = BigDecimal.ZERO;

        @Option(names = "--output", paramLabel = "USD", description = "Text output.")
        private @Nullable BigDecimal output;

        @Option(names = "--cached-input", paramLabel = "USD", description = "Input of the cache.")
        private @Nullable BigDecimal cachedInput;

        @Option(
                names = "--cache-write",
                paramLabel = "USD",
                description = "Input written to the cache.")
        private @Nullable BigDecimal cacheWrite;

        @Option(names = "--reasoning", paramLabel = "USD", description = "Reasoning.")
        private @Nullable BigDecimal reasoning;

        @Option(names = "--input-image", paramLabel = "USD", description = "Images in.")
        private @Nullable BigDecimal inputImage;

        @Option(names = "--output-image", paramLabel = "USD", description = "Images out.")
        private @Nullable BigDecimal outputImage;

        @Option(names = "--input-audio", paramLabel = "USD", description = "Audio in.")
        private @Nullable BigDecimal inputAudio;

        @Option(names = "--output-audio", paramLabel = "USD", description = "Audio out.")
        private @Nullable BigDecimal outputAudio;

        @Option(
                names = "--tier",
                paramLabel = "TIER",
                defaultValue = "standard",
                description = "standard, batch, flex or priority. Default: ${DEFAULT-VALUE}.")
        private String tier = "standard";

        @Option(
                names = "--from",
                paramLabel = "DATE",
                description = "The first day, UTC, on which it counts. Default: every day.")
        private @Nullable LocalDate from;

        SetOne(Terminal terminal) {
            super(terminal);
        }

        @Override
        ExitCode ask(Server admin, Terminal terminal) throws InterruptedException {
            JsonNode set = admin.adminPost("/prices", wanted());
            PriceText.table(Json.MAPPER.createArrayNode().add(set))
                    .forEach(terminal.out()::println);
            JsonNode past = set.path("repricing");
            if (past.path("calls").asLong() > 0) {
                terminal.out().println();
                terminal.out()
                        .println(
                                "weir prices reprice would price %s of before, %s."
                                        .formatted(PriceText.calls(past), PriceText.usd(past)));
            }
            return ExitCode.OK;
        }

        private ObjectNode wanted() {
            Map<String, @Nullable BigDecimal> prices = new LinkedHashMap<>();
            prices.put("input", input);
            prices.put("cache_read", cachedInput);
            prices.put("cache_write", cacheWrite);
            prices.put("input_audio", inputAudio);
            prices.put("input_image", inputImage);
            prices.put("output", output);
            prices.put("reasoning", reasoning);
            prices.put("output_audio", outputAudio);
            prices.put("output_image", outputImage);
            ObjectNode wanted = Json.MAPPER.createObjectNode().put("model", model);
            Given.add(wanted, "from", from == null ? null : from.toString());
            ObjectNode rates = wanted.putObject("tiers").putObject(tier);
            prices.forEach((part, usd) -> {
                if (usd != null) {
                    rates.put(part, usd);
                }
            });
            return wanted;
        }
    }

    /** {@code weir prices remove}. */
    @Command(
            name = "remove",
            abbreviateSynopsis = true,
            sortOptions = false,
            description = "Remove a price that was set; what it took the place of counts again.",
            footer = {"", "Example:", "  weir prices remove gpt-4o --from 2026-12-01"})
    static final class Remove extends AdminCommand {
        @Parameters(paramLabel = "MODEL", description = "The model.")
        private String model = "";

        @Option(
                names = "--from",
                paramLabel = "DATE",
                description = "The day from which it counts, where it was set with one.")
        private @Nullable LocalDate from;

        Remove(Terminal terminal) {
            super(terminal);
        }

        @Override
        ExitCode ask(Server admin, Terminal terminal) throws InterruptedException {
            ObjectNode which = Json.MAPPER.createObjectNode().put("model", model);
            Given.add(which, "from", Objects.toString(from, null));
            admin.adminPost("/price-removals", which);
            terminal.out().println("The price of " + model + " that was set is removed.");
            return ExitCode.OK;
        }
    }

    /** {@code weir prices reload}. */
    @Command(
            name = "reload",
            abbreviateSynopsis = true,
            sortOptions = false,
            description = {
                "Read the price file and the catalogue of models again.",
                "A file with a mistake changes nothing, and the mistake is named."
            },
            footer = {"", "Example:", "  weir prices reload"})
    static final class Reload extends AdminCommand {
        Reload(Terminal terminal) {
            super(terminal);
        }

        @Override
        ExitCode ask(Server admin, Terminal terminal) throws InterruptedException {
            JsonNode read = admin.adminPost("/price-reloads", Json.MAPPER.createObjectNode());
            JsonNode models = read.path("models");
            terminal.out()
                    .println(
                            "%s entries of the price file; %s models of the catalogue, %s."
                                    .formatted(
                                            Amounts.count(read.path("entries").asLong()),
                                            Amounts.count(models.path("models").asLong()),
                                            Printable.cell(models.path("source"))));
            if (models.path("problem").isString()) {
                terminal.out().println(Printable.cell(models.path("problem")));
                return ExitCode.FAILED;
            }
            return ExitCode.OK;
        }
    }

    /** {@code weir prices reprice}. */
    @Command(
            name = "reprice",
            abbreviateSynopsis = true,
            sortOptions = false,
            description = {
                "Price calls that had no price when they ended, by the prices of their day.",
                "Each gets a further version of its cost: the first is kept, and a call that has a price is left as it is."
            },
            footer = {
                "",
                "Examples:",
                "  weir prices reprice --dry-run",
                "  weir prices reprice --model our-model --since 7d"
            })
    static final class Reprice extends AdminCommand {
        @Option(
                names = "--since",
                paramLabel = "TIME",
                converter = Moment.Converter.class,
                description = "Calls since then: 24h, 7d or 2026-11-22T01:02:03Z. Default: all.")
        private @Nullable Moment since;

        @Option(
                names = "--until",
                paramLabel = "TIME",
                converter = Moment.Converter.class,
                description = "Calls before then.")
        private @Nullable Moment until;

        @Option(
                names = "--model",
                paramLabel = "MODEL",
                description = "Calls of that model, asked for or answering.")
        private @Nullable String model;

        @Option(names = "--dry-run", description = "Only say what would be found.")
        private boolean dry;

        @Option(names = "--json", description = "Print one JSON object.")
        private boolean json;

        Reprice(Terminal terminal) {
            super(terminal);
        }

        @Override
        ExitCode ask(Server admin, Terminal terminal) throws InterruptedException {
            ObjectNode wanted = Json.MAPPER.createObjectNode().put("dry_run", dry);
            Given.add(wanted, "since", Objects.toString(since, null));
            Given.add(wanted, "until", Objects.toString(until, null));
            Given.add(wanted, "model", model);
            JsonNode found = admin.adminPost("/repricings", wanted);
            if (json) {
                terminal.out().println(found);
            } else {
                PriceText.findings(found, dry).forEach(terminal.out()::println);
            }
            return ExitCode.OK;
        }
    }
}
