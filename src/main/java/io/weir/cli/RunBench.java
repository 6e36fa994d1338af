package io.weir.cli;

import io.weir.replay.Bench;
import io.weir.replay.BenchPlan;
import io.weir.replay.BenchResult;
import io.weir.replay.LoadTarget;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code weir bench}: what a gateway costs, measured side by side with going without. */
@Command(
        name = "bench",
        abbreviateSynopsis = true,
        sortOptions = false,
        description = {
            "Measure what a gateway costs: direct against through it, side by side.",
            "Targets are loaded alike and in turns, A B A B. The first is the baseline; what the",
            "others add is the median of the differences, round by round. Open loop: calls start at",
            "fixed times and latency counts from then, so a stall is seen by every call it delayed."
        },
        footer = {
            "",
            "Examples:",
            "  weir bench --direct http://127.0.0.1:9090/v1 --via http://127.0.0.1:8080/v1 --pid 4711",
            "  weir bench --closed 64 --duration 10s \\",
            "      --target direct=http://127.0.0.1:9090/v1 \\",
            "      --target nginx=http://127.0.0.1:8081/v1,pid=4242 \\",
            "      --target weir=http://127.0.0.1:8080/v1,pid=4711,key-env=WEIR_KEY",
            "",
            "Exits with 1 when a call failed: figures with failures are not to be trusted."
        })
final class RunBench implements Callable<Integer> {
    private static final Duration SILENCE = Duration.ofSeconds(30);
    private static final Path PROC = Path.of("/proc");

    @Option(
            names = "--direct",
            paramLabel = "URL",
            description = "The upstream itself, the baseline. Short for --target direct=URL.")
    private @Nullable String direct;

    @Option(
            names = "--via",
            paramLabel = "URL",
            description = "The gateway, called with Weir's key. Like --target via=URL.")
    private @Nullable String via;

    @Option(
            names = "--target",
            paramLabel = "NAME=URL[,pid=PID][,key-env=VARIABLE]",
            description = {
                "A target; repeat it. Its CPU is that of process PID (12+13 for two) and",
                "its children; its key is in VARIABLE."
            })
    private List<String> targets = new ArrayList<>();

    @Option(
            names = "--pid",
            paramLabel = "PID",
            description = "The gateway's process, for CPU a call (Linux). Goes with --via.")
    private @Nullable String pid;

    @Mixin private final BenchLoadOptions load = new BenchLoadOptions();
    @Mixin private final BenchRequestOptions request = new BenchRequestOptions();
    @Mixin private final KeyOptions keys = new KeyOptions();

    @Option(names = "--json", description = "Print the result as one JSON object.")
    private boolean json;

    @Option(
            names = "--raw",
            paramLabel = "DIR",
            description = "Write the result and every run's histogram there.")
    private @Nullable Path raw;

    private final Terminal terminal;

    RunBench(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        BenchPlan plan = plan();
        Bench bench = new Bench(plan, PROC, terminal.ticker());
        AtomicInteger done = new AtomicInteger();
        BenchResult result;
        try (ProgressLine _ = new ProgressLine(terminal, () -> progress(plan, done.get()))) {
            result = bench.run(run -> done.incrementAndGet());
        }
        BenchReport report = new BenchReport(result);
        if (raw != null) {
            RawBench.write(result, new BenchJson(result).json(), raw);
        }
        if (json) {
            terminal.out().println(new BenchJson(result).json());
        } else {
            report.lines().forEach(terminal.out()::println);
        }
        report.warnings().forEach(warning -> terminal.err().println("weir: " + warning));
        boolean failed = result.runs().stream().anyMatch(run -> run.failed() > 0);
        return (failed ? ExitCode.FAILED : ExitCode.OK).number();
    }

    private BenchPlan plan() throws IOException {
        List<LoadTarget> all = targets();
        Set<String> names = new HashSet<>();
        for (LoadTarget target : all) {
            if (!names.add(target.name()) || !target.name().matches("[A-Za-z0-9._-]{1,40}")) {
                throw new CommandFailure(
                        ExitCode.USAGE,
                        "Targets have different names of letters, digits, dots, dashes; not \""
                                + target.name()
                                + "\".");
            }
        }
        return new BenchPlan(
                all,
                load.load(),
                request.path(),
                request.body(),
                load.rounds(),
                load.duration(),
                load.warmup(),
                load.settle(),
                SILENCE);
    }

    private List<LoadTarget> targets() {
        LoadTargets reader = new LoadTargets(terminal, LoadTargets.headers(request.headers()));
        List<LoadTarget> all = new ArrayList<>();
        if (direct != null) {
            all.add(reader.unnamed("direct", direct, Optional.empty()));
        }
        targets.forEach(text -> all.add(reader.named(text)));
        if (via != null) {
            Address address = Address.of(via.split(",", 2)[0], true);
            String process = pid == null ? "" : ",pid=" + pid;
            all.add(reader.unnamed("via", via + process, keys.app(address, terminal)));
        }
        if (pid != null && via == null) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "--pid goes with --via; elsewhere write --target NAME=URL,pid=PID.");
        }
        if (all.isEmpty()) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "Measure what? Give --direct and --via, or --target twice or more.");
        }
        return all;
    }

    private static String progress(BenchPlan plan, int done) {
        int all = plan.rounds() * plan.targets().size();
        Duration left = plan.length().multipliedBy(all - done).dividedBy(all);
        String next = done < all ? plan.targets().get(done % plan.targets().size()).name() : "done";
        return "turn %d of %d · %s · about %d s left"
                .formatted(Math.min(done + 1, all), all, next, left.toSeconds());
    }
}
