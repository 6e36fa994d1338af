package io.weir.cli;

import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** {@code weir profile}: where Weir's own time goes, so that "is it the gateway?" has an answer. */
@Command(
        name = "profile",
        abbreviateSynopsis = true,
        sortOptions = false,
        description = {
            "Say where the time of calls goes: Weir itself, the upstream, the client.",
            "The running Weir records its own stages for a while with the JDK's flight recorder."
        },
        footer = {"", "Examples:", "  weir profile", "  weir profile --seconds 60 --json | jq ."})
final class TakeProfile implements Callable<Integer> {
    @Mixin private final ServerOptions server = new ServerOptions();

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "10",
            description = "For how long, 1 to 120. Default: ${DEFAULT-VALUE}.")
    private int seconds;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    private final Terminal terminal;

    TakeProfile(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        try (Server admin = new Server(server.address(terminal), server.adminKeyFirst(terminal))) {
            JsonNode profile = recorded(admin);
            if (json) {
                terminal.out().println(profile);
            } else {
                print(profile);
            }
        }
        return ExitCode.OK.number();
    }

    private JsonNode recorded(Server admin) throws InterruptedException {
        long began = terminal.ticker().nanos();
        try (ProgressLine _ =
                new ProgressLine(
                        terminal,
                        () ->
                                "recording, %d of %d s"
                                        .formatted(
                                                (terminal.ticker().nanos() - began) / 1_000_000_000,
                                                seconds))) {
            return admin.adminJson("/profile?seconds=" + seconds);
        }
    }

    private void print(JsonNode profile) {
        if (profile.path("calls").asLong() == 0) {
            terminal.out()
                    .println(
                            "No call ended in these %d s. Send some, with 'weir replay' for instance, and ask again."
                                    .formatted(seconds));
            return;
        }
        terminal.out().println(terminal.bold(verdict(profile)));
        terminal.out().println();
        whose(profile);
        terminal.out().println();
        stages(profile);
        terminal.out().println();
        methods(profile);
        terminal.out().println(footer(profile));
    }

    /** The answer to "is it the gateway?", at the median. */
    private static String verdict(JsonNode profile) {
        double whole = profile.path("whole_us").path("mean").asDouble();
        double weir = profile.path("weir_us").path("mean").asDouble();
        double part = whole == 0 ? 0 : weir / whole;
        return "Is it the gateway? %s: of %s a call, Weir took %s (%s), over %s calls."
                .formatted(
                        part < 0.1 ? "No" : part < 0.5 ? "Partly" : "Yes",
                        micros(whole),
                        micros(weir),
                        share(part),
                        Amounts.count(profile.path("calls").asLong()));
    }

    private void whose(JsonNode profile) {
        Columns columns = new Columns("lrrr").row("TIME OF A CALL", "MEAN", "P50", "P99");
        for (String whose : new String[] {"weir", "upstream", "client", "whole"}) {
            JsonNode spread = profile.path(whose + "_us");
            columns.row(whose, at(spread, "mean"), at(spread, "p50"), at(spread, "p99"));
        }
        columns.lines().forEach(terminal.out()::println);
    }

    private void stages(JsonNode profile) {
        Columns columns =
                new Columns("llrrrrr")
                        .row("STAGE", "WHOSE", "COUNT", "MEAN", "P50", "P99", "OF WEIR'S TIME");
        for (JsonNode stage : profile.path("stages")) {
            double part = stage.path("share_of_weir").asDouble();
            columns.row(
                    Printable.line(stage.path("stage").asString("")),
                    Printable.line(stage.path("whose").asString("")),
                    Amounts.count(stage.path("count").asLong()),
                    at(stage.path("us"), "mean"),
                    at(stage.path("us"), "p50"),
                    at(stage.path("us"), "p99"),
                    part == 0 ? "-" : share(part));
        }
        columns.lines().forEach(terminal.out()::println);
    }

    private void methods(JsonNode profile) {
        if (profile.path("methods").isEmpty()) {
            return;
        }
        Columns columns = new Columns("rl").row("CPU", "METHOD");
        for (JsonNode method : profile.path("methods")) {
            columns.row(
                    share(method.path("share").asDouble()),
                    Printable.line(method.path("method").asString("")));
        }
        columns.lines().forEach(terminal.out()::println);
        terminal.out().println();
    }

    private static String footer(JsonNode profile) {
        JsonNode pauses = profile.path("gc_pauses");
        return "Garbage collector: %d pauses, %.1f ms in all, the longest %.1f ms. Pinned threads: %d."
                .formatted(
                        pauses.path("count").asLong(),
                        pauses.path("total_ms").asDouble(),
                        pauses.path("longest_ms").asDouble(),
                        profile.path("pinned_threads").asLong());
    }

    private static String at(JsonNode spread, String name) {
        return micros(spread.path(name).asDouble());
    }

    private static String micros(double micros) {
        return micros < 1_000
                ? String.format(Locale.ROOT, "%.1f µs", micros)
                : Amounts.time((long) (micros * 1e3));
    }

    private static String share(double part) {
        return String.format(Locale.ROOT, part < 0.001 ? "%.3f %%" : "%.1f %%", 100 * part);
    }
}
