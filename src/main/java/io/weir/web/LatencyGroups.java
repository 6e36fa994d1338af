package io.weir.web;

import io.weir.report.Comparison;
import io.weir.report.Dimension;
import io.weir.report.Latencies;
import io.weir.report.Measure;
import io.weir.report.Trouble;
import io.weir.store.CallFilter;
import io.weir.store.Table;
import io.weir.web.DataTable.Cell;
import io.weir.web.DataTable.Head;
import io.weir.web.Delta.Meaning;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Groups of calls by how long they take, in the order of whichever figure the URL's {@code sort}
 * names.
 */
final class LatencyGroups {
    private static final int MOST_ROWS = 25;

    /** A change of less is nothing that anybody waits for. */
    static final double HANDFUL_MS = 10;

    /** By what calls can be grouped with one click. */
    private static final List<Dimension> CHOICES =
            List.of(
                    Dimension.MODEL,
                    Dimension.KEY,
                    Dimension.PROJECT,
                    Dimension.ENDPOINT,
                    Dimension.UPSTREAM,
                    Dimension.STREAM);

    private static final List<Shown> FIGURES =
            List.of(
                    new Shown("calls", Measure.CALLS),
                    new Shown("p50", Latencies.P50_MS),
                    new Shown("p90", Latencies.P90_MS),
                    new Shown("p95", Latencies.P95_MS),
                    new Shown("p99", Latencies.P99_MS),
                    new Shown("first token p50", Latencies.FIRST_TOKEN_P50_MS),
                    new Shown("first token p95", Latencies.FIRST_TOKEN_P95_MS),
                    new Shown("tokens/s p50", Latencies.PACE_P50),
                    new Shown("Weir p50", Latencies.OVERHEAD_P50_US));

    private final Visit visit;
    private final Dimension dimension;
    private final Table groups;
    private final Measure order;

    private record Shown(String label, Measure measure) {}

    /** Of a table of {@link Comparison#groups}. */
    LatencyGroups(Visit visit, Dimension dimension, Table groups) {
        this.visit = visit;
        this.dimension = dimension;
        this.groups = groups;
        this.order =
                FIGURES.stream()
                        .map(Shown::measure)
                        .filter(measure -> measure.name().equals(visit.view().parameter("sort")))
                        .findFirst()
                        .orElse(Measure.CALLS);
    }

    /** What the view is grouped by: the first of its dimensions. */
    static Dimension dimension(ViewQuery view) {
        return view.by().isEmpty() ? Dimension.MODEL : view.by().getFirst();
    }

    /** The window's groups. */
    static List<Period> now(Table groups) {
        return IntStream.range(0, groups.rows().size())
                .filter(row -> Boolean.TRUE.equals(groups.cell(row, Comparison.NOW)))
                .mapToObj(row -> new Period(groups, row))
                .toList();
    }

    /** The view of a group's calls; none where no filter means them. */
    static Optional<ViewQuery> narrowed(Visit visit, Dimension by, String value) {
        return value.isEmpty() || !CallFilter.NAMES.contains(by.word())
                ? Optional.empty()
                : Optional.of(visit.view().with(by.word(), value));
    }

    List<Choice> choices() {
        return Choice.grouping(visit, CHOICES, dimension);
    }

    DataTable table() {
        List<Period> periods =
                now(groups).stream()
                        .sorted(Comparator.comparingDouble(this::size).reversed())
                        .limit(MOST_ROWS)
                        .toList();
        double most = periods.stream().mapToDouble(this::size).max().orElse(0);
        return new DataTable(
                "groups",
                "Latency by " + dimension.word(),
                heads(),
                periods.stream().map(each -> row(each, most)).toList(),
                null);
    }

    private double size(Period period) {
        double size = period.number(order);
        return Double.isNaN(size) ? 0 : size;
    }

    private List<Head> heads() {
        List<Head> heads = new ArrayList<>();
        heads.add(Head.text(dimension.word()));
        for (Shown figure : FIGURES) {
            String name = figure.measure().name();
            heads.add(
                    new Head(
                            figure.label(),
                            true,
                            visit.view().withParameter("sort", name).href(visit.path()),
                            figure.measure().equals(order)));
        }
        heads.add(Head.figures("p95 change"));
        heads.add(Head.text("most of it"));
        return heads;
    }

    private DataTable.Row row(Period period, double most) {
        String value =
                groups.cell(period.row(), Comparison.VALUE) instanceof String text ? text : "";
        Optional<ViewQuery> narrowed = narrowed(visit, dimension, value);
        List<Cell> cells = new ArrayList<>();
        cells.add(value.isEmpty() ? Cell.text("(none)") : Cell.id(value));
        for (Shown figure : FIGURES) {
            Cell cell = Cell.figure(period.figure(figure.measure()));
            if (figure.measure().equals(order)) {
                cell = cell.bar(most == 0 ? 0 : size(period) / most);
            }
            cells.add(
                    figure.measure().equals(Measure.CALLS)
                            ? cell.to(narrowed.map(Links::calls).orElse(null))
                            : cell);
        }
        cells.add(change(period, value, narrowed.orElse(visit.view())));
        cells.add(Cell.text(TimeSpent.longest(phase -> period.number(phase.measure()))));
        return new DataTable.Row(narrowed.map(view -> view.href(visit.path())).orElse(null), cells);
    }

    /** How the slow ones of a group's calls were before; where they are worse now, with why. */
    private Cell change(Period now, String value, ViewQuery narrowed) {
        Period before =
                IntStream.range(0, groups.rows().size())
                        .filter(row -> Boolean.FALSE.equals(groups.cell(row, Comparison.NOW)))
                        .filter(row -> value.equals(groups.cell(row, Comparison.VALUE)))
                        .mapToObj(row -> new Period(groups, row))
                        .findFirst()
                        .orElseGet(() -> new Period(groups, -1));
        Delta delta =
                Delta.of(
                        before.number(Latencies.P95_MS),
                        now.number(Latencies.P95_MS),
                        Meaning.LESS_IS_BETTER);
        return Worse.of(
                        "p95",
                        Latencies.P95_MS,
                        HANDFUL_MS,
                        new Worse.Periods(before, now),
                        new Worse.Why(narrowed, Trouble.SLOW))
                .map(worse ->
                        Cell.figure(new Figure(signed(delta).text() + " why?", ""))
                                .tone("bad")
                                .to(worse.href()))
                .orElseGet(() -> Cell.figure(signed(delta)));
    }

    /** A change with its sign. */
    static Figure signed(Delta delta) {
        if (delta.text().isEmpty()) {
            return Figure.NONE;
        }
        boolean percent = delta.text().endsWith("%");
        String sign = !percent ? "" : delta.arrow().equals("up") ? "+" : "−";
        return new Figure(sign + delta.text(), "");
    }
}
