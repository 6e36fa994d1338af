package io.weir.web;

import io.weir.report.Comparison;
import io.weir.report.Dimension;
import io.weir.report.Latencies;
import io.weir.report.LatencyMap;
import io.weir.report.Measure;
import io.weir.report.Phase;
import io.weir.report.ReportQuery;
import io.weir.report.SlowestCalls;
import io.weir.report.Source;
import io.weir.report.Steps;
import io.weir.report.Trouble;
import io.weir.store.CallStore;
import io.weir.store.StoreUnavailable;
import io.weir.store.Table;
import io.weir.store.Unit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How long calls take, and where in them the time goes. */
final class LatencyPage implements Page {
    private static final int MOST_STEPS = 100;
    private static final int MOST_SLOWEST = 20;

    private final CallStore store;

    /**
     * What the template shows.
     *
     * @param spent null where there was no call
     * @param worse null where the slow calls are about as slow as before
     * @param calls the address of the view's calls, one by one
     * @param before what the comparisons are with
     */
    record Model(
            List<Tile> tiles,
            @Nullable TimeSpent spent,
            @Nullable Worse worse,
            HeatMap map,
            DataTable distribution,
            List<Chart> charts,
            DataTable groups,
            List<Choice> choices,
            DataTable slowest,
            String calls,
            String before) {}

    LatencyPage(CallStore store) {
        this.store = store;
    }

    @Override
    public String path() {
        return "/latency";
    }

    @Override
    public String title() {
        return "Latency";
    }

    @Override
    public Optional<Place> place() {
        return Optional.of(new Place(Place.Section.TRAFFIC, "clock"));
    }

    @Override
    public boolean keeps() {
        return true;
    }

    @Override
    public Answer answer(Visit visit) throws StoreUnavailable {
        ViewQuery view = visit.view();
        ReportQuery query = view.report().ungrouped();
        Dimension dimension = LatencyGroups.dimension(view);
        query = query.from(Source.fitting(query, List.of(dimension), store));
        Steps steps = Steps.fitting(query.since(), query.until(), MOST_STEPS);
        Table series = Latencies.overTime(store, query, steps);
        Comparison compared = Latencies.compared(store, query, dimension);
        Table totals = compared.totals();
        Table groups = compared.groups();
        Table map = LatencyMap.of(store, query, steps);
        Table slowest = SlowestCalls.of(store, query, MOST_SLOWEST);
        Period now = Period.of(totals, true);
        LatencyHeat heat = LatencyHeat.of(map, steps, lines(series, steps));
        LatencyGroups grouped = new LatencyGroups(visit, dimension, groups);
        Model model =
                new Model(
                        new LatencyTiles(totals, series, steps).tiles(query.source().precision()),
                        now.row() < 0 ? null : TimeSpent.of(now, groups, dimension, visit),
                        worse(new Worse.Periods(Period.of(totals, false), now), view),
                        heat.map(),
                        heat.distribution(view, path()).csv(visit.csv("map")),
                        charts(series, steps),
                        grouped.table().csv(visit.csv("groups")),
                        grouped.choices(),
                        SlowestTable.of(slowest).csv(visit.csv("slowest")),
                        Links.calls(view),
                        view.window().before());
        return Answer.view("latency", model)
                .table("latency", series)
                .table("totals", totals)
                .table("groups", groups)
                .table("map", map)
                .table("slowest", slowest);
    }

    private static @Nullable Worse worse(Worse.Periods periods, ViewQuery view) {
        return Worse.of(
                        "The 95th percentile of latency",
                        Latencies.P95_MS,
                        LatencyGroups.HANDFUL_MS,
                        periods,
                        new Worse.Why(view, Trouble.SLOW))
                .orElse(null);
    }

    private static List<Chart.Line> lines(Table series, Steps steps) {
        return List.of(
                line("p50", "ink", series, steps, Latencies.P50_MS),
                line("p95", "c4", series, steps, Latencies.P95_MS));
    }

    private static List<Chart> charts(Table series, Steps steps) {
        Chart phases =
                new Chart(
                        "phases",
                        "Where the time of an average call goes",
                        Chart.Kind.AREA,
                        Unit.MS,
                        steps);
        for (Phase phase : Phase.values()) {
            phases =
                    phases.add(
                            line(
                                    phase.word(),
                                    TimeSpent.tone(phase),
                                    series,
                                    steps,
                                    phase.measure()));
        }
        return List.of(
                new Chart("percentiles", "Latency", Chart.Kind.LINE, Unit.MS, steps)
                        .add(line("p50", "c1", series, steps, Latencies.P50_MS))
                        .add(line("p90", "c2", series, steps, Latencies.P90_MS))
                        .add(line("p95", "c3", series, steps, Latencies.P95_MS))
                        .add(line("p99", "c4", series, steps, Latencies.P99_MS)),
                phases,
                new Chart("first-token", "First token of streams", Chart.Kind.LINE, Unit.MS, steps)
                        .add(line("p50", "c1", series, steps, Latencies.FIRST_TOKEN_P50_MS))
                        .add(line("p95", "c3", series, steps, Latencies.FIRST_TOKEN_P95_MS)),
                new Chart(
                                "pace",
                                "Tokens per second of a stream after its first",
                                Chart.Kind.LINE,
                                Unit.PER_SECOND,
                                steps)
                        .add(line("half are slower than", "c1", series, steps, Latencies.PACE_P50))
                        .add(
                                line(
                                        "a tenth is slower than",
                                        "c3",
                                        series,
                                        steps,
                                        Latencies.PACE_P10)));
    }

    private static Chart.Line line(
            String label, String tone, Table series, Steps steps, Measure measure) {
        return new Chart.Line(label, tone, Chart.values(series, steps, measure.name(), null));
    }
}
