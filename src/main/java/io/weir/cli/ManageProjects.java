package io.weir.cli;

import io.weir.wire.Json;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code weir projects}: what keys belong to. */
@Command(
        name = "projects",
        sortOptions = false,
        synopsisSubcommandLabel = "COMMAND",
        description = {
            "Make projects for keys, bound what all keys of one may do, and end them.",
            "What neither the project nor the key forbids may be done."
        },
        subcommands = {
            ManageProjects.ListThem.class,
            ManageProjects.Create.class,
            ManageProjects.Set.class,
            ManageProjects.Delete.class
        },
        footer = {
            "",
            "Examples:",
            "  weir projects create shop --owner ada --time-zone Europe/Berlin",
            "  weir projects set shop --model 'gpt-4o*'",
            "  weir projects set shop --disable"
        })
final class ManageProjects extends CommandGroup {
    private static String path(String project) {
        return "/projects/" + Query.encoded(project);
    }

    /** What is said of a project. */
    private static final class Description {
        @Option(
                names = "--title",
                order = 10,
                paramLabel = "TITLE",
                description = "Its name for people.")
        private @Nullable String title;

        @Option(
                names = "--owner",
                order = 11,
                paramLabel = "OWNER",
                description = "Whom to ask about it.")
        private @Nullable String owner;

        @Option(
                names = "--time-zone",
                order = 12,
                paramLabel = "ZONE",
                description = "Whose days and months its budgets follow. Default: UTC.")
        private @Nullable String zone;

        @Mixin private final BoundsOptions bounds = new BoundsOptions();

        @ArgGroup private final Switch state = new Switch();

        /** At most one of them. */
        private static final class Switch {
            @Option(
                    names = "--disable",
                    order = 25,
                    description = "Have none of its keys call any more.")
            private boolean disable;

            @Option(names = "--enable", order = 26, description = "Let its keys call again.")
            private boolean enable;
        }

        void addTo(ObjectNode wanted) {
            Given.add(wanted, "title", title);
            Given.add(wanted, "owner", owner);
            Given.add(wanted, "time_zone", zone);
            bounds.addTo(wanted);
            if (state.disable || state.enable) {
                wanted.put("disabled", state.disable);
            }
        }
    }

    /** {@code weir projects list}. */
    @Command(
            name = "list",
            abbreviateSynopsis = true,
            sortOptions = false,
            description = "List projects, and how many keys each has.",
            footer = {"", "Example:", "  weir projects list --json | jq -r '.projects[].name'"})
    static final class ListThem extends AdminCommand {
        @Option(names = "--json", description = "Print one JSON object.")
        private boolean json;

        ListThem(Terminal terminal) {
            super(terminal);
        }

        @Override
        ExitCode ask(Server admin, Terminal terminal) throws InterruptedException {
            JsonNode all = admin.adminJson("/projects");
            if (json) {
                terminal.out().println(all);
                return ExitCode.OK;
            }
            Columns columns =
                    new Columns("llllrll")
                            .row("NAME", "TITLE", "OWNER", "TIME ZONE", "KEYS", "MODELS", "STATE");
            for (JsonNode project : all.path("projects")) {
                columns.row(
                        Printable.cell(project.path("name")),
                        Printable.cell(project.path("title")),
                        Printable.cell(project.path("owner")),
                        Printable.cell(project.path("time_zone")),
                        Amounts.count(project.path("keys").asLong()),
                        KeyText.list(project.path("models"), "any"),
                        project.path("disabled").asBoolean() ? "disabled" : "active");
            }
            columns.lines().forEach(terminal.out()::println);
            return ExitCode.OK;
        }
    }

    /** {@code weir projects create}. */
    @Command(
            name = "create",
            abbreviateSynopsis = true,
            sortOptions = false,
            description = "Make a project, which keys can belong to from then on.",
            footer = {
                "",
                "Example:",
                "  weir projects create shop --title 'The shop' --time-zone Europe/Berlin"
            })
    static final class Create extends AdminCommand {
        @Parameters(
                paramLabel = "NAME",
                description = "How it is known in reports: letters, digits, '.', '_', '-'.")
        private String name = "";

        @Mixin private final Description description = new Description();

        Create(Terminal terminal) {
            super(terminal);
        }

        @Override
        ExitCode ask(Server admin, Terminal terminal) throws InterruptedException {
            ObjectNode wanted = Json.MAPPER.createObjectNode().put("name", name);
            description.addTo(wanted);
            admin.adminPost("/projects", wanted);
            terminal.out()
                    .println(
                            "Made the project %s. A key for it: weir keys create NAME --project %s"
                                    .formatted(name, name));
            return ExitCode.OK;
        }
    }

    /** {@code weir projects set}. */
    @Command(
            name = "set",
            abbreviateSynopsis = true,
            sortOptions = false,
            description = {
                "Say other things of a project; what is not given stays as it is.",
                "A list replaces the list before."
            },
            footer = {
                "",
                "Examples:",
                "  weir projects set shop --network 10.1.0.0/16 --network 2001:db8::/32",
                "  weir projects set shop --disable"
            })
    static final class Set extends AdminCommand {
        @Parameters(paramLabel = "NAME", description = "The project.")
        private String name = "";

        @Mixin private final Description description = new Description();

        @Spec private CommandSpec spec = CommandSpec.create();

        Set(Terminal terminal) {
            super(terminal);
        }

        @Override
        ExitCode ask(Server admin, Terminal terminal) throws InterruptedException {
            ObjectNode wanted = Json.MAPPER.createObjectNode();
            description.addTo(wanted);
            if (wanted.isEmpty()) {
                throw new ParameterException(spec.commandLine(), "What is to be set?");
            }
            JsonNode answer = admin.adminPatch(path(name), wanted);
            boolean disabled = answer.path("disabled").asBoolean();
            terminal.out()
                    .println(
                            "Changed the project %s; its keys %s."
                                    .formatted(name, disabled ? "may not call" : "may call"));
            return ExitCode.OK;
        }
    }

    /** {@code weir projects delete}. */
    @Command(
            name = "delete",
            abbreviateSynopsis = true,
            sortOptions = false,
            description = {
                "Remove a project that has no keys; its calls stay in the ledger.",
                "One that has keys can be disabled."
            },
            footer = {"", "Example:", "  weir projects delete shop --yes"})
    static final class Delete extends AdminCommand {
        @Parameters(paramLabel = "NAME", description = "The project.")
        private String name = "";

        @Mixin private final Confirmation confirmation = new Confirmation();

        Delete(Terminal terminal) {
            super(terminal);
        }

        @Override
        ExitCode ask(Server admin, Terminal terminal) throws InterruptedException {
            confirmation.require(terminal, "This removes the project %s.".formatted(name));
            admin.adminDelete(path(name));
            terminal.out().println("Removed the project %s.".formatted(name));
            return ExitCode.OK;
        }
    }
}
