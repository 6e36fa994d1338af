package io.weir.report;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of a series that is out of the usual.
 *
 * @param from its first cell
 * @param to its last cell
 * @param score its most unlikely moment's
 * @param usual what would have been usual when it began
 */
record Episode(int from, int to, double score, double usual) {
    /** Chance alone reaches it once in a million looks. */
    private static final double OPENS = 6;

    /** An episode is over after a quarter of an hour without anything unusual. */
    private static final int CALM_CELLS = 3;

    /** What a cell looks like against what is usual. */
    interface Judge {
        /**
         * A look at a cell and those before it.
         *
         * @param since the first cell that may be looked at: those before are of another episode
         */
        Verdict at(int cell, int since);

        /** Takes a cell for usual; cells of an episode never are, so that none hides itself. */
        void learn(int cell);
    }

    /**
     * What a judge says.
     *
     * @param score of all that is unusual up to the cell; an episode begins when it is high
     * @param still whether an episode would go on; less is asked than for its beginning
     * @param from the cell at which it seems to begin
     * @param usual what would be usual
     */
    record Verdict(double score, boolean still, int from, double usual) {
        static final Verdict USUAL = new Verdict(0, false, 0, 0);
    }

    static List<Episode> of(History series, Judge judge) {
        List<Episode> found = new ArrayList<>();
        @Nullable Episode open = null;
        int since = 0;
        for (int cell = series.firstCell(); cell < series.size(); cell++) {
            Verdict verdict = judge.at(cell, since);
            if (open == null && verdict.score() >= OPENS) {
                open = new Episode(verdict.from(), cell, verdict.score(), verdict.usual());
            } else if (open != null && verdict.still()) {
                open =
                        new Episode(
                                open.from, cell, Math.max(open.score, verdict.score()), open.usual);
            } else if (open != null && cell - open.to >= CALM_CELLS) {
                found.add(open);
                since = open.to + 1;
                open = null;
            }
            if (open == null) {
                judge.learn(cell);
            }
        }
        if (open != null) {
            found.add(open);
        }
        return found;
    }
}
