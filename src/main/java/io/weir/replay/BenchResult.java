package io.weir.replay;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * Everything a benchmark measured. A target's figure is the median over its rounds; what a target
 * adds is the median of the differences to the baseline in the same round.
 *
 * @param runs in the order they ran
 */
public record BenchResult(BenchPlan plan, List<BenchRun> runs) {
    public BenchResult {
        runs = List.copyOf(runs);
    }

    /** The runs of one target, in order of their rounds. */
    public List<BenchRun> runs(String target) {
        return runs.stream().filter(run -> run.target().equals(target)).toList();
    }

    /** Whether every turn saw first tokens. */
    public boolean streamed() {
        return runs.stream().allMatch(run -> run.firstToken().count() > 0);
    }

    /** All rounds of one target in one histogram. */
    public Histogram pooled(String target, Function<BenchRun, Histogram> of) {
        Histogram all = new Histogram();
        runs(target).forEach(run -> all.add(of.apply(run)));
        return all;
    }

    /** The median of a figure over the rounds of a target. */
    public double median(String target, ToDoubleFunction<BenchRun> figure) {
        return median(runs(target).stream().mapToDouble(figure).toArray());
    }

    /** The median of a figure that not every run has; empty when one lacks it. */
    public OptionalDouble medianIfThere(String target, Function<BenchRun, OptionalDouble> figure) {
        Stream<BenchRun> rounds = runs(target).stream();
        if (rounds.map(figure).anyMatch(OptionalDouble::isEmpty)) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(median(target, run -> figure.apply(run).orElseThrow()));
    }

    /** What a target adds to the first one: the median of the differences, round by round. */
    public double added(String target, ToDoubleFunction<BenchRun> figure) {
        List<BenchRun> base = runs(plan.targets().getFirst().name());
        List<BenchRun> own = runs(target);
        double[] differences = new double[own.size()];
        for (int i = 0; i < differences.length; i++) {
            differences[i] = figure.applyAsDouble(own.get(i)) - figure.applyAsDouble(base.get(i));
        }
        return median(differences);
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
