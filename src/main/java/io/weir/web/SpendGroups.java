package io.weir.web;

import io.weir.report.Comparison;
import io.weir.report.Dimension;
import io.weir.report.Measure;
import io.weir.report.Measures;
import io.weir.report.SpendMeasures;
import io.weir.report.Trouble;
import io.weir.store.Table;
import io.weir.web.DataTable.Cell;
import io.weir.web.DataTable.Head;
import io.weir.web.Delta.Meaning;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Who spends: groups of calls by what they cost, beside what they cost before. */
final class SpendGroups {
    private static final int MOST_ROWS = 25;

    /** A cent more is no news. */
    private static final double HANDFUL_NANO_USD = 10_000_000;

    private static final List<Dimension> CHOICES =
            List.of(
                    Dimension.MODEL,
                    Dimension.KEY,
                    Dimension.PROJECT,
                    Dimension.ENDPOINT,
                    Dimension.UPSTREAM,
                    Dimension.USER,
                    Dimension.TIER);

    private static final List<Shown> FIGURES =
            List.of(
                    new Shown("calls", Measure.CALLS),
                    new Shown("a call", SpendMeasures.COST_PER_CALL),
                    new Shown("1k tokens out", SpendMeasures.COST_PER_1K_OUTPUT_TOKENS),
                    new Shown("tokens in", Measures.INPUT_TOKENS),
                    new Shown("from cache", SpendMeasures.CACHE_SHARE),
                    new Shown("tokens out", Measures.OUTPUT_TOKENS),
                    new Shown("unpriced calls", Measures.UNPRICED_CALLS));

    private final Visit visit;
    private final Dimension dimension;
    private final Table groups;
    private final double sum;

    private record Shown(String label, Measure measure) {}

    /**
     * Of a table of {@link Comparison#groups}.
     *
     * @param sum of all groups
     */
    SpendGroups(Visit visit, Dimension dimension, Table groups, double sum) {
        this.visit = visit;
        this.dimension = dimension;
        this.groups = groups;
        this.sum = sum;
    }

    List<Choice> choices() {
        return Choice.grouping(visit, CHOICES, dimension);
    }

    /** The groups that cost most, the most first; those that cost nothing are none of them. */
    List<String> largest(int most) {
        return now().stream()
                .filter(period -> spend(period) > 0)
                .limit(most)
                .map(this::value)
                .toList();
    }

    DataTable table() {
        List<Head> heads = new ArrayList<>();
        heads.add(Head.text(dimension.word()));
        heads.add(Head.figures("spend"));
        heads.add(Head.figures("share"));
        heads.add(Head.figures("change"));
        FIGURES.forEach(figure -> heads.add(Head.figures(figure.label())));
        return new DataTable(
                "groups",
                "Spend by " + dimension.word(),
                heads,
                now().stream().limit(MOST_ROWS).map(this::row).toList(),
                null);
    }

    private List<Period> now() {
        return LatencyGroups.now(groups).stream()
                .sorted(Comparator.comparingDouble(SpendGroups::spend).reversed())
                .toList();
    }

    private static double spend(Period period) {
        double spend = period.number(Measures.COST);
        return Double.isNaN(spend) ? 0 : spend;
    }

    private String value(Period period) {
        return groups.cell(period.row(), Comparison.VALUE) instanceof String text ? text : "";
    }

    private DataTable.Row row(Period period) {
        String value = value(period);
        Optional<ViewQuery> narrowed = LatencyGroups.narrowed(visit, dimension, value);
        double share = sum > 0 ? spend(period) / sum : 0;
        List<Cell> cells = new ArrayList<>();
        cells.add(value.isEmpty() ? Cell.text("(none)") : Cell.id(value));
        cells.add(Cell.figure(period.figure(Measures.COST)).bar(share));
        cells.add(Cell.figure(Figures.share(share)));
        cells.add(change(period, value, narrowed.orElse(visit.view())));
        for (Shown figure : FIGURES) {
            Cell cell = Cell.figure(period.figure(figure.measure()));
            boolean unpriced =
                    figure.measure().equals(Measures.UNPRICED_CALLS)
                            && period.number(Measures.UNPRICED_CALLS) > 0;
            cells.add(
                    figure.measure().equals(Measure.CALLS)
                            ? cell.to(narrowed.map(Links::calls).orElse(null))
                            : unpriced ? cell.tone("bad") : cell);
        }
        return new DataTable.Row(narrowed.map(view -> view.href(visit.path())).orElse(null), cells);
    }

    private Cell change(Period now, String value, ViewQuery narrowed) {
        Period before =
                IntStream.range(0, groups.rows().size())
                        .filter(row -> Boolean.FALSE.equals(groups.cell(row, Comparison.NOW)))
                        .mapToObj(row -> new Period(groups, row))
                        .filter(period -> value(period).equals(value))
                        .findFirst()
                        .orElseGet(() -> new Period(groups, -1));
        Delta delta =
                Delta.of(before.number(Measures.COST), now.number(Measures.COST), Meaning.NEUTRAL);
        Figure signed = LatencyGroups.signed(delta);
        return Worse.of(
                        "spend",
                        Measures.COST,
                        HANDFUL_NANO_USD,
                        new Worse.Periods(before, now),
                        new Worse.Why(narrowed, Trouble.COSTLY))
                .map(worse -> Cell.figure(new Figure(signed.text() + " why?", "")).to(worse.href()))
                .orElseGet(() -> Cell.figure(signed));
    }
}
