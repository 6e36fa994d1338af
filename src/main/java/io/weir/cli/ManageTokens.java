package io.weir.cli;

import io.weir.wire.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code weir tokens}: what people and programs ask the admin API with. */
@Command(
        name = "tokens",
        sortOptions = false,
        synopsisSubcommandLabel = "COMMAND",
        description = {
            "Make tokens for those who look after Weir, so that nobody shares the admin key.",
            "The audit log names each change by the token that it was made with."
        },
        subcommands = {
            ManageTokens.ListThem.class,
            ManageTokens.Create.class,
            ManageTokens.Delete.class
        },
        footer = {
            "",
            "Examples:",
            "  weir tokens create grafana > grafana.token",
            "  weir tokens create sue --role project-admin --project shop > sue.token",
            "  weir keys list --key-file sue.token"
        })
final class ManageTokens extends CommandGroup {
    /** {@code weir tokens list}. */
    @Command(
            name = "list",
            abbreviateSynopsis = true,
            sortOptions = false,
            description = "List tokens; never the tokens themselves.",
            footer = {"", "Example:", "  weir tokens list"})
    static final class ListThem extends AdminCommand {
        @Option(names = "--json", description = "Print one JSON object.")
        private boolean json;

        ListThem(Terminal terminal) {
            super(terminal);
        }

        @Override
        ExitCode ask(Server admin, Terminal terminal) throws InterruptedException {
            JsonNode all = admin.adminJson("/tokens");
            if (json) {
                terminal.out().println(all);
            } else if (all.path("tokens").isEmpty()) {
                terminal.out().println("No token is there: the admin key alone asks.");
            } else {
                print(all.path("tokens"), terminal);
            }
            return ExitCode.OK;
        }

        private static void print(JsonNode tokens, Terminal terminal) {
            Columns columns = new Columns("llll").row("NAME", "ROLE", "PROJECTS", "CREATED");
            for (JsonNode token : tokens) {
                columns.row(
                        Printable.cell(token.path("name")),
                        Printable.cell(token.path("role")),
                        KeyText.list(token.path("projects"), "-"),
                        Printable.cell(token.path("created")));
            }
            columns.lines().forEach(terminal.out()::println);
        }
    }

    /** {@code weir tokens create}. */
    @Command(
            name = "create",
            abbreviateSynopsis = true,
            sortOptions = false,
            description = {
                "Make a token, and print it this once, alone on standard output.",
                "A viewer sees everything but tokens and the audit log; a project-admin also looks",
                "after the keys of its projects; an admin may everything."
            },
            footer = {
                "",
                "Examples:",
                "  weir tokens create grafana > grafana.token",
                "  weir tokens create sue --role project-admin --project shop > sue.token"
            })
    static final class Create extends AdminCommand {
        @Parameters(paramLabel = "NAME", description = "Whose it is, as the audit log shows it.")
        private String name = "";

        @Mixin private final RoleOptions role = new RoleOptions();

        @Option(
                names = "--json",
                order = 30,
                description = "Print one JSON object, with the token.")
        private boolean json;

        Create(Terminal terminal) {
            super(terminal);
        }

        @Override
        ExitCode ask(Server admin, Terminal terminal) throws InterruptedException {
            ObjectNode wanted = Json.MAPPER.createObjectNode().put("name", name);
            role.addTo(wanted);
            JsonNode answer = admin.adminPost("/tokens", wanted);
            String about =
                    "The token of %s, %s. Commands take it by --key-file, or from WEIR_ADMIN_KEY."
                            .formatted(
                                    Printable.cell(answer.path("name")),
                                    Printable.cell(answer.path("role")));
            ShownOnce.print(answer, json, about, terminal);
            return ExitCode.OK;
        }
    }

    /** {@code weir tokens delete}. */
    @Command(
            name = "delete",
            abbreviateSynopsis = true,
            sortOptions = false,
            description = "Remove a token: whoever has it may do nothing any more, at once.",
            footer = {"", "Example:", "  weir tokens delete sue --yes"})
    static final class Delete extends AdminCommand {
        @Parameters(paramLabel = "NAME", description = "The token.")
        private String name = "";

        @Mixin private final Confirmation confirmation = new Confirmation();

        Delete(Terminal terminal) {
            super(terminal);
        }

        @Override
        ExitCode ask(Server admin, Terminal terminal) throws InterruptedException {
            confirmation.require(terminal, "This removes the token %s for good.".formatted(name));
            admin.adminDelete("/tokens/" + Query.encoded(name));
            terminal.out().println("Removed the token %s.".formatted(name));
            return ExitCode.OK;
        }
    }
}
