package io.weir.replay;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Measures targets side by side: A B A B, each in its turn under the same load. */
public final class Bench {
    private final BenchPlan plan;
    private final Path proc;
    private final Ticker ticker;

    /**
     * @param proc where the process file system is mounted, for CPU times
     */
    public Bench(BenchPlan plan, Path proc, Ticker ticker) {
        this.plan = plan;
        this.proc = proc;
        this.ticker = ticker;
    }

    /**
     * Runs all rounds.
     *
     * @param each sees every run when it ends
     * @throws TargetUnreachable when a target cannot be reached at all
     * @throws BenchFailed when CPU times cannot be read
     */
    public BenchResult run(Consumer<BenchRun> each) throws InterruptedException {
        for (LoadTarget target : plan.targets()) {
            Lane.requireReachable(target, plan.silence());
            new ProcessCpu(proc, target.processes()).nanos();
        }
        List<BenchRun> runs = new ArrayList<>();
        for (int round = 1; round <= plan.rounds(); round++) {
            for (LoadTarget target : plan.targets()) {
                BenchRun run = new BenchRound(plan, target, proc, ticker).run(round);
                runs.add(run);
                each.accept(run);
            }
        }
        return new BenchResult(plan, runs);
    }
}
