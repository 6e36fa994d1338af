package io.weir.report;

import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * How much amounts of five minutes vary by themselves: the variance in parts of the amount, which
 * is 1 for calls that know nothing of each other and more where they come in bursts, or cost much
 * once in a while. Episodes are few among the cells: the median does not see them, nor the tenth
 * below the top, which sees the bursts.
 */
final class Noise {
    private static final int LEAST_CELLS = 12;

    /** Of a normal variable, the square that one in ten exceeds. */
    private static final double TENTH_OF_SQUARES = 2.706;

    private Noise() {}

    static double of(History series, ToDoubleFunction<Cell> amount) {
        double[] squares =
                IntStream.range(series.firstCell() + 1, series.size() - 1)
                        .mapToDouble(cell -> square(series, amount, cell))
                        .filter(square -> square >= 0)
                        .toArray();
        return squares.length < LEAST_CELLS
                ? 0
                : Math.max(
                        Statistics.median(squares) / Statistics.MEDIAN_OF_SQUARES,
                        Statistics.quantile(0.9, squares) / TENTH_OF_SQUARES);
    }

    /** Of the distance to the mean of both neighbours, whose variance is one and a half times. */
    private static double square(History series, ToDoubleFunction<Cell> amount, int cell) {
        double around = amount.applyAsDouble(series.cell(cell - 1));
        around = (around + amount.applyAsDouble(series.cell(cell + 1))) / 2;
        double distance = amount.applyAsDouble(series.cell(cell)) - around;
        return around <= 0 ? -1 : distance * distance / (1.5 * around);
    }
}
