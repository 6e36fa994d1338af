package io.weir.web;

import io.weir.prices.PriceBook;
import io.weir.report.CacheSavings;
import io.weir.report.Comparison;
import io.weir.report.DailySpend;
import io.weir.report.Dimension;
import io.weir.report.GroupSeries;
import io.weir.report.Measures;
import io.weir.report.ReportQuery;
import io.weir.report.Series;
import io.weir.report.Source;
import io.weir.report.SpendMeasures;
import io.weir.report.SpendProjection;
import io.weir.report.Steps;
import io.weir.report.Trouble;
import io.weir.report.UnpricedCalls;
import io.weir.store.CallStore;
import io.weir.store.StoreUnavailable;
import io.weir.store.Table;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** What calls cost, who spends it, and what the month will come to. */
final class CostPage implements Page {
    private static final int MOST_STEPS = 100;

    /** As many as there are colours that are told apart at a glance. */
    private static final int MOST_LINES = 6;

    /** The same page twice shows the same projection. */
    private static final long SEED = 1;

    private final CallStore store;
    private final Supplier<PriceBook> prices;

    /**
     * What the template shows.
     *
     * @param unpriced models without a price, with what to do
     * @param why the address of what sets costly calls apart
     * @param savings the address of what could be saved
     */
    record Model(
            List<Tile> tiles,
            List<Chart> charts,
            String projected,
            DataTable unpriced,
            DataTable groups,
            List<Choice> choices,
            String why,
            String savings,
            String before) {}

    CostPage(CallStore store, Supplier<PriceBook> prices) {
        this.store = store;
        this.prices = prices;
    }

    @Override
    public String path() {
        return "/cost";
    }

    @Override
    public String title() {
        return "Cost";
    }

    @Override
    public Optional<Place> place() {
        return Optional.of(new Place(Place.Section.TRAFFIC, "coin"));
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
        Comparison compared =
                Comparison.of(store, query, List.of(dimension), SpendMeasures.ALL, Measures.COST);
        Table totals = compared.totals();
        Table groups = compared.groups();
        Table series = Series.of(store, query, steps, SpendMeasures.ALL);
        double sum = Period.of(totals, true).number(Measures.COST);
        SpendGroups grouped = new SpendGroups(visit, dimension, groups, sum);
        List<String> largest = grouped.largest(MOST_LINES);
        Table lines = GroupSeries.of(store, query, steps, dimension, largest, Measures.COST);
        Table unpriced = UnpricedCalls.of(store, query);
        DailySpend spend = DailySpend.of(store, view.filter(), visit.now());
        Optional<SpendProjection> projection = SpendProjection.of(spend, random());
        Model model =
                new Model(
                        new SpendTiles(totals, series, steps)
                                .tiles(
                                        CacheSavings.of(store, query, prices.get()),
                                        spend,
                                        projection),
                        List.of(
                                SpendCharts.overTime(lines, steps, dimension, largest),
                                SpendCharts.month(spend, projection)),
                        SpendCharts.words(projection),
                        UnpricedTable.of(unpriced, view),
                        grouped.table().csv(visit.csv("groups")),
                        grouped.choices(),
                        Links.why(view, Trouble.COSTLY),
                        Links.savings(view),
                        view.window().before());
        return Answer.view("cost", model)
                .table("cost", series)
                .table("totals", totals)
                .table("groups", groups)
                .table("unpriced", unpriced);
    }

    private static RandomGenerator random() {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
    }
}
