package io.weir.report;

import io.weir.report.Episode.Verdict;
import java.util.ArrayList;
import java.util.List;

/**
 * Tells whether calls have become larger: tokens a call against what a call of the series usually
 * has, on a logarithmic scale, because sizes differ by factors. Mutable, for one series and thread.
 */
final class TokenGrowth implements Episode.Judge {
    private static final int[] WIDTHS = {1, 3, 12};
    private static final int LEAST_GROUPS = 6;
    private static final long GROUP_CALLS = 30;
    private static final long LEAST_CALLS = 20;
    private static final double LEAST_FACTOR = 1.5;
    private static final double STILL_FACTOR = 1.2;

    /** What averages of ever so many calls differ by from hour to hour, the square of 10 %. */
    private static final double OF_ITSELF = 0.01;

    private final History series;
    private final List<Cell> groups = new ArrayList<>();
    private Cell group = Cell.NONE;

    TokenGrowth(History series) {
        this.series = series;
        for (long hour = series.firstWholeHour(); hour < series.cellsHour(); hour++) {
            learn(series.hour(hour));
        }
    }

    @Override
    public Verdict at(int cell, int since) {
        if (groups.size() < LEAST_GROUPS) {
            return Verdict.USUAL;
        }
        double[] sizes = groups.stream().mapToDouble(TokenGrowth::logSize).toArray();
        double usual = Statistics.median(sizes);
        double variance = variance(usual);
        double score = 0;
        int from = cell;
        for (int most : WIDTHS) {
            int width = Math.min(most, cell - since + 1);
            Cell sum = series.through(cell, width);
            double one = score(sum, usual, variance);
            if (one > score) {
                score = one;
                from = start(cell, width, usual);
            }
        }
        return new Verdict(score, still(cell, usual), from, Math.exp(usual));
    }

    @Override
    public void learn(int cell) {
        learn(series.cell(cell));
    }

    private void learn(Cell cell) {
        group = group.plus(cell);
        if (group.succeeded() >= GROUP_CALLS && group.tokens() > 0) {
            groups.add(group);
            group = Cell.NONE;
        }
    }

    private boolean still(int cell, double usual) {
        Cell sum = series.through(cell, 3);
        return sum.succeeded() > 0
                && sum.tokens() > 0
                && logSize(sum) - usual > Math.log(STILL_FACTOR);
    }

    private static double score(Cell sum, double usual, double variance) {
        if (sum.succeeded() < LEAST_CALLS || sum.tokens() == 0) {
            return 0;
        }
        double growth = logSize(sum) - usual;
        double deviation = Math.sqrt(variance / sum.succeeded() + OF_ITSELF);
        return growth < Math.log(LEAST_FACTOR)
                ? 0
                : Statistics.scoreOfDeviations(growth / deviation);
    }

    private int start(int cell, int width, double usual) {
        for (int i = cell - width + 1; i < cell; i++) {
            Cell one = series.cell(i);
            if (one.succeeded() > 0 && logSize(one) - usual > Math.log(LEAST_FACTOR)) {
                return i;
            }
        }
        return cell;
    }

    /** Of one call's size, from how far groups are from the usual. */
    private double variance(double usual) {
        double[] squares =
                groups.stream()
                        .mapToDouble(of -> of.succeeded() * Math.pow(logSize(of) - usual, 2))
                        .toArray();
        return Statistics.median(squares) / Statistics.MEDIAN_OF_SQUARES;
    }

    private static double logSize(Cell cell) {
        return Math.log((double) cell.tokens() / cell.succeeded());
    }
}
