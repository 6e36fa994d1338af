package io.weir.cli;

import io.weir.cli.FormatOptions.Format;
import io.weir.config.ConfigException;
import io.weir.config.SecretRef;
import io.weir.reconcile.Bill;
import io.weir.reconcile.BillApi;
import io.weir.reconcile.BillFile;
import io.weir.reconcile.BillProblem;
import io.weir.reconcile.Books;
import io.weir.reconcile.Projects;
import io.weir.reconcile.Reconciliation;
import io.weir.reconcile.Tolerance;
import io.weir.report.TableCsv;
import io.weir.report.TableJson;
import io.weir.report.TableText;
import io.weir.wire.Json;
import io.weir.wire.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/** {@code weir reconcile}: the provider's bill beside the ledger. */
@Command(
        name = "reconcile",
        abbreviateSynopsis = true,
        sortOptions = false,
        description = {
            "Lay a provider's usage and costs beside the ledger, by day of UTC, model and project, and say"
                    + " what probably makes the difference.",
            "The provider's side is its API, with an organization's admin key, or files: the API's answers,"
                    + " or the dashboard's CSV exports of costs and usage.",
            "Exit code 1 where a line, or the sum, differs by more than the tolerance; 2 where the bill"
                    + " cannot be had or read."
        },
        footer = {
            "",
            "Examples:",
            "  weir reconcile --month 2026-11 --provider-key env:OPENAI_ADMIN_KEY",
            "  weir reconcile --month 2026-11 costs.csv completions_usage.csv",
            "  weir reconcile --since 2026-11-01 --until 2026-11-08 costs.csv --csv > lines.csv",
            "  weir reconcile --month 2026-11 costs.csv --provider-project proj_abc=shop"
        })
final class ReconcileBill extends AdminCommand {
    @Parameters(
            paramLabel = "FILE",
            arity = "0..*",
            description = "The provider's books, as JSON or CSV; as many as there are.")
    private List<Path> files = List.of();

    @Option(names = "--month", paramLabel = "MONTH", description = "Of that month: 2026-11.")
    private @Nullable String month;

    @Option(names = "--since", paramLabel = "DAY", description = "From that day: 2026-11-01.")
    private @Nullable String since;

    @Option(
            names = "--until",
            paramLabel = "DAY",
            description = "Up to that day, without it. Default: one day.")
    private @Nullable String until;

    @Option(
            names = "--provider-key",
            paramLabel = "REF",
            description = "Ask the provider, with the admin key at env:NAME or file:PATH.")
    private @Nullable String providerKey;

    @Option(
            names = "--provider-url",
            paramLabel = "URL",
            description = "Where to ask it; default https://api.openai.com/v1.")
    private URI providerUrl = BillApi.OPENAI;

    @Option(
            names = "--provider-project",
            paramLabel = "ID[=NAME]",
            split = ",",
            description = {
                "Of that project of the provider's only, beside Weir's project of that name;"
                        + " without a name, beside all that is not named.",
                "Several with commas. Default: everything beside everything."
            })
    private List<String> providerProjects = List.of();

    @Option(
            names = "--upstream",
            paramLabel = "NAME",
            description = "Of the ledger, calls to that upstream only.")
    private @Nullable String upstream;

    @Option(
            names = "--tolerance",
            paramLabel = "AMOUNT",
            description =
                    "What may differ: dollars, a share of the larger amount, or either; default"
                            + " 0.01,0.5%%.")
    private String tolerance = Tolerance.USUAL_TEXT;

    @Mixin private final FormatOptions format = new FormatOptions();

    ReconcileBill(Terminal terminal) {
        super(terminal);
    }

    @Override
    ExitCode ask(Server admin, Terminal terminal) throws InterruptedException {
        if (files.isEmpty() == (providerKey == null)) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "Give the provider's books: its exports as files, or --provider-key to ask it.");
        }
        try {
            Tolerance allowed = Tolerance.of(tolerance);
            Projects projects = Projects.of(providerProjects);
            Books books = books(admin, projects);
            Bill bill = new Bill(books.since(), books.until(), projects);
            read(bill, terminal);
            Reconciliation result = Reconciliation.of(bill, books, allowed);
            print(result, terminal);
            return result.agrees() ? ExitCode.OK : ExitCode.FAILED;
        } catch (IllegalArgumentException | ConfigException e) {
            throw new CommandFailure(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
        } catch (BillProblem e) {
            throw new CommandFailure(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
        }
    }

    private Books books(Server admin, Projects projects) throws InterruptedException {
        Query query =
                new Query()
                        .and("month", month)
                        .and("since", since)
                        .and("until", until)
                        .and("upstream", upstream);
        return Books.read(admin.adminJson("/reconcile" + query), projects);
    }

    private void read(Bill bill, Terminal terminal) throws BillProblem, InterruptedException {
        for (Path file : files) {
            new BillFile(bill).read(file);
        }
        if (providerKey != null) {
            Secret key = SecretRef.resolve("--provider-key", providerKey, terminal.environment());
            try (BillApi api = new BillApi(providerUrl, key, InstantSource.system())) {
                api.read(bill);
            }
        }
    }

    private void print(Reconciliation result, Terminal terminal) {
        if (format.format() == Format.TEXT) {
            terminal.out().print(TableText.of(result.differing()));
        } else if (format.format() == Format.CSV) {
            terminal.out().print(TableCsv.of(result.all()));
        } else {
            ObjectNode answer = Json.MAPPER.createObjectNode();
            answer.put("agrees", result.agrees());
            answer.setAll((ObjectNode) Json.MAPPER.readTree(TableJson.of(result.all())));
            terminal.out().println(answer);
        }
    }
}
