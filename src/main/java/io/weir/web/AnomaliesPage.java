package io.weir.web;

import io.weir.report.Report;
import io.weir.report.ReportQuery;
import io.weir.report.Reports;
import io.weir.store.CallFilter;
import io.weir.store.CallStore;
import io.weir.store.StoreUnavailable;
import io.weir.store.Table;
import io.weir.store.Unit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is out of the usual, a line each, with its calls and the question why. */
final class AnomaliesPage implements Page {
    private static final Report REPORT = Reports.named("anomalies").orElseThrow();

    private final CallStore store;

    /**
     * What the template shows.
     *
     * @param unused filters that cannot be applied here, in words; empty where all are
     */
    record Model(List<Line> lines, String unused) {}

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

    AnomaliesPage(CallStore store) {
        this.store = store;
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
    public Answer answer(Visit visit) throws StoreUnavailable {
        List<String> unused = new ArrayList<>();
        ReportQuery query = query(visit.view(), unused);
        Table table = REPORT.run(query, store);
        List<Line> lines = new ArrayList<>();
        for (int row = 0; row < table.rows().size(); row++) {
            lines.add(line(table, row, visit.view()));
        }
        return Answer.view("anomalies", new Model(lines, String.join(", ", unused)))
                .table("anomalies", table);
    }

    /** The view's, without the filters that sums of calls know nothing of. */
    private static ReportQuery query(ViewQuery view, List<String> unused) {
        CallFilter filter = CallFilter.ALL;
        for (Map.Entry<String, String> each : view.filters().entrySet()) {
            CallFilter narrower = filter.with(each.getKey(), each.getValue());
            if (narrower.rolledUp()) {
                filter = narrower;
            } else {
                unused.add(each.getKey());
            }
        }
        return new ReportQuery(view.window().since(), view.window().until(), view.by(), filter);
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
