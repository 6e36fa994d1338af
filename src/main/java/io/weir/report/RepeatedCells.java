package io.weir.report;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Calls that are as good as the same, by five minutes. Mutable, for one thread. */
final class RepeatedCells {
    /** Quartiles of gaps that come by chance differ by a factor of 4.8. */
    private static final double REGULAR = 2.5;

    private static final double LEAST_FACTOR = 4;

    /** A key that has just begun may be meant to do this: then it takes more calls. */
    private static final Duration KNOWN = Duration.ofHours(1);

    private static final double OF_AN_UNKNOWN_KEY = 4;

    /** Of the cells that the past has, the busiest tenth says what the key does at times. */
    private static final double BUSY = 0.9;

    private static final Duration CALM = Rollup.WIDTH.multipliedBy(3);

    private final Instant keySince;
    private final List<One> cells = new ArrayList<>();

    RepeatedCells(Instant keySince) {
        this.keySince = keySince;
    }

    /** Five minutes of it, in the order of time. */
    void add(One cell) {
        cells.add(cell);
    }

    List<Anomaly> loops(String key, String model, Instant from, Instant until, long least) {
        List<Anomaly> loops = new ArrayList<>();
        List<Double> past = new ArrayList<>();
        @Nullable Anomaly open = null;
        for (One cell : cells) {
            double usual = usual(past);
            if (!looping(cell, usual, least)) {
                past.add((double) cell.calls);
                continue;
            }
            if (open != null && !cell.start.isAfter(open.until().plus(CALM))) {
                open = longer(open, cell);
            } else {
                keep(open, from, until, loops);
                open = begun(key, model, cell, usual);
            }
        }
        keep(open, from, until, loops);
        return loops;
    }

    private static double usual(List<Double> past) {
        double[] values = past.stream().mapToDouble(Double::doubleValue).toArray();
        return values.length == 0 ? 0 : Statistics.quantile(BUSY, values);
    }

    private boolean looping(One cell, double usual, long least) {
        boolean known = !cell.start.isBefore(keySince.plus(KNOWN));
        return cell.calls >= (known ? 1 : OF_AN_UNKNOWN_KEY) * least
                && cell.calls >= LEAST_FACTOR * usual
                && cell.longGap <= REGULAR * cell.shortGap;
    }

    private static void keep(
            @Nullable Anomaly loop, Instant from, Instant until, List<Anomaly> loops) {
        if (loop != null && loop.until().isAfter(from)) {
            loops.add(loop.until().plus(CALM).isBefore(until) ? loop : loop.stillGoing());
        }
    }

    private static Anomaly begun(String key, String model, One cell, double usual) {
        return new Anomaly(
                Anomaly.Kind.LOOP,
                "key",
                key,
                model,
                cell.start,
                cell.start.plus(Rollup.WIDTH),
                true,
                cell.calls,
                usual,
                score(cell, usual),
                cell.calls,
                cell.cost);
    }

    private static Anomaly longer(Anomaly loop, One cell) {
        return new Anomaly(
                loop.kind(),
                loop.scope(),
                loop.name(),
                loop.model(),
                loop.from(),
                cell.start.plus(Rollup.WIDTH),
                true,
                Math.max(loop.observed(), (double) cell.calls),
                loop.usual(),
                Math.max(loop.score(), score(cell, loop.usual())),
                loop.calls() + cell.calls,
                loop.costNanoUsd() + cell.cost);
    }

    private static double score(One cell, double usual) {
        return Statistics.scoreOfDeviations((cell.calls - usual) / Math.sqrt(usual + 1));
    }

    /**
     * Five minutes.
     *
     * @param cost in nano-dollars
     * @param shortGap between two calls, the lower quartile in microseconds
     * @param longGap the upper quartile
     */
    record One(Instant start, long calls, long cost, double shortGap, double longGap) {}
}
