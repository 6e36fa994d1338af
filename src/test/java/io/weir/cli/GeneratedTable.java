package io.weir.cli;

import io.weir.app.WeirConfig;
import io.weir.config.Settings;
import io.weir.emulator.EmulatedModels;
import io.weir.metrics.MetricsTable;
import io.weir.prices.PriceBook;
import io.weir.report.Dimension;
import io.weir.report.Report;
import io.weir.report.Reports;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;

/**
 * A part of a page that is made from the code.
 *
 * @param page where it stands
 * @param name of its markers
 * @param content what stands between them
 */
record GeneratedTable(Path page, String name, Supplier<String> content) {
    private static final String END = "<!-- /generated -->";
    private static final Path THE_GUIDE = Path.of("GUIDE.md");

    static final List<GeneratedTable> ALL =
            List.of(
                    new GeneratedTable(
                            Path.of("docs/configuration.md"), "keys", GeneratedTable::keys),
                    new GeneratedTable(
                            Path.of("docs/emulator.md"), "models", EmulatedModels::table),
                    new GeneratedTable(
                            Path.of("docs/emulator.md"), "names", GeneratedTable::ordinaryModels),
                    new GeneratedTable(THE_GUIDE, "commands", GeneratedTable::commands),
                    new GeneratedTable(THE_GUIDE, "reports", GeneratedTable::reports),
                    new GeneratedTable(THE_GUIDE, "metrics", MetricsTable::markdown),
                    new GeneratedTable(THE_GUIDE, "dimensions", GeneratedTable::dimensions));

    /** The page with this part fresh. */
    String into(String text) {
        String begin = "<!-- generated: " + name + " -->";
        int from = text.indexOf(begin);
        int to = text.indexOf(END, Math.max(from, 0));
        if (from < 0 || to < 0) {
            throw new IllegalStateException(page + " has no part " + begin + " … " + END);
        }
        return text.substring(0, from + begin.length())
                + "\n"
                + content.get().strip()
                + "\n"
                + text.substring(to);
    }

    @Override
    public String toString() {
        return page + " " + name;
    }

    /** Keys in the order in which they are read, sections kept together. */
    private static String keys() {
        Settings settings = Settings.defaults();
        WeirConfig.from(settings, Map.of(), WeirConfig.Overrides.NONE);
        Map<String, List<String>> sections = new LinkedHashMap<>();
        for (Settings.Described key : settings.described()) {
            String row =
                    "| `%s` | %s | %s |"
                            .formatted(
                                    key.key(),
                                    key.fallback().isEmpty() ? "" : "`" + key.fallback() + "`",
                                    key.meaning());
            sections.computeIfAbsent(key.key().split("\\.", 2)[0], section -> new ArrayList<>())
                    .add(row);
        }
        return "| key | default | meaning |\n|---|---|---|\n"
                + sections.values().stream()
                        .flatMap(List::stream)
                        .collect(Collectors.joining("\n"));
    }

    private static String ordinaryModels() {
        return EmulatedModels.names().stream()
                .takeWhile(name -> !name.startsWith("error-"))
                .map(name -> "`" + name + "`")
                .collect(Collectors.joining(", "));
    }

    private static String commands() {
        return "| command | what it does |\n|---|---|\n"
                + Commands.ALL.stream()
                        .map(entry -> row(entry.name(), entry.type().getAnnotation(Command.class)))
                        .filter(row -> !row.isEmpty())
                        .collect(Collectors.joining("\n"));
    }

    private static String row(String command, Command about) {
        return about.hidden()
                ? ""
                : "| `weir %s` | %s |".formatted(command, about.description()[0]);
    }

    private static String reports() {
        return "| report | what it tells |\n|---|---|\n"
                + new Reports(PriceBook::shipped)
                        .all().stream().map(GeneratedTable::row).collect(Collectors.joining("\n"));
    }

    private static String row(Report report) {
        return "| `%s` | %s |".formatted(report.name(), report.summary());
    }

    private static String dimensions() {
        return Arrays.stream(Dimension.values())
                .map(dimension -> "`" + dimension.word() + "`")
                .collect(Collectors.joining(", "));
    }
}
