package io.weir.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code weir calls}: what went through Weir, newest first; or one call in full. */
@Command(
        name = "calls",
        abbreviateSynopsis = true,
        sortOptions = false,
        description = "List the calls that went through Weir, newest first, or show one in full.",
        footer = {
            "",
            "Examples:",
            "  weir calls --since 15m --outcome upstream_failed",
            "  weir calls --model gpt-4o-mini --limit 1000 --csv > calls.csv",
            "  weir calls --filter 'min_latency_ms=5000&stream=true'",
            "  weir calls 01934f5e-7a2b-7c3d-8e4f-5a6b7c8d9e0f",
            "",
            "Outcomes: completed, refused, upstream_failed, client_gone, deadline_passed, interrupted.",
            "Tokens with a ~ are counted by Weir, not reported by the provider."
        })
final class ListCalls implements Callable<Integer> {
    /** Pages of this size keep a long list moving. */
    private static final int PAGE = 500;

    @Mixin private final ServerOptions server = new ServerOptions();

    @Parameters(paramLabel = "ID", arity = "0..1", description = "Show this call in full.")
    private @Nullable String id;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            converter = Moment.Converter.class,
            description = "From then on: 90s, 15m, 24h, 7d ago, or 2026-11-22T01:02:03Z.")
    private @Nullable Moment since;

    @Option(
            names = "--until",
            paramLabel = "TIME",
            converter = Moment.Converter.class,
            description = "Up to then.")
    private @Nullable Moment until;

    @Option(names = "--model", paramLabel = "NAME", description = "Calls for this model only.")
    private @Nullable String model;

    @Option(names = "--key", paramLabel = "NAME", description = "Calls with this gateway key only.")
    private @Nullable String key;

    @Option(names = "--project", paramLabel = "NAME", description = "Calls of this project only.")
    private @Nullable String project;

    @Option(names = "--outcome", paramLabel = "WORD", description = "Calls that ended like this.")
    private @Nullable String outcome;

    @Option(names = "--error", paramLabel = "TYPE", description = "Calls with this error only.")
    private @Nullable String error;

    @Option(names = "--status", paramLabel = "CODE", description = "Calls with this HTTP status.")
    private @Nullable Integer status;

    @Option(names = "--trace", paramLabel = "ID", description = "Calls of this trace only.")
    private @Nullable String trace;

    @Option(
            names = "--filter",
            paramLabel = "FILTER",
            description = {
                "As reports print it: NAME=VALUE, several with & between;",
                "the names are those of the admin API: user, tag, fingerprint,",
                "min_cost_usd, min_latency_ms, cache, finish, …"
            })
    private @Nullable String filter;

    @Option(
            names = "--limit",
            paramLabel = "COUNT",
            defaultValue = "20",
            description = "How many at most. Default: ${DEFAULT-VALUE}.")
    private int limit = 20;

    @Mixin private final FormatOptions format = new FormatOptions();

    private final Terminal terminal;

    ListCalls(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        try (Server admin = new Server(server.address(terminal), server.adminKeyFirst(terminal))) {
            if (id == null) {
                list(admin);
            } else {
                show(admin, id);
            }
        }
        return ExitCode.OK.number();
    }

    private void show(Server admin, String wanted) throws InterruptedException {
        JsonNode call =
                admin.adminJsonIfThere("/calls/" + Query.encoded(wanted))
                        .orElseThrow(() ->
                                new CommandFailure(
                                        ExitCode.FAILED,
                                        "No call has the id "
                                                + wanted
                                                + ". weir calls lists those there are."));
        switch (format.format()) {
            case TEXT -> CallDetail.lines(call).forEach(terminal.out()::println);
            case JSON -> terminal.out().println(call);
            case CSV -> printCsv(List.of(call));
        }
    }

    private void list(Server admin) throws InterruptedException {
        List<JsonNode> calls = new ArrayList<>();
        String after = null;
        do {
            JsonNode page = admin.adminJson("/calls" + query(limit - calls.size(), after));
            page.path("calls").forEach(calls::add);
            after = page.path("next").asString(null);
        } while (after != null && calls.size() < limit);
        print(calls);
    }

    private Query query(int wanted, @Nullable String after) {
        return new Query()
                .and("since", since)
                .and("until", until)
                .and("model", model)
                .and("key", key)
                .and("project", project)
                .and("outcome", outcome)
                .and("error", error)
                .and("status", status)
                .and("trace", trace)
                .and("limit", Math.min(wanted, PAGE))
                .and("after", after)
                .andAll(filter);
    }

    private void print(List<JsonNode> calls) {
        switch (format.format()) {
            case TEXT -> printText(calls);
            case JSON -> calls.forEach(terminal.out()::println);
            case CSV -> printCsv(calls);
        }
    }

    private void printText(List<JsonNode> calls) {
        if (calls.isEmpty()) {
            terminal.err().println("No calls match. Make one: weir ask \"What is a weir?\"");
            return;
        }
        List<String> lines = CallTable.lines(calls);
        terminal.out().println(terminal.dim(lines.getFirst()));
        lines.stream().skip(1).forEach(terminal.out()::println);
    }

    private void printCsv(List<JsonNode> calls) {
        terminal.out().print(Csv.line(CallFields.FLAT) + "\r\n");
        for (JsonNode call : calls) {
            List<String> cells =
                    CallFields.FLAT.stream().map(name -> CallFields.text(call, name)).toList();
            terminal.out().print(Csv.line(cells) + "\r\n");
        }
    }
}
