package io.weir.report;

import java.util.random.RandomGenerator;

/**
 * A level and a move fitted to the logarithms of days, of which each keeps part of the luck of the
 * one before: least squares on what is new in each day, with a normal prior around no move.
 *
 * @param level where the days are now
 * @param move by how much of its shape the level moved
 * @param evidence the logarithm of how probable the days are under it, up to a constant
 * @param levelSpread how far the level may be off, for the move as it is
 * @param moveSpread how far the move may be off
 * @param drag by how much the level is off where the move is off by one
 */
record SpendFit(
        double level,
        double move,
        double evidence,
        double levelSpread,
        double moveSpread,
        double drag) {
    /** Days that are all the same, of which every fit is perfect, still compare. */
    private static final double LEAST_SQUARES = 1e-8;

    /**
     * What was fitted to.
     *
     * @param logs of the days' ratios, oldest first
     * @param freedom how many days remain when those that usual amounts were made of are taken off
     */
    record Days(double[] logs, int freedom) {
        /** The variance from day to day, which neither a trend nor a lasting change adds to. */
        double variance() {
            double sum = 0;
            for (int i = 1; i < logs.length; i++) {
                sum += (logs[i] - logs[i - 1]) * (logs[i] - logs[i - 1]) / 2;
            }
            return sum / Math.max(1, freedom) + LEAST_SQUARES;
        }
    }

    /**
     * Of a level that moved in this shape.
     *
     * @param shape where the level was on each day, now being zero
     * @param usualMove how far such moves usually go, as a standard deviation
     * @param memory the part of a day's luck that the next one keeps
     */
    static SpendFit of(Days days, double[] shape, double usualMove, double memory) {
        double first = Math.sqrt(1 - memory * memory);
        double prior = days.variance() / (usualMove * usualMove);
        double ones = 0;
        double mixed = 0;
        double moves = prior;
        double levelled = 0;
        double moved = 0;
        double squares = LEAST_SQUARES;
        for (int i = 0; i < shape.length; i++) {
            double one = i == 0 ? first : 1 - memory;
            double x = fresh(shape, i, memory, first);
            double y = fresh(days.logs(), i, memory, first);
            ones += one * one;
            mixed += one * x;
            moves += x * x;
            levelled += one * y;
            moved += x * y;
            squares += y * y;
        }
        double determinant = ones * moves - mixed * mixed;
        double level = (moves * levelled - mixed * moved) / determinant;
        double move = (ones * moved - mixed * levelled) / determinant;
        double left = Math.max(LEAST_SQUARES, squares - level * levelled - move * moved);
        double spread = Math.sqrt(left / days.freedom());
        double evidence =
                Math.log(first)
                        + (Math.log(prior / determinant) - days.freedom() * Math.log(left)) / 2;
        return new SpendFit(
                level,
                move,
                evidence,
                spread / Math.sqrt(ones),
                spread * Math.sqrt(ones / determinant),
                -mixed / ones);
    }

    /** Another fit that is as good within chance. */
    SpendFit redrawn(RandomGenerator random) {
        double off = moveSpread * random.nextGaussian();
        double moved = drag * off + levelSpread * random.nextGaussian();
        return new SpendFit(level + moved, move + off, evidence, levelSpread, moveSpread, drag);
    }

    /** What a day has that the one before does not explain; the first is scaled to weigh alike. */
    static double fresh(double[] days, int index, double memory, double first) {
        return index == 0 ? first * days[0] : days[index] - memory * days[index - 1];
    }
}
