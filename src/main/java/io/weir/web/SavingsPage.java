package io.weir.web;

import io.weir.http.Query;
import io.weir.report.Report;
import io.weir.report.ReportQuery;
import io.weir.report.Reports;
import io.weir.report.SavingsFocus;
import io.weir.store.CallStore;
import io.weir.store.StoreUnavailable;
import io.weir.store.Table;
import io.weir.store.Unit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What each way of saving would have saved, and the calls behind one of them. */
final class SavingsPage implements Page {
    private static final String PATH = "/savings";
    private static final String WAY = "way";
    private static final String INSTEAD = "instead";

    /** Groups of a way, and examples of a group: the file has all. */
    private static final int MOST_GROUPS = 25;

    private static final int MOST_EXAMPLES = 3;

    private final CallStore store;
    private final Report report;

    /**
     * What the template shows.
     *
     * @param note how the sums are to be read, or that there is nothing
     * @param behind the calls of the way that was chosen; null where none was
     */
    record Model(List<Way> ways, String note, String csv, @Nullable Behind behind) {}

    /**
     * A way.
     *
     * @param bar how much of the spend it would have saved, 0 to 100
     * @param known whether anything is known of it
     * @param calls that it is about; none where it is about none
     * @param href the address of this page with the calls behind it
     */
    record Way(
            String title,
            Figure saved,
            Figure share,
            int bar,
            String certainty,
            boolean known,
            Figure calls,
            boolean any,
            Figure cost,
            String evidence,
            String href,
            boolean chosen) {}

    /** The calls behind a way. */
    record Behind(String title, List<Group> groups, String csv) {}

    /**
     * Calls of one cause.
     *
     * @param callsHref the address that lists them; null where only examples tell them
     */
    record Group(
            String what,
            Figure calls,
            @Nullable String callsHref,
            Figure cost,
            Figure saved,
            String evidence,
            List<String> examples) {}

    SavingsPage(CallStore store, Reports reports) {
        this.store = store;
        this.report = reports.named("savings").orElseThrow();
    }

    @Override
    public String path() {
        return PATH;
    }

    @Override
    public String title() {
        return "Savings";
    }

    @Override
    public boolean keeps() {
        return true;
    }

    @Override
    public Answer answer(Visit visit) throws StoreUnavailable {
        ViewQuery view = visit.view();
        String chosen = view.parameter(WAY);
        String named = view.parameter(INSTEAD);
        @Nullable String instead = named.isEmpty() ? null : named;
        ReportQuery query = view.report().ungrouped();
        Table sums = report.run(query.focused(new SavingsFocus(null, instead)), store);
        Table groups =
                chosen.isEmpty()
                        ? new Table(List.of(), List.of())
                        : report.run(query.focused(new SavingsFocus(chosen, instead)), store);
        Model model =
                new Model(
                        IntStream.range(0, sums.rows().size())
                                .mapToObj(row -> way(sums, row, view))
                                .toList(),
                        String.join(" ", sums.notes()),
                        visit.csv("savings"),
                        chosen.isEmpty() ? null : behind(groups, chosen, visit));
        return Answer.view("savings", model).table("savings", sums).table("calls", groups);
    }

    private static Way way(Table sums, int row, ViewQuery view) {
        String word = text(sums, row, "way");
        boolean known = sums.cell(row, "saved_nano_usd") != null;
        double share =
                sums.cell(row, "share_of_cost") instanceof Double part ? Math.min(1, part) : 0;
        return new Way(
                title(word),
                Figures.of(Unit.NANO_USD, sums.cell(row, "saved_nano_usd")),
                Figures.share(share),
                (int) Math.round(100 * share),
                text(sums, row, "certainty"),
                known,
                Figures.of(Unit.CALLS, sums.cell(row, "calls")),
                sums.cell(row, "calls") instanceof Long calls && calls > 0,
                Figures.of(Unit.NANO_USD, sums.cell(row, "cost_nano_usd")),
                text(sums, row, "evidence"),
                view.withParameter(WAY, word).href(PATH) + "#behind",
                word.equals(view.parameter(WAY)));
    }

    private static Behind behind(Table groups, String word, Visit visit) {
        return new Behind(
                title(word),
                IntStream.range(0, Math.min(MOST_GROUPS, groups.rows().size()))
                        .mapToObj(row -> group(groups, row, visit.view()))
                        .toList(),
                visit.csv("calls"));
    }

    private static Group group(Table groups, int row, ViewQuery view) {
        return new Group(
                text(groups, row, "what"),
                Figures.of(Unit.CALLS, groups.cell(row, "calls")),
                groups.cell(row, "filter") instanceof String filter ? calls(filter, view) : null,
                Figures.of(Unit.NANO_USD, groups.cell(row, "cost_nano_usd")),
                Figures.of(Unit.NANO_USD, groups.cell(row, "saved_nano_usd")),
                text(groups, row, "evidence"),
                Arrays.stream(text(groups, row, "example_calls").split(" ", -1))
                        .filter(id -> !id.isEmpty())
                        .limit(MOST_EXAMPLES)
                        .toList());
    }

    /** The view's calls that are of the group too. */
    private static String calls(String filter, ViewQuery view) {
        ViewQuery narrowed = view;
        for (Map.Entry<String, String> each : new Query(filter).all().entrySet()) {
            narrowed = narrowed.with(each.getKey(), each.getValue());
        }
        return Links.calls(narrowed);
    }

    private static String title(String word) {
        return word.replace('-', ' ');
    }

    private static String text(Table table, int row, String column) {
        return table.cell(row, column) instanceof String text ? text : "";
    }
}
