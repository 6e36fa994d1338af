package io.weir.report;

import io.weir.report.Episode.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Tells whether there is much more of something, calls or money, than at other such times. Mutable,
 * for one series and thread.
 */
final class AmountRise implements Episode.Judge {
    private static final int[] WIDTHS = {1, 3, 12};
    private static final double LEAST_FACTOR = 2;

    /** An episode goes on while there is this much more. */
    private static final double STILL_FACTOR = 1.3;

    private final History series;
    private final ToDoubleFunction<Cell> amount;
    private final Seasons seasons;
    private final double noise;
    private final double least;
    private final List<Double> recent = new ArrayList<>();

    /**
     * For an amount.
     *
     * @param noise the least variance of an amount, in parts of the amount: 1 for counts
     * @param least what is too little to matter
     */
    AmountRise(History series, ToDoubleFunction<Cell> amount, double noise, double least) {
        this.series = series;
        this.amount = amount;
        this.seasons = new Seasons(series, amount);
        this.noise = Math.max(noise, Noise.of(series, amount));
        this.least = least;
        int hours = (int) Math.min(2, series.cellsHour() - series.firstWholeHour());
        for (int i = hours * History.HOUR; i > 0; i--) {
            long hour = series.cellsHour() - Math.ceilDiv(i, History.HOUR);
            recent.add(amount.applyAsDouble(series.hour(hour)) / History.HOUR);
        }
    }

    @Override
    public Verdict at(int cell, int since) {
        Seasons.Band band = seasons.at(cell, recent);
        double score = 0;
        int from = cell;
        for (int width : WIDTHS) {
            double one = cell - since + 1 < width ? 0 : score(cell, width, band);
            if (one > score) {
                score = one;
                from = start(cell, width, band);
            }
        }
        return new Verdict(score, still(cell, band), from, band.usual());
    }

    @Override
    public void learn(int cell) {
        recent.add(amount.applyAsDouble(series.cell(cell)));
    }

    private boolean still(int cell, Seasons.Band band) {
        double seen = amount.applyAsDouble(series.through(cell, 3)) / 3;
        return seen > Math.max(band.high(), STILL_FACTOR * band.usual());
    }

    private double score(int cell, int width, Seasons.Band band) {
        double seen = amount.applyAsDouble(series.through(cell, width));
        if (seen < least || seen < LEAST_FACTOR * width * band.usual()) {
            return 0;
        }
        double high = width * band.high();
        return Statistics.scoreOfDeviations((seen - high) / Math.sqrt(noise * (high + noise)));
    }

    private int start(int cell, int width, Seasons.Band band) {
        for (int i = cell - width + 1; i < cell; i++) {
            if (amount.applyAsDouble(series.cell(i)) > Math.max(band.high(), least / width)) {
                return i;
            }
        }
        return cell;
    }
}
