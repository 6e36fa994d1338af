package io.weir.report;

import io.weir.report.Episode.Verdict;
import java.util.List;

/**
 * Tells whether calls stay away that come at other such times. It needs three days of past.
 * Mutable, for one series and thread.
 */
final class Silence implements Episode.Judge {
    /** Half an hour, and an hour where calls are few. */
    private static final int[] WIDTHS = {6, 12};

    private static final double LEFT = 0.15;
    private static final double STILL_LEFT = 0.4;
    private static final double LEAST_CALLS = 20;

    private final History series;
    private final Seasons seasons;
    private final double noise;

    Silence(History series) {
        this.series = series;
        this.seasons = new Seasons(series, Cell::calls);
        this.noise = Math.max(1, Noise.of(series, Cell::calls));
    }

    @Override
    public Verdict at(int cell, int since) {
        Seasons.Band band = seasons.at(cell, List.of());
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
        // Days of the past say what is usual.
    }

    private boolean still(int cell, Seasons.Band band) {
        return series.through(cell, 3).calls() <= 3 * STILL_LEFT * band.low();
    }

    private double score(int cell, int width, Seasons.Band band) {
        double low = width * band.low();
        if (low < LEAST_CALLS) {
            return 0;
        }
        double seen = series.through(cell, width).calls();
        return seen > LEFT * low
                ? 0
                : Statistics.scoreOfDeviations((low - seen) / Math.sqrt(noise * (low + 1)));
    }

    private int start(int cell, int width, Seasons.Band band) {
        for (int i = cell - width + 1; i < cell; i++) {
            if (series.cell(i).calls() <= STILL_LEFT * band.low()) {
                return i;
            }
        }
        return cell;
    }
}
