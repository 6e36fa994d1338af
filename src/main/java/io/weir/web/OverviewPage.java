package io.weir.web;

import io.weir.report.AnomalyWatch;
import io.weir.report.Comparison;
import io.weir.report.Dimension;
import io.weir.report.Measure;
import io.weir.report.Measures;
import io.weir.report.ReportQuery;
import io.weir.report.Series;
import io.weir.report.Source;
import io.weir.report.Steps;
import io.weir.store.CallStore;
import io.weir.store.StoreUnavailable;
import io.weir.store.Table;
import io.weir.store.Unit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What calls do now, and what has changed: the page one opens first. */
final class OverviewPage implements Page {
    /** A point every few pixels, and a database's answer in a blink. */
    private static final int MOST_STEPS = 100;

    private static final List<Dimension> RANKED =
            List.of(Dimension.PROJECT, Dimension.KEY, Dimension.MODEL, Dimension.ENDPOINT);

    /** Of what is out of the usual: the rest is on a page of its own. */
    private static final int MOST_ANOMALIES = 3;

    private final CallStore store;
    private final AnomalyWatch anomalies;

    /**
     * What the template shows.
     *
     * @param before what the comparisons are with
     * @param compares whether there was a call in that time
     */
    record Model(
            List<Tile> tiles,
            List<Chart> charts,
            Unusual unusual,
            List<Change> changes,
            List<DataTable> rankings,
            String before,
            boolean compares) {}

    /**
     * What was out of the usual.
     *
     * @param lines the latest of it
     * @param more how many others there were
     * @param href the address of all
     */
    record Unusual(List<AnomaliesPage.Line> lines, int more, String href) {}

    OverviewPage(CallStore store, AnomalyWatch anomalies) {
        this.store = store;
        this.anomalies = anomalies;
    }

    @Override
    public String path() {
        return "/";
    }

    @Override
    public String title() {
        return "Overview";
    }

    @Override
    public Optional<Place> place() {
        return Optional.of(new Place(Place.Section.TRAFFIC, "pulse"));
    }

    @Override
    public boolean keeps() {
        return true;
    }

    @Override
    public Answer answer(Visit visit) throws StoreUnavailable {
        ReportQuery query = visit.view().report().ungrouped();
        query = query.from(Source.fitting(query, RANKED, store));
        Comparison compared = Comparison.of(store, query, RANKED, Measures.OVERVIEW, Measure.CALLS);
        Table totals = compared.totals();
        Table groups = compared.groups();
        if (totals.rows().isEmpty() && store.count() == 0) {
            return Answer.view("first-call", FirstCall.of(visit));
        }
        Steps steps = Steps.fitting(query.since(), query.until(), MOST_STEPS);
        Table series = Series.of(store, query, steps, Measures.OVERVIEW);
        Rankings rankings = new Rankings(visit, groups);
        Answer.View view =
                Answer.view(
                        "overview",
                        new Model(
                                new Totals(totals, series, steps).tiles(query.source().precision()),
                                charts(series, steps),
                                unusual(visit.view()),
                                Changes.largest(groups, visit.view()),
                                RANKED.stream().map(rankings::table).toList(),
                                visit.view().window().before(),
                                !Period.of(totals, false).isEmpty()));
        view = view.table("series", series).table("totals", totals);
        return view.table("groups", groups);
    }

    private Unusual unusual(ViewQuery view) {
        Window window = view.window();
        Table all = anomalies.within(window.since(), window.until());
        List<AnomaliesPage.Line> lines = AnomaliesPage.lines(all, view.carried());
        int shown = Math.min(MOST_ANOMALIES, lines.size());
        return new Unusual(
                lines.subList(0, shown), lines.size() - shown, view.carried().href("/anomalies"));
    }

    private static List<Chart> charts(Table series, Steps steps) {
        List<@Nullable Double> errors = Chart.values(series, steps, Measures.ERRORS.name(), 0.0);
        List<@Nullable Double> calls = Chart.values(series, steps, Measure.CALLS.name(), 0.0);
        return List.of(
                new Chart("calls", "Calls and errors", Chart.Kind.BAR, Unit.CALLS, steps)
                        .line("failed", "bad", errors)
                        .line("answered", "c1", Chart.difference(calls, errors)),
                new Chart("latency", "Latency", Chart.Kind.LINE, Unit.MS, steps)
                        .line("p50", "c1", latency(series, steps, Measures.P50_MS))
                        .line("p95", "c3", latency(series, steps, Measures.P95_MS))
                        .line("p99", "c4", latency(series, steps, Measures.P99_MS))
                        .line(
                                "first token p50",
                                "c2",
                                latency(series, steps, Measures.FIRST_TOKEN_P50_MS)));
    }

    private static List<@Nullable Double> latency(Table series, Steps steps, Measure measure) {
        return Chart.values(series, steps, measure.name(), null);
    }
}
