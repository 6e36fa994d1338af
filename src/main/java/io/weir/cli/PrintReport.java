package io.weir.cli;

import io.weir.cli.FormatOptions.Format;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code weir report}: an answer about all calls; Weir itself computes and renders it. */
@Command(
        name = "report",
        abbreviateSynopsis = true,
        sortOptions = false,
        description = "Print a report about the calls; without a name, list the reports.",
        footer = {
            "",
            "Examples:",
            "  weir report",
            "  weir report latency --since 24h --by model",
            "  weir report cost --since 7d --by project,model --csv > cost.csv",
            "  weir report trend --since 30d --by model --step 1d",
            "",
            "Where money goes that need not go, and the calls behind it:",
            "  weir report savings --since 30d",
            "  weir report savings --since 30d --way duplicates",
            "  weir report savings --since 30d --by key --instead gpt-5-nano",
            "",
            "What failed calls say, and what to do about it:",
            "  weir report patterns --since 24h",
            "",
            "What is out of the usual:",
            "  weir report anomalies",
            "",
            "What sets the slow, failed and costly calls of a time apart from another's:",
            "  weir report why --window 1h",
            "  weir report why --window 1h --against 25h..24h --what slow",
            "  weir report why --window 2026-11-22T02:00:00Z/2026-11-22T03:00:00Z"
        })
final class PrintReport implements Callable<Integer> {
    @Mixin private final ServerOptions server = new ServerOptions();

    @Parameters(paramLabel = "NAME", arity = "0..1", description = "Which report.")
    private @Nullable String name;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            converter = Moment.Converter.class,
            description = {
                "From then on: 90s, 15m, 24h, 7d ago, or 2026-11-22T01:02:03Z.",
                "Default: 24h."
            })
    private @Nullable Moment since;

    @Option(
            names = "--until",
            paramLabel = "TIME",
            converter = Moment.Converter.class,
            description = "Up to then. Default: now.")
    private @Nullable Moment until;

    @Option(
            names = "--by",
            paramLabel = "WHAT",
            split = ",",
            description =
                    "Break it down, several with commas: model, key, project, endpoint, upstream,"
                            + " status, hour, day, …")
    private List<String> by = List.of();

    @Option(
            names = "--window",
            paramLabel = "SPAN",
            description =
                    "The same in one: 1h for the last hour, 2h..1h for the one before, or FROM/TO.")
    private @Nullable String window;

    @Option(
            names = "--against",
            paramLabel = "SPAN",
            description = {
                "For why: the time to set it against.",
                "Default: as long, and just before."
            })
    private @Nullable String against;

    @Option(
            names = "--what",
            paramLabel = "WORD",
            split = ",",
            description = "For why: slow, failed or costly. Default: all three.")
    private List<String> what = List.of();

    @Option(
            names = "--way",
            paramLabel = "WAY",
            description = {
                "For savings: the calls behind one way, duplicates or retries",
                "for instance. Default: the sums of all ways."
            })
    private @Nullable String way;

    @Option(
            names = "--instead",
            paramLabel = "MODEL",
            description = {
                "For savings: what this model would have cost.",
                "Default: the next smaller one of each family."
            })
    private @Nullable String instead;

    @Option(
            names = "--step",
            paramLabel = "STEP",
            description = "For trend, a row each: 5m, 1h, 1d. Default: what fits the time.")
    private @Nullable String step;

    @Mixin private final FormatOptions format = new FormatOptions();

    private final Terminal terminal;

    PrintReport(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        try (Server admin = new Server(server.address(terminal), server.adminKeyFirst(terminal))) {
            if (name == null) {
                list(admin);
            } else {
                print(admin, name);
            }
        }
        return ExitCode.OK.number();
    }

    private void print(Server admin, String report) throws InterruptedException {
        Query query =
                new Query()
                        .and("since", since)
                        .and("until", until)
                        .and("window", window)
                        .and("against", against)
                        .and("what", what.isEmpty() ? null : String.join(",", what))
                        .and("by", by.isEmpty() ? null : String.join(",", by))
                        .and("step", step)
                        .and("way", way)
                        .and("instead", instead)
                        .and("format", format.format().name().toLowerCase(Locale.ROOT));
        String text = admin.adminText("/reports/" + Query.encoded(report) + query);
        String ended = text.endsWith("\n") ? text : text + "\n";
        terminal.out().print(format.format() == Format.TEXT ? Printable.text(ended) : ended);
    }

    private void list(Server admin) throws InterruptedException {
        JsonNode reports = admin.adminJson("/reports");
        switch (format.format()) {
            case TEXT -> listText(reports);
            case JSON -> terminal.out().println(reports);
            case CSV -> listCsv(reports);
        }
    }

    private void listText(JsonNode reports) {
        Columns columns = new Columns("ll");
        for (JsonNode report : reports.path("reports")) {
            columns.row(CallFields.text(report, "name"), CallFields.text(report, "summary"));
        }
        columns.lines().forEach(terminal.out()::println);
        terminal.out().println();
        terminal.out()
                .println(terminal.dim("One of them: weir report NAME [--since 24h] [--by model]"));
    }

    private void listCsv(JsonNode reports) {
        terminal.out().print("name,summary\r\n");
        for (JsonNode report : reports.path("reports")) {
            List<String> cells =
                    List.of(CallFields.text(report, "name"), CallFields.text(report, "summary"));
            terminal.out().print(Csv.line(cells) + "\r\n");
        }
    }
}
