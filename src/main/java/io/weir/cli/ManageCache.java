package io.weir.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** {@code weir cache}: answers that are given again. */
@Command(
        name = "cache",
        sortOptions = false,
        synopsisSubcommandLabel = "COMMAND",
        description = {
            "The cache of answers: what it saves, and forgetting what is in it.",
            "It is off unless the configuration has cache.enabled: true."
        },
        subcommands = {ManageCache.Show.class, ManageCache.Clear.class},
        footer = {"", "Examples:", "  weir cache show", "  weir cache clear --project web"})
final class ManageCache extends CommandGroup {
    private static final String RESOURCE = "/cache";

    /** {@code weir cache show}. */
    @Command(
            name = "show",
            abbreviateSynopsis = true,
            sortOptions = false,
            description = {
                "Show how many calls got the answer of an earlier one since Weir was started, what",
                "that saved, and what the cache holds. Answers themselves are not shown."
            },
            footer = {"", "Example:", "  weir cache show"})
    static final class Show extends AdminCommand {
        @Option(names = "--json", description = "Print one JSON object.")
        private boolean json;

        Show(Terminal terminal) {
            super(terminal);
        }

        @Override
        ExitCode ask(Server admin, Terminal terminal) throws InterruptedException {
            JsonNode cache = admin.adminJson(RESOURCE);
            if (json) {
                terminal.out().println(cache);
            } else {
                print(cache, terminal);
            }
            return ExitCode.OK;
        }

        private static void print(JsonNode cache, Terminal terminal) {
            boolean enabled = cache.path("enabled").asBoolean();
            Columns all =
                    new Columns("ll")
                            .row("state", enabled ? "on" : "off: set cache.enabled: true")
                            .row("hits", hits(cache))
                            .row("saved", Amounts.dollars(number(cache, "saved_nano_usd")))
                            .row("misses", count(cache, "misses"))
                            .row("bypasses", count(cache, "bypasses"))
                            .row("evictions", count(cache, "evictions"))
                            .row("entries", count(cache, "entries"))
                            .row(
                                    "memory",
                                    Amounts.bytes(number(cache, "bytes"))
                                            + " of "
                                            + Amounts.bytes(number(cache, "max_bytes")));
            if (cache.path("semantic").isObject()) {
                semantic(cache.path("semantic"), all);
            }
            all.lines().forEach(terminal.out()::println);
            if (!cache.path("projects").isEmpty()) {
                terminal.out().println();
                projects(cache.path("projects")).lines().forEach(terminal.out()::println);
            }
        }

        /** Hits of questions that meant the same, and what came of those that were checked. */
        private static void semantic(JsonNode of, Columns all) {
            all.row("semantic hits", count(of, "hits"))
                    .row("  threshold", of.path("threshold").asString())
                    .row("  remembered", count(of, "entries"))
                    .row(
                            "  checked",
                            "%s, of which %s had another answer"
                                    .formatted(count(of, "checks"), count(of, "unlike")))
                    .row("  not compared", count(of, "busy"))
                    .row("  failures", count(of, "failures"));
        }

        /** Hits, and their part of the calls that could have been hits. */
        private static String hits(JsonNode cache) {
            long hits = number(cache, "hits");
            long of = hits + number(cache, "misses");
            return of == 0
                    ? "0"
                    : "%s (%d %%)".formatted(Amounts.count(hits), Math.round(100.0 * hits / of));
        }

        private static Columns projects(JsonNode projects) {
            Columns columns = new Columns("lrr").row("PROJECT", "ENTRIES", "MEMORY");
            for (JsonNode each : projects) {
                columns.row(
                        Printable.cell(each.path("project")),
                        count(each, "entries"),
                        Amounts.bytes(number(each, "bytes")));
            }
            return columns;
        }

        private static String count(JsonNode of, String name) {
            return Amounts.count(number(of, name));
        }

        private static long number(JsonNode of, String name) {
            return of.path(name).asLong(0);
        }
    }

    /** {@code weir cache clear}. */
    @Command(
            name = "clear",
            abbreviateSynopsis = true,
            sortOptions = false,
            description = "Forget every answer, or those of a project. The audit log says who did.",
            footer = {"", "Example:", "  weir cache clear --project web --yes"})
    static final class Clear extends AdminCommand {
        @Option(
                names = "--project",
                paramLabel = "NAME",
                description = "Forget the answers of that project only.")
        private @Nullable String project;

        @Mixin private final Confirmation confirmation = new Confirmation();

        Clear(Terminal terminal) {
            super(terminal);
        }

        @Override
        ExitCode ask(Server admin, Terminal terminal) throws InterruptedException {
            confirmation.require(
                    terminal,
                    project == null
                            ? "This forgets the answers of all projects."
                            : "This forgets the answers of project %s.".formatted(project));
            JsonNode done =
                    admin.adminDelete(
                            project == null
                                    ? RESOURCE
                                    : RESOURCE + "?project=" + Query.encoded(project));
            terminal.out()
                    .println(
                            "Answers forgotten: %s"
                                    .formatted(Amounts.count(done.path("entries").asLong())));
            return ExitCode.OK;
        }
    }
}
