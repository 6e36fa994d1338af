package io.weir.web;

import io.weir.report.AnomalyWatch;
import io.weir.store.Table;
import io.weir.store.Unit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** What is out of the usual, a line each, with its calls and the question why. */
final class AnomaliesPage implements Page {
    /** What anomalies are told apart by. */
    private static final List<String> FILTERS = List.of("key", "model");

    private final AnomalyWatch watch;

    /**
     * What the template shows.
     *
     * @param unused filters that mean nothing here, in words; empty where there are none
     * @param searching whether days of the window have not been searched yet
     */
    record Model(List<Line> lines, String unused, boolean searching) {}

    /**
     * Something out of the usual.
     *
     * @param going whether it has no end yet
     * @param calls the address of its calls
     * @param why the address that asks for its causes
     */
    record Line(
            String kind,
            String scope,
            String name,
            Sentence reads,
            Instant from,
            Instant until,
            boolean going,
            Figure count,
            Figure cost,
            String calls,
            String why) {}

    AnomaliesPage(AnomalyWatch watch) {
        this.watch = watch;
    }

    @Override
    public String path() {
        return "/anomalies";
    }

    @Override
    public String title() {
        return "Anomalies";
    }

    @Override
    public Optional<Place> place() {
        return Optional.of(new Place(Place.Section.TRAFFIC, "alert"));
    }

    @Override
    public Answer answer(Visit visit) {
        Window window = visit.view().window();
        Table table = watch.within(window.since(), window.until());
        return Answer.view(
                        "anomalies",
                        new Model(
                                lines(table, visit.view()),
                                visit.view().filters().keySet().stream()
                                        .filter(name -> !FILTERS.contains(name))
                                        .collect(Collectors.joining(", ")),
                                !watch.covers(window.since(), visit.now())))
                .table("anomalies", table);
    }

    /** A line for each row of the report's table that the view's filters mean. */
    static List<Line> lines(Table table, ViewQuery view) {
        List<Line> lines = new ArrayList<>();
        for (int row = 0; row < table.rows().size(); row++) {
            if (isMeant(table, row, view.filters())) {
                lines.add(line(table, row, view));
            }
        }
        return lines;
    }

    private static boolean isMeant(Table table, int row, Map<String, String> filters) {
        return FILTERS.stream()
                .filter(filters::containsKey)
                .allMatch(scope ->
                        scope.equals(table.cell(row, "scope"))
                                && Objects.equals(filters.get(scope), table.cell(row, "name")));
    }

    private static Line line(Table table, int row, ViewQuery view) {
        String scope = text(table, row, "scope");
        String name = text(table, row, "name");
        Instant from = time(table, row, "from");
        Instant until = time(table, row, "until");
        Map<String, String> filters = new LinkedHashMap<>(view.filters());
        filters.put(scope, name);
        ViewQuery its = new ViewQuery(new Window(from, until, ""), filters, List.of(), Map.of());
        return new Line(
                text(table, row, "kind"),
                scope,
                name,
                Sentence.of(text(table, row, "reads")),
                from,
                until,
                Boolean.FALSE.equals(table.cell(row, "over")),
                Figures.of(Unit.CALLS, table.cell(row, "calls")),
                Figures.of(Unit.NANO_USD, table.cell(row, "cost_nano_usd")),
                "/calls?" + text(table, row, "filter"),
                its.href("/why"));
    }

    private static String text(Table table, int row, String column) {
        return String.valueOf(table.cell(row, column));
    }

    private static Instant time(Table table, int row, String column) {
        return table.cell(row, column) instanceof Instant time ? time : Instant.EPOCH;
    }
}
