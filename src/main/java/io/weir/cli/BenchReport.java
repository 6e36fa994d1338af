package io.weir.cli;

import io.weir.replay.BenchPlan;
import io.weir.replay.BenchResult;
import io.weir.replay.BenchRun;
import io.weir.replay.Histogram;
import io.weir.replay.LoadTarget;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** What a benchmark measured, in words. */
final class BenchReport {
    /** A generator this late at its 99th percentile measures itself as much as its targets. */
    private static final long LATE_NANOS = Duration.ofMillis(5).toNanos();

    private final BenchResult result;
    private final BenchPlan plan;

    BenchReport(BenchResult result) {
        this.result = result;
        this.plan = result.plan();
    }

    /** For people. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(setting());
        lines.add("");
        lines.addAll(calls().lines());
        lines.add("");
        lines.addAll(times("latency, ms", BenchRun::latency).lines());
        if (result.streamed()) {
            lines.add("");
            lines.addAll(times("first token, ms", BenchRun::firstToken).lines());
        }
        return lines;
    }

    /** What its reader should know before believing it. */
    List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        for (LoadTarget target : plan.targets()) {
            long late = result.pooled(target.name(), BenchRun::lateness).percentile(99);
            if (late > LATE_NANOS) {
                warnings.add(
                        "the generator itself was %s ms late at p99 for %s: lower --rate"
                                .formatted(Amounts.millis((double) late), target.name()));
            }
        }
        return warnings;
    }

    /** Under which load it was measured. */
    String setting() {
        String how =
                switch (plan.load()) {
                    case BenchPlan.Load.Open open ->
                            "Open loop, %s calls/s, at most %d connections"
                                    .formatted(decimal(open.callsPerSecond()), open.connections());
                    case BenchPlan.Load.Closed closed ->
                            "Closed loop, %d connections".formatted(closed.connections());
                };
        return "%s; %d rounds of %s; %d-byte requests; medians of the rounds."
                .formatted(
                        how,
                        plan.rounds(),
                        Amounts.time(plan.duration().toNanos()),
                        plan.body().length());
    }

    private Columns calls() {
        Columns columns =
                new Columns("lrrrrr")
                        .row("", "calls", "failed", "calls/s", "CPU µs/call", "generator µs/call");
        for (LoadTarget target : plan.targets()) {
            List<BenchRun> runs = result.runs(target.name());
            columns.row(
                    target.name(),
                    Amounts.count(runs.stream().mapToLong(BenchRun::calls).sum()),
                    failures(runs),
                    decimal(result.median(target.name(), BenchRun::callsPerSecond)),
                    cpu(target, BenchRun::cpuMicrosPerCall),
                    cpu(target, BenchRun::generatorMicrosPerCall));
        }
        return columns;
    }

    private static String failures(List<BenchRun> runs) {
        StringBuilder text = new StringBuilder();
        text.append(Amounts.count(runs.stream().mapToLong(BenchRun::failed).sum()));
        runs.stream()
                .flatMap(run -> run.failures().keySet().stream())
                .distinct()
                .sorted()
                .forEach(word -> text.append(' ').append(word));
        return text.toString();
    }

    private String cpu(LoadTarget target, Function<BenchRun, OptionalDouble> figure) {
        OptionalDouble micros = result.medianIfThere(target.name(), figure);
        return micros.isPresent() ? decimal(micros.getAsDouble()) : "-";
    }

    private Columns times(String title, Function<BenchRun, Histogram> of) {
        Columns columns = new Columns("lrrrrr").row(title, "p50", "p90", "p99", "p99.9", "max");
        for (LoadTarget target : plan.targets()) {
            columns.row(cells(target.name(), of, figure -> result.median(target.name(), figure)));
        }
        for (LoadTarget target : plan.targets().subList(1, plan.targets().size())) {
            columns.row(
                    cells(
                            target.name() + " adds",
                            of,
                            figure -> result.added(target.name(), figure)));
        }
        return columns;
    }

    private static String[] cells(
            String name,
            Function<BenchRun, Histogram> of,
            Function<ToDoubleFunction<BenchRun>, Double> figureOf) {
        List<String> cells = new ArrayList<>(List.of(name));
        for (double percent : Percentiles.SHOWN) {
            cells.add(Amounts.millis(figureOf.apply(run -> of.apply(run).percentile(percent))));
        }
        cells.add(Amounts.millis(figureOf.apply(run -> of.apply(run).max())));
        return cells.toArray(String[]::new);
    }

    private static String decimal(double value) {
        return String.format(Locale.ROOT, value < 100 ? "%.1f" : "%,.0f", value);
    }
}
