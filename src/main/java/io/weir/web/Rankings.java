package io.weir.web;

import io.weir.report.Comparison;
import io.weir.report.Dimension;
import io.weir.report.Measure;
import io.weir.report.Measures;
import io.weir.store.Table;
import io.weir.web.DataTable.Cell;
import io.weir.web.DataTable.Head;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Tables of the largest groups, by whichever figure the URL's {@code sort} names. */
final class Rankings {
    private static final int MOST_ROWS = 8;

    private final Visit visit;
    private final Table groups;
    private final Measure order;

    private record Shown(String label, Measure measure) {}

    private static final List<Shown> FIGURES =
            List.of(
                    new Shown("calls", Measure.CALLS),
                    new Shown("errors", Measures.ERROR_RATE),
                    new Shown("p95", Measures.P95_MS),
                    new Shown("spend", Measures.COST));

    /** Rankings of a table of {@link Comparison#groups}. */
    Rankings(Visit visit, Table groups) {
        this.visit = visit;
        this.groups = groups;
        this.order =
                FIGURES.stream()
                        .map(Shown::measure)
                        .filter(measure -> measure.name().equals(visit.view().parameter("sort")))
                        .findFirst()
                        .orElse(Measure.CALLS);
    }

    /** The largest groups of a dimension. */
    DataTable table(Dimension dimension) {
        List<Period> periods =
                IntStream.range(0, groups.rows().size())
                        .filter(row -> isNow(row, dimension))
                        .mapToObj(row -> new Period(groups, row))
                        .sorted(Comparator.comparingDouble(this::size).reversed())
                        .toList();
        double most = periods.stream().mapToDouble(this::size).max().orElse(0);
        List<DataTable.Row> rows =
                periods.stream().limit(MOST_ROWS).map(each -> row(dimension, each, most)).toList();
        String word = dimension.word();
        String caption = Character.toUpperCase(word.charAt(0)) + word.substring(1) + "s";
        return new DataTable("top-" + word, caption, heads(word), rows, null);
    }

    private boolean isNow(int row, Dimension dimension) {
        return dimension.word().equals(groups.cell(row, Comparison.DIMENSION))
                && Boolean.TRUE.equals(groups.cell(row, Comparison.NOW));
    }

    private double size(Period period) {
        double size = period.number(order);
        return Double.isNaN(size) ? 0 : size;
    }

    private List<Head> heads(String word) {
        List<Head> heads = new ArrayList<>();
        heads.add(Head.text(word));
        for (Shown figure : FIGURES) {
            String name = figure.measure().name();
            heads.add(
                    new Head(
                            figure.label(),
                            true,
                            visit.view().withParameter("sort", name).href(visit.path()),
                            figure.measure().equals(order)));
        }
        return heads;
    }

    private DataTable.Row row(Dimension dimension, Period period, double most) {
        List<Cell> cells = new ArrayList<>();
        String value =
                groups.cell(period.row(), Comparison.VALUE) instanceof String text ? text : "";
        Cell name = value.isEmpty() ? Cell.text("(none)") : Cell.id(value);
        cells.add(name.bar(most == 0 ? 0 : size(period) / most));
        for (Shown figure : FIGURES) {
            Cell cell = Cell.figure(period.figure(figure.measure()));
            boolean failing =
                    figure.measure().equals(Measures.ERROR_RATE)
                            && period.number(Measures.ERROR_RATE) > 0.05;
            cells.add(failing ? cell.tone("bad") : cell);
        }
        String href =
                value.isEmpty()
                        ? null
                        : visit.view().with(dimension.word(), value).href(visit.path());
        return new DataTable.Row(href, cells);
    }
}
