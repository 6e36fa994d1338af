package io.weir.cli;

import io.weir.wire.Json;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code weir upstream-keys}: the provider's keys, that calls go out with. */
@Command(
        name = "upstream-keys",
        sortOptions = false,
        synopsisSubcommandLabel = "COMMAND",
        description = {
            "The provider's keys: store several, replace one while calls go on, take one out.",
            "Calls take turns with them. A key that the provider does not take, or whose limits are",
            "used up as its answers say, is passed over. Stored keys are sealed with the master key,",
            "and nothing shows them again."
        },
        subcommands = {
            ManageUpstreamKeys.ListThem.class,
            ManageUpstreamKeys.Add.class,
            ManageUpstreamKeys.Disable.class,
            ManageUpstreamKeys.Enable.class,
            ManageUpstreamKeys.Remove.class
        },
        footer = {
            "",
            "Examples:",
            "  weir upstream-keys list",
            "  weir upstream-keys add team-b < key.txt",
            "  weir upstream-keys add team-b --from env:NEW_KEY    (replaces the one before)",
            "  weir upstream-keys disable team-a"
        })
final class ManageUpstreamKeys extends CommandGroup {
    private static final String RESOURCE = "/upstream-keys";

    /** {@code weir upstream-keys list}. */
    @Command(
            name = "list",
            abbreviateSynopsis = true,
            sortOptions = false,
            description = {
                "List the provider's keys, how calls fared with them, and what remains of the",
                "provider's limits as its latest answers say; never the keys themselves."
            },
            footer = {"", "Example:", "  weir upstream-keys list"})
    static final class ListThem extends AdminCommand {
        @Option(names = "--json", description = "Print one JSON object.")
        private boolean json;

        ListThem(Terminal terminal) {
            super(terminal);
        }

        @Override
        ExitCode ask(Server admin, Terminal terminal) throws InterruptedException {
            JsonNode all = admin.adminJson(RESOURCE);
            if (json) {
                terminal.out().println(all);
            } else if (all.path("keys").isEmpty()) {
                terminal.out()
                        .println(
                                "Calls go out without a key. Store one: weir upstream-keys add --help");
            } else {
                print(all.path("keys"), terminal);
            }
            return ExitCode.OK;
        }

        private static void print(JsonNode keys, Terminal terminal) {
            Columns columns =
                    new Columns("lllrrl")
                            .row("NAME", "FROM", "STATE", "CALLS", "REFUSED", "PROVIDER'S LIMITS");
            for (JsonNode key : keys) {
                String hint = key.path("hint").asString("");
                columns.row(
                        Printable.cell(key.path("name")),
                        Printable.cell(key.path("source"))
                                + (hint.isEmpty() ? "" : " …" + Printable.line(hint)),
                        state(key),
                        Amounts.count(key.path("calls").asLong()),
                        Amounts.count(key.path("refusals").asLong()),
                        left(key.path("models")));
            }
            columns.lines().forEach(terminal.out()::println);
        }

        private static String state(JsonNode key) {
            if (key.path("disabled").asBoolean(false)) {
                return "disabled";
            }
            if (!key.path("in_use").asBoolean()) {
                return Printable.cell(key.path("problem"));
            }
            return key.path("rests").asBoolean() ? "refused by the provider" : "in use";
        }

        private static String left(JsonNode models) {
            List<String> words = new ArrayList<>();
            for (JsonNode model : models) {
                List<String> left = new ArrayList<>();
                add(left, model.path("requests_left").asLong(), "requests");
                add(left, model.path("tokens_left").asLong(), "tokens");
                if (model.path("held_ms").asLong() > 0) {
                    left.add("nothing for " + model.path("held_ms").asLong() + " ms");
                }
                words.add(Printable.cell(model.path("model")) + ": " + String.join(", ", left));
            }
            return words.isEmpty() ? "-" : String.join("; ", words);
        }

        private static void add(List<String> words, long left, String what) {
            if (left >= 0) {
                words.add(Amounts.count(left) + " " + what);
            }
        }
    }

    /** {@code weir upstream-keys add}. */
    @Command(
            name = "add",
            abbreviateSynopsis = true,
            sortOptions = false,
            description = {
                "Store a key, sealed; calls go out with it at once. One of the same name is replaced.",
                "It is read from standard input, and never stands on a command line."
            },
            footer = {
                "",
                "Examples:",
                "  weir upstream-keys add team-b < key.txt",
                "  weir upstream-keys add team-b --from env:NEW_KEY",
                "  weir upstream-keys add team-b --from file:/run/secrets/openai"
            })
    static final class Add extends AdminCommand {
        @Parameters(paramLabel = "NAME", description = "What to call it.")
        private String name = "";

        @Mixin private final SecretSource source = new SecretSource();

        Add(Terminal terminal) {
            super(terminal);
        }

        @Override
        ExitCode ask(Server admin, Terminal terminal) throws InterruptedException {
            ObjectNode wanted = Json.MAPPER.createObjectNode().put("name", name);
            wanted.put("secret", source.key(terminal).reveal());
            JsonNode stored = admin.adminPost(RESOURCE, wanted);
            terminal.out()
                    .println(
                            "Stored the key %s. Calls go out with it."
                                    .formatted(Printable.cell(stored.path("name"))));
            return ExitCode.OK;
        }
    }

    /** {@code weir upstream-keys disable}. */
    @Command(
            name = "disable",
            abbreviateSynopsis = true,
            sortOptions = false,
            description = "Have calls go out without a stored key, from now on.",
            footer = {"", "Example:", "  weir upstream-keys disable team-a"})
    static final class Disable extends AdminCommand {
        @Parameters(paramLabel = "NAME", description = "The key.")
        private String name = "";

        Disable(Terminal terminal) {
            super(terminal);
        }

        @Override
        ExitCode ask(Server admin, Terminal terminal) throws InterruptedException {
            change(admin, name, true);
            terminal.out().println("No call goes out with %s any more.".formatted(name));
            return ExitCode.OK;
        }
    }

    /** {@code weir upstream-keys enable}. */
    @Command(
            name = "enable",
            abbreviateSynopsis = true,
            sortOptions = false,
            description = "Have calls go out with a stored key again.",
            footer = {"", "Example:", "  weir upstream-keys enable team-a"})
    static final class Enable extends AdminCommand {
        @Parameters(paramLabel = "NAME", description = "The key.")
        private String name = "";

        Enable(Terminal terminal) {
            super(terminal);
        }

        @Override
        ExitCode ask(Server admin, Terminal terminal) throws InterruptedException {
            change(admin, name, false);
            terminal.out().println("Calls go out with %s again.".formatted(name));
            return ExitCode.OK;
        }
    }

    /** {@code weir upstream-keys remove}. */
    @Command(
            name = "remove",
            abbreviateSynopsis = true,
            sortOptions = false,
            description = "Remove a stored key: it cannot be had back from here.",
            footer = {"", "Example:", "  weir upstream-keys remove team-a --yes"})
    static final class Remove extends AdminCommand {
        @Parameters(paramLabel = "NAME", description = "The key.")
        private String name = "";

        @Mixin private final Confirmation confirmation = new Confirmation();

        Remove(Terminal terminal) {
            super(terminal);
        }

        @Override
        ExitCode ask(Server admin, Terminal terminal) throws InterruptedException {
            confirmation.require(
                    terminal, "This removes the provider's key %s for good.".formatted(name));
            admin.adminDelete(RESOURCE + "/" + Query.encoded(name));
            terminal.out().println("Removed the key %s.".formatted(name));
            return ExitCode.OK;
        }
    }

    private static void change(Server admin, String name, boolean disabled)
            throws InterruptedException {
        admin.adminPatch(
                RESOURCE + "/" + Query.encoded(name),
                Json.MAPPER.createObjectNode().put("disabled", disabled));
    }
}
