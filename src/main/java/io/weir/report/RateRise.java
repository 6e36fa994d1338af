package io.weir.report;

import io.weir.report.Episode.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * Tells whether a share of calls, failed or slow ones, is larger than it usually is. Small numbers
 * cry no wolf: what counts is how unlikely so many hits are at the usual share. Mutable, for one
 * series and thread.
 */
final class RateRise implements Episode.Judge {
    /** Five minutes, a quarter of an hour, an hour: the fewer the calls, the longer it takes. */
    private static final int[] WIDTHS = {1, 3, 12};

    private static final long LEAST_HITS = 5;
    private static final long LEAST_TRIALS = 50;
    private static final int LEAST_CELLS = 6;

    /** A group of the past: an hour, or longer where that has few calls. */
    private static final long GROUP_TRIALS = 30;

    /** Bad hours of the past that are left out of what is usual. */
    private static final double TRIMMED = 0.1;

    private final History series;
    private final ToLongFunction<Cell> hits;
    private final ToLongFunction<Cell> trials;
    private final double leastRise;
    private final List<long[]> groups = new ArrayList<>();
    private long groupHits;
    private long groupTrials;
    private int groupCells;
    private long learnedTrials;
    private int learnedCells;

    /**
     * For a share.
     *
     * @param leastRise what it has to rise by to matter
     */
    RateRise(
            History series,
            ToLongFunction<Cell> hits,
            ToLongFunction<Cell> trials,
            double leastRise) {
        this.series = series;
        this.hits = hits;
        this.trials = trials;
        this.leastRise = leastRise;
        for (long hour = series.firstWholeHour(); hour < series.cellsHour(); hour++) {
            learn(series.hour(hour), History.HOUR);
        }
    }

    @Override
    public Verdict at(int cell, int since) {
        if (learnedTrials < LEAST_TRIALS || learnedCells < LEAST_CELLS) {
            return Verdict.USUAL;
        }
        Usual usual = usual();
        double score = 0;
        int from = cell;
        for (int most : WIDTHS) {
            int width = Math.min(most, cell - since + 1);
            Cell sum = series.through(cell, width);
            double one = score(sum, usual);
            if (one > score) {
                score = one;
                from = start(cell, width, usual);
            }
        }
        return new Verdict(score, still(cell, usual), from, usual.share());
    }

    @Override
    public void learn(int cell) {
        learn(series.cell(cell), 1);
    }

    private void learn(Cell cell, int cells) {
        groupHits += hits.applyAsLong(cell);
        groupTrials += trials.applyAsLong(cell);
        groupCells += cells;
        learnedTrials += trials.applyAsLong(cell);
        learnedCells += cells;
        if (groupCells >= History.HOUR && groupTrials >= GROUP_TRIALS) {
            groups.add(new long[] {groupHits, groupTrials});
            groupHits = 0;
            groupTrials = 0;
            groupCells = 0;
        }
    }

    private boolean still(int cell, Usual usual) {
        Cell sum = series.through(cell, 3);
        double expected = Math.max(1.5 * usual.share(), usual.high()) * trials.applyAsLong(sum);
        return hits.applyAsLong(sum) > Math.max(1, expected);
    }

    private double score(Cell sum, Usual usual) {
        long hit = hits.applyAsLong(sum);
        long of = trials.applyAsLong(sum);
        double share = of == 0 ? 0 : (double) hit / of;
        boolean matters =
                hit >= LEAST_HITS
                        && share >= 2 * usual.share()
                        && share >= usual.share() + leastRise;
        return matters ? Statistics.scoreOfHits(hit, of, usual.high()) : 0;
    }

    /** The first cell of the window whose own share is above what is usual. */
    private int start(int cell, int width, Usual usual) {
        for (int i = cell - width + 1; i < cell; i++) {
            long of = trials.applyAsLong(series.cell(i));
            if (of > 0 && (double) hits.applyAsLong(series.cell(i)) / of > 2 * usual.high()) {
                return i;
            }
        }
        return cell;
    }

    private Usual usual() {
        List<long[]> kept = new ArrayList<>(groups);
        kept.sort((a, b) -> Double.compare(share(a), share(b)));
        kept = kept.subList(0, kept.size() - (int) (TRIMMED * kept.size()));
        long hit = kept.stream().mapToLong(group -> group[0]).sum();
        long of = kept.stream().mapToLong(group -> group[1]).sum();
        if (of < LEAST_TRIALS) {
            hit += groupHits;
            of += groupTrials;
        }
        double share = (hit + 0.5) / (of + 1);
        double busy = kept.size() < 10 ? share : share(kept.getLast());
        return new Usual(share, Math.min(0.95, Math.max(1.2 * share + 0.005, busy)));
    }

    private static double share(long[] group) {
        return (double) group[0] / group[1];
    }

    /**
     * What is usual.
     *
     * @param share over the past
     * @param high what it reaches in busy hours, with some room for what the past does not show
     */
    private record Usual(double share, double high) {}
}
