package io.weir.cli;

import io.weir.wire.Json;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code weir keys}: what applications call with. */
@Command(
        name = "keys",
        sortOptions = false,
        synopsisSubcommandLabel = "COMMAND",
        description = {
            "Make keys for applications, bound what they may do, rotate and end them.",
            "All of it counts at once, for the next call. See also weir projects."
        },
        subcommands = {
            ManageKeys.ListThem.class,
            ManageKeys.Show.class,
            ManageKeys.Create.class,
            ManageKeys.Set.class,
            ManageKeys.Rotate.class,
            ManageKeys.Disable.class,
            ManageKeys.Enable.class,
            ManageKeys.Delete.class
        },
        footer = {
            "",
            "Examples:",
            "  weir keys create ci --project shop --model 'gpt-4o*' --expires 90d > ci.key",
            "  weir keys list --project shop",
            "  weir keys rotate ci --overlap 24h > ci.key",
            "  weir keys disable ci"
        })
final class ManageKeys extends CommandGroup {
    private static final String WHICH =
            "Its id, the beginning of that, or its name where no other key has it.";

    private static String path(String key) {
        return "/keys/" + Query.encoded(key);
    }

    /** {@code weir keys list}. */
    @Command(
            name = "list",
            abbreviateSynopsis = true,
            sortOptions = false,
            description = "List keys, by project and name; never the keys themselves.",
            footer = {
                "",
                "Examples:",
                "  weir keys list --project shop",
                "  weir keys list --json | jq '.keys[] | select(.hindrance)'"
            })
    static final class ListThem extends AdminCommand {
        @Option(names = "--project", paramLabel = "PROJECT", description = "Only its keys.")
        private @Nullable String project;

        @Option(names = "--json", description = "Print one JSON object.")
        private boolean json;

        ListThem(Terminal terminal) {
            super(terminal);
        }

        @Override
        ExitCode ask(Server admin, Terminal terminal) throws InterruptedException {
            JsonNode all = admin.adminJson("/keys" + new Query().and("project", project));
            if (json) {
                terminal.out().println(all);
            } else if (all.path("keys").isEmpty()) {
                terminal.out().println("No key is there. Make one: weir keys create NAME");
            } else {
                KeyText.printAll(all.path("keys"), terminal);
            }
            return ExitCode.OK;
        }
    }

    /** {@code weir keys show}. */
    @Command(
            name = "show",
            abbreviateSynopsis = true,
            sortOptions = false,
            description = "Say all that is known of a key.",
            footer = {"", "Example:", "  weir keys show ci"})
    static final class Show extends AdminCommand {
        @Parameters(paramLabel = "KEY", description = WHICH)
        private String key = "";

        @Option(names = "--json", description = "Print one JSON object.")
        private boolean json;

        Show(Terminal terminal) {
            super(terminal);
        }

        @Override
        ExitCode ask(Server admin, Terminal terminal) throws InterruptedException {
            JsonNode answer = admin.adminJson(path(key));
            if (json) {
                terminal.out().println(answer);
            } else {
                KeyText.print(answer, terminal);
            }
            return ExitCode.OK;
        }
    }

    /** {@code weir keys create}. */
    @Command(
            name = "create",
            abbreviateSynopsis = true,
            sortOptions = false,
            description = {
                "Make a key, and print it this once, alone on standard output.",
                "Without bounds it may ask for every model, at every endpoint, from everywhere."
            },
            footer = {
                "",
                "Examples:",
                "  weir keys create ci > ci.key",
                "  weir keys create search --project shop --owner ada --tag prod \\",
                "      --model 'gpt-4o*' --endpoint chat.completions --expires 90d | pbcopy"
            })
    static final class Create extends AdminCommand {
        @Parameters(paramLabel = "NAME", description = "What people call it.")
        private String name = "";

        @Option(
                names = "--project",
                paramLabel = "PROJECT",
                description = "The project that it belongs to. Default: default.")
        private @Nullable String project;

        @Mixin private final KeyDescription description = new KeyDescription();

        @Option(names = "--json", order = 30, description = "Print one JSON object, with the key.")
        private boolean json;

        Create(Terminal terminal) {
            super(terminal);
        }

        @Override
        ExitCode ask(Server admin, Terminal terminal) throws InterruptedException {
            ObjectNode wanted = Json.MAPPER.createObjectNode().put("name", name);
            Given.add(wanted, "project", project);
            description.addTo(wanted);
            JsonNode answer = admin.adminPost("/keys", wanted);
            String about =
                    "The key %s of the project %s."
                            .formatted(
                                    KeyText.name(answer), Printable.cell(answer.path("project")));
            ShownOnce.print(answer, json, about, terminal);
            return ExitCode.OK;
        }
    }

    /** {@code weir keys set}. */
    @Command(
            name = "set",
            abbreviateSynopsis = true,
            sortOptions = false,
            description = {
                "Say other things of a key; what is not given stays as it is.",
                "A list replaces the list before."
            },
            footer = {
                "",
                "Examples:",
                "  weir keys set ci --model gpt-4o-mini --model 'gpt-5*'",
                "  weir keys set ci --model any --expires never"
            })
    static final class Set extends AdminCommand {
        @Parameters(paramLabel = "KEY", description = WHICH)
        private String key = "";

        @Option(names = "--name", paramLabel = "NAME", description = "Another name.")
        private @Nullable String name;

        @Mixin private final KeyDescription description = new KeyDescription();

        @Spec private CommandSpec spec = CommandSpec.create();

        Set(Terminal terminal) {
            super(terminal);
        }

        @Override
        ExitCode ask(Server admin, Terminal terminal) throws InterruptedException {
            ObjectNode wanted = Json.MAPPER.createObjectNode();
            Given.add(wanted, "name", name);
            description.addTo(wanted);
            if (wanted.isEmpty()) {
                throw new ParameterException(spec.commandLine(), "What is to be set?");
            }
            JsonNode answer = admin.adminPatch(path(key), wanted);
            terminal.out().println("Changed the key %s.".formatted(KeyText.name(answer)));
            return ExitCode.OK;
        }
    }

    /** {@code weir keys rotate}. */
    @Command(
            name = "rotate",
            abbreviateSynopsis = true,
            sortOptions = false,
            description = {
                "Make another key in the place of one, and print it this once.",
                "Id, name and bounds stay; the key before counts until the overlap is over."
            },
            footer = {
                "",
                "Examples:",
                "  weir keys rotate ci > ci.key",
                "  weir keys rotate ci --overlap 0s > ci.key    # it has leaked"
            })
    static final class Rotate extends AdminCommand {
        @Parameters(paramLabel = "KEY", description = WHICH)
        private String key = "";

        @Option(
                names = "--overlap",
                paramLabel = "TIME",
                defaultValue = "24h",
                description =
                        "How long the key before counts: 0s, 2h, 7d. Default: ${DEFAULT-VALUE}.")
        private String overlap = "24h";

        @Option(names = "--json", description = "Print one JSON object, with the key.")
        private boolean json;

        Rotate(Terminal terminal) {
            super(terminal);
        }

        @Override
        ExitCode ask(Server admin, Terminal terminal) throws InterruptedException {
            JsonNode answer =
                    admin.adminPost(
                            "/key-rotations/" + Query.encoded(key),
                            Json.MAPPER.createObjectNode().put("overlap", overlap));
            JsonNode until = answer.path("old_key_until");
            String before =
                    until.isString()
                            ? "the one before counts until " + Printable.cell(until)
                            : "the one before does not count any more";
            String about = "The new key %s; %s.".formatted(KeyText.name(answer), before);
            ShownOnce.print(answer, json, about, terminal);
            return ExitCode.OK;
        }
    }

    /** Whether a key may call. */
    abstract static class Switch extends AdminCommand {
        @Parameters(paramLabel = "KEY", description = WHICH)
        private String key = "";

        private final boolean disables;

        Switch(Terminal terminal, boolean disables) {
            super(terminal);
            this.disables = disables;
        }

        @Override
        final ExitCode ask(Server admin, Terminal terminal) throws InterruptedException {
            JsonNode answer =
                    admin.adminPatch(
                            path(key), Json.MAPPER.createObjectNode().put("disabled", disables));
            JsonNode hindrance = answer.path("hindrance");
            String state =
                    hindrance.isString()
                            ? "may not call: " + Printable.cell(hindrance)
                            : "may call";
            terminal.out().println("The key %s %s.".formatted(KeyText.name(answer), state));
            return ExitCode.OK;
        }
    }

    /** {@code weir keys disable}. */
    @Command(
            name = "disable",
            abbreviateSynopsis = true,
            sortOptions = false,
            description = "Have a key call no more, from its next call on, until it is enabled.",
            footer = {"", "Example:", "  weir keys disable ci"})
    static final class Disable extends Switch {
        Disable(Terminal terminal) {
            super(terminal, true);
        }
    }

    /** {@code weir keys enable}. */
    @Command(
            name = "enable",
            abbreviateSynopsis = true,
            sortOptions = false,
            description = "Let a key call again that was disabled.",
            footer = {"", "Example:", "  weir keys enable ci"})
    static final class Enable extends Switch {
        Enable(Terminal terminal) {
            super(terminal, false);
        }
    }

    /** {@code weir keys delete}. */
    @Command(
            name = "delete",
            abbreviateSynopsis = true,
            sortOptions = false,
            description = "Remove a key for good; its calls stay in the ledger.",
            footer = {"", "Example:", "  weir keys delete ci --yes"})
    static final class Delete extends AdminCommand {
        @Parameters(paramLabel = "KEY", description = WHICH)
        private String key = "";

        @Mixin private final Confirmation confirmation = new Confirmation();

        Delete(Terminal terminal) {
            super(terminal);
        }

        @Override
        ExitCode ask(Server admin, Terminal terminal) throws InterruptedException {
            confirmation.require(terminal, "This removes the key %s for good.".formatted(key));
            JsonNode answer = admin.adminDelete(path(key));
            terminal.out().println("Removed the key %s.".formatted(KeyText.name(answer)));
            return ExitCode.OK;
        }
    }
}
