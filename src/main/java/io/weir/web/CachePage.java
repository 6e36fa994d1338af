package io.weir.web;

import io.weir.cache.AnswerCache;
import io.weir.cache.SemanticCache;
import io.weir.http.Access;
import io.weir.http.Query;
import io.weir.report.Report;
import io.weir.report.ReportQuery;
import io.weir.report.Reports;
import io.weir.rules.CacheDesk;
import io.weir.store.CallStore;
import io.weir.store.Column;
import io.weir.store.StoreUnavailable;
import io.weir.store.Table;
import io.weir.store.Unit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the cache of answers saves and holds, and how often a question that meant the same did not.
 */
final class CachePage implements Page {
    private static final List<Column> STANDING =
            List.of(
                    new Column("hits", Unit.CALLS),
                    new Column("share", Unit.SHARE),
                    new Column("saved_nano_usd", Unit.NANO_USD),
                    new Column("misses", Unit.CALLS),
                    new Column("bypasses", Unit.CALLS),
                    new Column("evictions", Unit.CALLS),
                    new Column("answers", Unit.CALLS));

    private static final List<Column> SEMANTIC =
            List.of(
                    new Column("hits", Unit.CALLS),
                    new Column("threshold", Unit.TEXT),
                    new Column("checked", Unit.CALLS),
                    new Column("other_answers", Unit.CALLS),
                    new Column("remembered", Unit.CALLS),
                    new Column("not_compared", Unit.CALLS),
                    new Column("failures", Unit.CALLS));

    private final CacheDesk desk;
    private final CallStore store;
    private final Report falseHits;

    /**
     * What the template shows.
     *
     * @param memory that answers take, and may
     * @param semantic null where that is off
     * @param falseHits null where there was no question that meant the same
     * @param note how false hits are to be read
     */
    record Model(
            boolean on,
            DataTable standing,
            String memory,
            List<Share> shares,
            @Nullable DataTable semantic,
            @Nullable DataTable falseHits,
            String note,
            boolean admin,
            String csrf) {}

    /** What a project has in it. */
    record Share(String project, String entries, String memory) {}

    CachePage(CacheDesk desk, CallStore store, Reports reports) {
        this.desk = desk;
        this.store = store;
        this.falseHits = reports.named("false-hits").orElseThrow();
    }

    @Override
    public String path() {
        return "/cache";
    }

    @Override
    public String title() {
        return "Cache";
    }

    @Override
    public Optional<Place> place() {
        return Optional.of(new Place(Place.Section.SYSTEM, "copy"));
    }

    @Override
    public List<Form> forms() {
        return List.of(new Form("/cache/clear", Access.ADMIN_SESSION, this::clear));
    }

    @Override
    public Answer answer(Visit visit) throws StoreUnavailable {
        AnswerCache.Standing standing = desk.cache().standing();
        ReportQuery query = visit.view().report().ungrouped();
        Table hits = falseHits.run(query, store);
        DataTable shown =
                DataTable.of("false-hits", "False hits", hits).csv(visit.csv("false-hits"));
        Model model =
                new Model(
                        standing.enabled(),
                        DataTable.of("standing", "The cache since the start", table(standing)),
                        "%s of %s"
                                .formatted(
                                        Figures.bytes(standing.bytes()).text(),
                                        Figures.bytes(standing.maxBytes()).text()),
                        desk.cache().shares().entrySet().stream().map(CachePage::share).toList(),
                        desk.semantic()
                                .map(CachePage::table)
                                .map(table ->
                                        DataTable.of(
                                                "semantic", "Questions that mean the same", table))
                                .orElse(null),
                        hits.rows().isEmpty() ? null : shown,
                        String.join(" ", hits.notes()),
                        visit.visitor().isAdmin(),
                        visit.visitor().csrf());
        return Answer.view("cache", model).table("false-hits", hits);
    }

    private Answer clear(Visit visit, Query fields) {
        String project = Fields.text(fields, "project");
        return Deed.changed(
                "/cache",
                "cache-cleared",
                () -> desk.forget(visit.visitor().actor(), project.isEmpty() ? null : project));
    }

    private static Table table(AnswerCache.Standing of) {
        long asked = of.hits() + of.misses();
        return new Table(
                STANDING,
                List.of(
                        Arrays.asList(
                                of.hits(),
                                asked == 0 ? null : (double) of.hits() / asked,
                                of.savedNanoUsd(),
                                of.misses(),
                                of.bypasses(),
                                of.evictions(),
                                of.entries())));
    }

    private static Table table(SemanticCache.Standing of) {
        return new Table(
                SEMANTIC,
                List.of(
                        List.of(
                                of.hits(),
                                Double.toString(of.threshold()),
                                of.checks(),
                                of.unlike(),
                                of.entries(),
                                of.busy(),
                                of.failures())));
    }

    private static Share share(Map.Entry<String, AnswerCache.Share> of) {
        return new Share(
                of.getKey(),
                Figures.count(of.getValue().entries()).text(),
                Figures.bytes(of.getValue().bytes()).text());
    }
}
