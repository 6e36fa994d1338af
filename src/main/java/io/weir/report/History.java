package io.weir.report;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * One key's or model's calls over time: by hours at first, then by five minutes. Hours and cells
 * without calls are there too, from the first call on.
 */
final class History {
    /** Cells in an hour. */
    static final int HOUR = 12;

    private final String scope;
    private final String name;
    private final long cellsHour;
    private final List<Cell> cells;
    private final Map<Long, Cell> hours;
    private final long firstHour;

    /**
     * A series.
     *
     * @param scope {@code key} or {@code model}
     * @param from the full hour at which cells begin
     * @param hours by their number since 1970; those before {@code from}
     */
    History(String scope, String name, Instant from, List<Cell> cells, Map<Long, Cell> hours) {
        this.scope = scope;
        this.name = name;
        this.cellsHour = hour(from);
        this.cells = List.copyOf(cells);
        this.hours = Map.copyOf(hours);
        this.firstHour = first();
    }

    String scope() {
        return scope;
    }

    String name() {
        return name;
    }

    /** How many cells there are. */
    int size() {
        return cells.size();
    }

    Cell cell(int index) {
        return cells.get(index);
    }

    /** The sum of so many cells up to that one, fewer where the series begins in between. */
    Cell through(int index, int width) {
        Cell sum = Cell.NONE;
        for (int i = Math.max(0, index - width + 1); i <= index; i++) {
            sum = sum.plus(cells.get(i));
        }
        return sum;
    }

    /** When a cell begins. */
    Instant start(int index) {
        return Instant.ofEpochSecond(cellsHour * 3_600).plus(Rollup.WIDTH.multipliedBy(index));
    }

    /** The number of the hour that a cell is in. */
    long hourOf(int index) {
        return cellsHour + index / HOUR;
    }

    /** The first hour that is known from its beginning to its end. */
    long firstWholeHour() {
        return firstHour + 1;
    }

    /** The number of the first hour with cells. */
    long cellsHour() {
        return cellsHour;
    }

    /** The sum of an hour. */
    Cell hour(long number) {
        if (number < cellsHour) {
            return hours.getOrDefault(number, Cell.NONE);
        }
        int end = (int) (number - cellsHour + 1) * HOUR - 1;
        return end < cells.size() ? through(end, HOUR) : Cell.NONE;
    }

    /** The first cell that is after the series' first call. */
    int firstCell() {
        if (firstHour < cellsHour) {
            return 0;
        }
        int first = 0;
        while (first < cells.size() && cells.get(first).calls() == 0) {
            first++;
        }
        return first;
    }

    static long hour(Instant of) {
        return Duration.between(Instant.EPOCH, of).toHours();
    }

    private long first() {
        return hours.keySet().stream()
                .mapToLong(Long::longValue)
                .min()
                .orElseGet(() -> cellsHour + firstIndex() / HOUR);
    }

    private int firstIndex() {
        for (int i = 0; i < cells.size(); i++) {
            if (cells.get(i).calls() > 0) {
                return i;
            }
        }
        return cells.size();
    }
}
