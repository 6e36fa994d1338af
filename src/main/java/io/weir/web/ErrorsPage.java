package io.weir.web;

import io.weir.report.Comparison;
import io.weir.report.FailureClass;
import io.weir.report.Failures;
import io.weir.report.Measure;
import io.weir.report.Measures;
import io.weir.report.Report;
import io.weir.report.ReportQuery;
import io.weir.report.Reports;
import io.weir.report.Source;
import io.weir.report.Steps;
import io.weir.report.Trouble;
import io.weir.store.CallStore;
import io.weir.store.StoreUnavailable;
import io.weir.store.Table;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What goes wrong: how often, since when, whom it meets, and what to do about it. */
final class ErrorsPage implements Page {
    private static final int MOST_STEPS = 100;

    private static final List<Measure> COMPARED = List.of(Measure.CALLS, Measures.ERROR_RATE);

    private final CallStore store;
    private final Report patterns;

    /**
     * What the template shows.
     *
     * @param calls all of the view
     * @param failed of these
     * @param worst the class that most of them are of; empty where nothing failed
     * @param worse null where the part that failed is about what it was
     * @param failedCalls the address of the calls that failed, one by one
     * @param why the address of what sets failed calls apart
     * @param before what the comparisons are with
     * @param patterns of what failed calls say
     * @param typesCsv the address of the types as a file
     */
    record Model(
            Figure calls,
            Figure failed,
            Figure rate,
            String worst,
            Figure worstShare,
            @Nullable Worse worse,
            String failedCalls,
            String why,
            String before,
            List<Chart> charts,
            List<ErrorType> types,
            List<ErrorPattern> patterns,
            List<String> patternNotes,
            String typesCsv,
            String patternsCsv) {}

    ErrorsPage(CallStore store, Reports reports) {
        this.store = store;
        this.patterns = reports.named("patterns").orElseThrow();
    }

    @Override
    public String path() {
        return "/errors";
    }

    @Override
    public String title() {
        return "Errors";
    }

    @Override
    public Optional<Place> place() {
        return Optional.of(new Place(Place.Section.TRAFFIC, "stop"));
    }

    @Override
    public boolean keeps() {
        return true;
    }

    @Override
    public Answer answer(Visit visit) throws StoreUnavailable {
        ReportQuery query = visit.view().report().ungrouped();
        query = query.from(Source.fitting(query, List.of(), store));
        Steps steps = Steps.fitting(query.since(), query.until(), MOST_STEPS);
        Table overTime = Failures.overTime(store, query, steps);
        Table types = Failures.types(store, query);
        Table said = patterns.run(query, store);
        Table totals = Comparison.of(store, query, COMPARED).totals();
        FailureCounts counts = new FailureCounts(overTime, steps);
        FailureClass worst = counts.worst();
        Model model =
                new Model(
                        Figures.count(counts.calls()),
                        Figures.count(counts.failed()),
                        Figures.share((double) counts.failed() / Math.max(1, counts.calls())),
                        counts.failed() == 0 ? "" : worst.word(),
                        Figures.share((double) counts.of(worst) / Math.max(1, counts.failed())),
                        worse(totals, visit.view()),
                        Links.calls(visit.view(), Trouble.FAILED),
                        Links.why(visit.view(), Trouble.FAILED),
                        visit.view().window().before(),
                        List.of(counts.rate(), counts.count()),
                        ErrorType.of(types, visit, growth(totals)),
                        ErrorPattern.of(said, visit.view()),
                        said.notes(),
                        visit.csv("types"),
                        visit.csv("patterns"));
        return Answer.view("errors", model)
                .table("errors", overTime)
                .table("types", types)
                .table("patterns", said);
    }

    private static @Nullable Worse worse(Table totals, ViewQuery view) {
        return Worse.of(
                        "The error rate",
                        Measures.ERROR_RATE,
                        0.01,
                        new Worse.Periods(Period.of(totals, false), Period.of(totals, true)),
                        new Worse.Why(view, Trouble.FAILED))
                .orElse(null);
    }

    /** How many calls there are for each one before; NaN where there was none. */
    private static double growth(Table totals) {
        return Period.of(totals, false).isEmpty()
                ? Double.NaN
                : Period.of(totals, true).number(Measure.CALLS)
                        / Period.of(totals, false).number(Measure.CALLS);
    }
}
