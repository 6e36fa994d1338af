package io.weir.cli;

import io.weir.access.Difference;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** {@code weir audit}: who changed what. */
@Command(
        name = "audit",
        abbreviateSynopsis = true,
        sortOptions = false,
        description = {
            "Say who changed what, the latest first: keys, projects, tokens, users.",
            "A line each, with what differs: what it was, an arrow, what it is."
        },
        footer = {
            "",
            "Examples:",
            "  weir audit --kind key --limit 20",
            "  weir audit --id key_1f0c2b7a9d3e --json",
            "  weir audit --by sue"
        })
final class PrintAudit extends AdminCommand {
    @Option(
            names = "--kind",
            paramLabel = "KIND",
            description = "Only changes of a kind: key, project, token, user.")
    private @Nullable String kind;

    @Option(
            names = "--id",
            paramLabel = "ID",
            description = "Only changes of one: a key's id, or another's name.")
    private @Nullable String id;

    @Option(names = "--by", paramLabel = "WHO", description = "Only changes that somebody made.")
    private @Nullable String by;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "50",
            description = "How many lines. Default: ${DEFAULT-VALUE}.")
    private int limit = 50;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    PrintAudit(Terminal terminal) {
        super(terminal);
    }

    @Override
    ExitCode ask(Server admin, Terminal terminal) throws InterruptedException {
        Query query = new Query().and("kind", kind).and("id", id).and("by", by).and("limit", limit);
        JsonNode answer = admin.adminJson("/audit" + query);
        if (json) {
            terminal.out().println(answer);
        } else if (answer.path("changes").isEmpty()) {
            terminal.out().println("Nothing has been changed.");
        } else {
            print(answer.path("changes"), terminal);
        }
        return ExitCode.OK;
    }

    private static void print(JsonNode changes, Terminal terminal) {
        Columns columns = new Columns("llllll").row("AT", "BY", "ROLE", "DID", "TO", "WHAT");
        for (JsonNode change : changes) {
            columns.row(
                    Printable.cell(change.path("at")),
                    Printable.cell(change.path("by")),
                    Printable.cell(change.path("role")),
                    Printable.cell(change.path("action")),
                    Printable.cell(change.path("id")),
                    Printable.line(
                            Difference.words(
                                    Difference.between(
                                            change.path("before"), change.path("after")))));
        }
        columns.lines().forEach(terminal.out()::println);
    }
}
