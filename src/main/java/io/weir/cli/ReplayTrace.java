package io.weir.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.replay.LoadTarget;
import io.weir.replay.Replay;
import io.weir.replay.ReplayProgress;
import io.weir.replay.ReplaySettings;
import io.weir.replay.ReplaySummary;
import io.weir.replay.Trace;
import io.weir.replay.TraceReader;
import io.weir.tokens.TokenCounter;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code weir replay}: a recorded load, played on its own clock. */
@Command(
        name = "replay",
        abbreviateSynopsis = true,
        sortOptions = false,
        description = {
            "Play a recorded load on its own clock, and sum up what the client saw.",
            "Every request has exactly the prompt tokens the trace says, and asks for its output."
        },
        footer = {
            "",
            "A trace is a CSV file that begins with one of these lines:",
            "  TIMESTAMP,ContextTokens,GeneratedTokens         (Azure's public traces)",
            "  offset_ms,input_tokens,output_tokens[,model]",
            "",
            "Examples:",
            "  weir replay AzureLLMInferenceTrace_conv.csv --speed 60",
            "  weir replay load.csv --speed 1 --stream --limit 100 --json",
            "",
            "Exits with 1 when a call failed."
        })
final class ReplayTrace implements Callable<Integer> {
    private static final Duration SILENCE = Duration.ofMinutes(2);

    @Mixin private final ServerOptions server = new ServerOptions();

    @Parameters(paramLabel = "TRACE", description = "The file; - reads standard input.")
    private Path trace = Path.of("-");

    @Option(
            names = "--speed",
            paramLabel = "FACTOR",
            defaultValue = "60",
            description = "How many times faster than recorded. Default: ${DEFAULT-VALUE}.")
    private double speed = 60;

    @Option(
            names = "--model",
            paramLabel = "NAME",
            description = "Ask this model. Default: the trace's, else gpt-4o-mini.")
    private @Nullable String model;

    @Option(
            names = "--limit",
            paramLabel = "COUNT",
            description = "Only the trace's first calls. Default: all.")
    private int limit = Integer.MAX_VALUE;

    @Option(
            names = "--concurrency",
            paramLabel = "COUNT",
            defaultValue = "1024",
            description = {
                "Calls in flight at most; beyond it calls start late, which is reported.",
                "Default: ${DEFAULT-VALUE}."
            })
    private int concurrency = 1024;

    @ArgGroup private final Shape shape = new Shape();

    @Option(names = "--json", description = "Print the summary as one JSON object.")
    private boolean json;

    private final Terminal terminal;

    /** At most one of them. */
    private static final class Shape {
        @Option(names = "--stream", description = "Ask for streamed answers.")
        private boolean stream;

        @Option(names = "--whole", description = "Ask for whole answers (the default).")
        private boolean whole;

        boolean streamed() {
            return stream && !whole;
        }
    }

    ReplayTrace(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Trace played = read().first(limit);
        LoadTarget target =
                new LoadTargets(terminal, LoadTargets.headers(List.of()))
                        .target("server", server.address(terminal), server.appKey(terminal));
        Replay replay =
                new Replay(
                        played,
                        target,
                        settings(),
                        new TokenCounter()::textOfTokens,
                        terminal.ticker());
        long start = terminal.ticker().nanos();
        ReplaySummary summary;
        try (ProgressLine _ =
                new ProgressLine(terminal, () -> progress(replay.progress(), start))) {
            summary = replay.run();
        }
        print(summary);
        return exitCode(summary).number();
    }

    private Trace read() throws IOException {
        if (trace.toString().equals("-")) {
            return TraceReader.read(terminal.in());
        }
        if (!Files.isReadable(trace)) {
            throw new CommandFailure(
                    ExitCode.USAGE, "Cannot read the trace " + trace + ": is the path right?");
        }
        try (Reader in = Files.newBufferedReader(trace, UTF_8)) {
            return TraceReader.read(in);
        }
    }

    private ReplaySettings settings() {
        if (!(speed > 0) || speed > 1e6) {
            throw new CommandFailure(ExitCode.USAGE, "--speed is above 0 and at most 1000000.");
        }
        if (concurrency < 1 || concurrency > 65_536) {
            throw new CommandFailure(ExitCode.USAGE, "--concurrency is 1 to 65536.");
        }
        return new ReplaySettings(speed, model, concurrency, shape.streamed(), SILENCE);
    }

    private String progress(ReplayProgress progress, long start) {
        double seconds = Math.max(1, terminal.ticker().nanos() - start) / 1e9;
        return "%s of %s calls · %.0f/s · %s failed · %s in flight"
                .formatted(
                        Amounts.count(progress.done()),
                        Amounts.count(progress.total()),
                        progress.done() / seconds,
                        Amounts.count(progress.failed()),
                        Amounts.count(progress.inFlight()));
    }

    private void print(ReplaySummary summary) {
        if (json) {
            terminal.out().println(ReplayReport.json(summary));
        } else {
            ReplayReport.lines(summary).forEach(terminal.out()::println);
        }
        if (summary.unauthorised()) {
            terminal.err()
                    .println(
                            "weir: the key was refused, so the replay was given up. Give --data,"
                                    + " --key-file, or set WEIR_KEY.");
        }
    }

    private static ExitCode exitCode(ReplaySummary summary) {
        if (summary.unauthorised()) {
            return ExitCode.NOT_AUTHORISED;
        }
        return summary.failed() > 0 ? ExitCode.FAILED : ExitCode.OK;
    }
}
