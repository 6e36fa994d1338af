package io.weir.cli;

import io.weir.wire.Json;
import java.util.List;
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

/** {@code weir users}: those who log in to the dashboard by name. */
@Command(
        name = "users",
        sortOptions = false,
        synopsisSubcommandLabel = "COMMAND",
        description = {
            "Add people who log in to the dashboard by name and password, each with a role.",
            "What programs and commands ask with are tokens: see weir tokens."
        },
        subcommands = {
            ManageUsers.ListThem.class,
            ManageUsers.Create.class,
            ManageUsers.Change.class,
            ManageUsers.Password.class,
            ManageUsers.Delete.class
        },
        footer = {
            "",
            "Examples:",
            "  weir users create ada --role admin",
            "  weir users create sue --role project-admin --project shop < password.txt",
            "  weir users set sue --role viewer"
        })
final class ManageUsers extends CommandGroup {
    private static final String RESOURCE = "/users";

    private static String path(String name) {
        return RESOURCE + "/" + Query.encoded(name);
    }

    private static ExitCode print(JsonNode user, String sentence, boolean json, Terminal terminal) {
        if (json) {
            terminal.out().println(user);
        } else {
            terminal.out()
                    .println(
                            sentence.formatted(
                                    Printable.cell(user.path("name")),
                                    Printable.cell(user.path("role"))));
        }
        return ExitCode.OK;
    }

    /** {@code weir users list}. */
    @Command(
            name = "list",
            abbreviateSynopsis = true,
            sortOptions = false,
            description = "List those who may log in by name.",
            footer = {"", "Example:", "  weir users list"})
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
            } else if (all.path("users").isEmpty()) {
                terminal.out().println("Nobody has a name yet: the admin key alone logs in.");
            } else {
                Columns columns = new Columns("llll").row("NAME", "ROLE", "PROJECTS", "SINCE");
                for (JsonNode user : all.path("users")) {
                    columns.row(
                            Printable.cell(user.path("name")),
                            Printable.cell(user.path("role")),
                            KeyText.list(user.path("projects"), "-"),
                            Printable.cell(user.path("since")));
                }
                columns.lines().forEach(terminal.out()::println);
            }
            return ExitCode.OK;
        }
    }

    /** {@code weir users create}. */
    @Command(
            name = "create",
            abbreviateSynopsis = true,
            sortOptions = false,
            description = {
                "Add somebody, who logs in by name and password.",
                "The password, of 12 characters or more, is read from standard input, and never stands",
                "on a command line.",
                "A viewer sees everything but users, tokens and the audit log; a project-admin also",
                "looks after the keys of its projects; an admin may everything."
            },
            footer = {
                "",
                "Examples:",
                "  weir users create ada --role admin",
                "  weir users create sue --role project-admin --project shop < password.txt",
                "  weir users create vic --from env:VICS_PASSWORD"
            })
    static final class Create extends AdminCommand {
        @Parameters(paramLabel = "NAME", description = "What they log in with.")
        private String name = "";

        @Mixin private final RoleOptions role = new RoleOptions();

        @Mixin private final SecretSource source = new SecretSource();

        @Option(names = "--json", order = 30, description = "Print one JSON object.")
        private boolean json;

        Create(Terminal terminal) {
            super(terminal);
        }

        @Override
        ExitCode ask(Server admin, Terminal terminal) throws InterruptedException {
            ObjectNode wanted = Json.MAPPER.createObjectNode().put("name", name);
            role.addTo(wanted);
            wanted.put("password", source.password(terminal));
            return print(
                    admin.adminPost(RESOURCE, wanted), "%s may log in, as %s.", json, terminal);
        }
    }

    /** {@code weir users set}. */
    @Command(
            name = "set",
            abbreviateSynopsis = true,
            sortOptions = false,
            description = "Give somebody another role or other projects; their sessions end.",
            footer = {
                "",
                "Examples:",
                "  weir users set sue --role viewer",
                "  weir users set sue --role project-admin --project shop --project lab"
            })
    static final class Change extends AdminCommand {
        @Parameters(paramLabel = "NAME", description = "Who.")
        private String name = "";

        @Option(
                names = "--role",
                paramLabel = "ROLE",
                description = "viewer, project-admin or admin.")
        private @Nullable String role;

        @Option(
                names = "--project",
                paramLabel = "PROJECT",
                description =
                        "A project of a project-admin, instead of those before. Can be repeated.")
        private @Nullable List<String> projects;

        @Option(names = "--json", description = "Print one JSON object.")
        private boolean json;

        @Spec private CommandSpec spec = CommandSpec.create();

        Change(Terminal terminal) {
            super(terminal);
        }

        @Override
        ExitCode ask(Server admin, Terminal terminal) throws InterruptedException {
            ObjectNode wanted = Json.MAPPER.createObjectNode();
            Given.add(wanted, "role", role);
            RoleOptions.addProjects(wanted, projects);
            if (wanted.isEmpty()) {
                throw new ParameterException(spec.commandLine(), "What is to be set?");
            }
            return print(admin.adminPatch(path(name), wanted), "%s is %s now.", json, terminal);
        }
    }

    /** {@code weir users password}. */
    @Command(
            name = "password",
            abbreviateSynopsis = true,
            sortOptions = false,
            description = {
                "Give somebody another password; their sessions end.",
                "It is read from standard input, and never stands on a command line."
            },
            footer = {
                "",
                "Examples:",
                "  weir users password sue",
                "  weir users password sue --from file:/run/secrets/sue"
            })
    static final class Password extends AdminCommand {
        @Parameters(paramLabel = "NAME", description = "Whose.")
        private String name = "";

        @Mixin private final SecretSource source = new SecretSource();

        Password(Terminal terminal) {
            super(terminal);
        }

        @Override
        ExitCode ask(Server admin, Terminal terminal) throws InterruptedException {
            ObjectNode wanted = Json.MAPPER.createObjectNode();
            wanted.put("password", source.password(terminal));
            JsonNode user = admin.adminPatch(path(name), wanted);
            return print(user, "%s logs in with the new password, as %s.", false, terminal);
        }
    }

    /** {@code weir users delete}. */
    @Command(
            name = "delete",
            abbreviateSynopsis = true,
            sortOptions = false,
            description = "Remove somebody, who may not log in any more; their sessions end.",
            footer = {"", "Example:", "  weir users delete sue --yes"})
    static final class Delete extends AdminCommand {
        @Parameters(paramLabel = "NAME", description = "Who.")
        private String name = "";

        @Mixin private final Confirmation confirmation = new Confirmation();

        Delete(Terminal terminal) {
            super(terminal);
        }

        @Override
        ExitCode ask(Server admin, Terminal terminal) throws InterruptedException {
            confirmation.require(terminal, "This removes the user %s for good.".formatted(name));
            admin.adminDelete(path(name));
            terminal.out().println("Removed the user %s.".formatted(name));
            return ExitCode.OK;
        }
    }
}
