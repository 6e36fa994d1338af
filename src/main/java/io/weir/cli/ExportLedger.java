package io.weir.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code weir export}: what the ledger has, in forms that others define. */
@Command(
        name = "export",
        sortOptions = false,
        synopsisSubcommandLabel = "COMMAND",
        description = "Write what the ledger has in a form that other software reads.",
        subcommands = ExportLedger.Focus.class,
        footer = {"", "Example:", "  weir export focus --month 2026-11 --output november.csv"})
final class ExportLedger implements Runnable {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which form?");
    }

    /** {@code weir export focus}. */
    @Command(
            name = "focus",
            abbreviateSynopsis = true,
            sortOptions = false,
            description = {
                "Write what calls cost and whom to charge, in the columns of FOCUS 1.2: a row for each"
                        + " day, project, key, model, price and part of the tokens.",
                "The rows add up to the ledger's sum, to the nano-dollar. Days are UTC."
            },
            footer = {
                "",
                "Examples:",
                "  weir export focus --month 2026-11 > november.csv",
                "  weir export focus --month 2026-11 --format parquet --output november.parquet",
                "  weir export focus --since 2026-11-01 --until 2026-11-08 --project shop"
            })
    static final class Focus extends AdminCommand {
        /** The forms of the file. */
        enum Form {
            /** For spreadsheets. */
            CSV,
            /** For databases. */
            PARQUET;

            /** Its word on the command line, and in the admin API. */
            private String word() {
                return name().toLowerCase(Locale.ROOT);
            }

            /** Reads that word. */
            static final class Converter implements ITypeConverter<Form> {
                @Override
                public Form convert(String word) {
                    return Arrays.stream(values())
                            .filter(form -> form.word().equals(word))
                            .findFirst()
                            .orElseThrow(() ->
                                    new TypeConversionException(
                                            "it is csv or parquet, not '%s'".formatted(word)));
                }
            }
        }

        @Option(names = "--month", paramLabel = "MONTH", description = "Of that month: 2026-11.")
        private @Nullable String month;

        @Option(names = "--since", paramLabel = "DAY", description = "From that day: 2026-11-01.")
        private @Nullable String since;

        @Option(
                names = "--until",
                paramLabel = "DAY",
                description = "Up to that day, without it. Default: one day.")
        private @Nullable String until;

        @Option(names = "--project", paramLabel = "NAME", description = "Of that project only.")
        private @Nullable String project;

        @Option(names = "--key", paramLabel = "NAME", description = "Of that key only.")
        private @Nullable String key;

        @Option(
                names = "--format",
                paramLabel = "FORM",
                converter = Form.Converter.class,
                description = "csv or parquet; default csv.")
        private Form form = Form.CSV;

        @Option(
                names = {"-o", "--output"},
                paramLabel = "FILE",
                description = "Where to; default: standard output.")
        private @Nullable Path output;

        Focus(Terminal terminal) {
            super(terminal);
        }

        @Override
        ExitCode ask(Server admin, Terminal terminal) throws InterruptedException {
            if (form == Form.PARQUET && output == null && terminal.tty().out()) {
                throw new CommandFailure(
                        ExitCode.USAGE, "Parquet is nothing to look at: give --output FILE.");
            }
            Query query =
                    new Query()
                            .and("month", month)
                            .and("since", since)
                            .and("until", until)
                            .and("project", project)
                            .and("key", key)
                            .and("format", form.word());
            try (InputStream body = admin.admin("/focus" + query).body()) {
                write(body, terminal);
            } catch (IOException e) {
                throw admin.brokeOff(e);
            }
            return ExitCode.OK;
        }

        /** A file is there when it is whole, and not before. */
        private void write(InputStream body, Terminal terminal) throws IOException {
            if (output == null) {
                body.transferTo(terminal.out());
                terminal.out().flush();
                return;
            }
            Path file = output.toAbsolutePath();
            Path part = file.resolveSibling(file.getFileName() + ".part");
            try {
                Files.copy(body, part, StandardCopyOption.REPLACE_EXISTING);
                Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(part);
            }
        }
    }
}
