package io.weir.report;

import io.weir.report.WhyQuestion.Counted;
import io.weir.store.CallStore;
import io.weir.store.Column;
import io.weir.store.StoreUnavailable;
import io.weir.store.Table;
import io.weir.store.Unit;
import io.weir.wire.Span;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which traits set the slow, failed and costly calls of a time apart from another time: the causes
 * that explain most of what is beyond the usual, each with how sure that is. No rows where nothing
 * stands out.
 */
final class WhyReport implements Report {
    private static final List<Column> COLUMNS =
            List.of(
                    new Column("rank", Unit.NUMBER),
                    new Column("what", Unit.TEXT),
                    new Column("attribute", Unit.TEXT),
                    new Column("value", Unit.TEXT),
                    new Column("calls", Unit.CALLS),
                    new Column("bad_calls", Unit.CALLS),
                    new Column("rate", Unit.SHARE),
                    new Column("rate_outside", Unit.SHARE),
                    new Column("rate_before", Unit.SHARE),
                    new Column("cost_per_call_nano_usd", Unit.NANO_USD),
                    new Column("cost_per_call_outside_nano_usd", Unit.NANO_USD),
                    new Column("cost_per_call_before_nano_usd", Unit.NANO_USD),
                    new Column("lift", Unit.RATIO),
                    new Column("explains", Unit.SHARE),
                    new Column("confidence", Unit.TEXT),
                    new Column("reads", Unit.SENTENCE));

    private final long enough;

    WhyReport() {
        this(WhyQuestion.ENOUGH);
    }

    /**
     * A report.
     *
     * @param enough calls to look at
     */
    WhyReport(long enough) {
        this.enough = enough;
    }

    @Override
    public String name() {
        return "why";
    }

    @Override
    public String summary() {
        return "Which traits set the slow, failed and costly calls apart from those of another time, and how much each explains.";
    }

    @Override
    public boolean contrasts() {
        return true;
    }

    @Override
    public Table run(ReportQuery query, CallStore store) throws StoreUnavailable {
        Span asked = new Span(query.since(), query.until());
        Span before = query.contrast().against().orElse(asked.before());
        if (asked.overlaps(before)) {
            throw new IllegalArgumentException(
                    "the two times overlap, and calls cannot be set apart from themselves: %s/%s and %s/%s"
                            .formatted(
                                    asked.since(), asked.until(), before.since(), before.until()));
        }
        List<Trouble> troubles = query.contrast().troubles();
        WhyQuestion question =
                new WhyQuestion(
                                asked,
                                before,
                                query.filter(),
                                Attribute.of(query.by()),
                                troubles.contains(Trouble.SLOW),
                                1)
                        .sampled(store, enough);
        List<Counted> counted = question.values(store);
        WhyWords words = new WhyWords(asked, before);
        List<List<@Nullable Object>> rows = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        Map<Trouble, List<Cause>> causes = causes(question, counted, troubles, store);
        for (Trouble trouble : troubles) {
            Sides all = counted.isEmpty() ? Sides.NONE : counted.getFirst().sides(trouble);
            List<Cause> its = causes.getOrDefault(trouble, List.of());
            long each = question.behindEach(trouble);
            Sides estimated = all.times((double) each);
            for (int i = 0; i < its.size(); i++) {
                rows.add(row(i + 1, trouble, estimated, its.get(i).times(each), words));
            }
            notes.add(words.compared(trouble, estimated, its.isEmpty()));
        }
        if (question.oneIn() > 1) {
            notes.add(WhyWords.sampled(question.oneIn()));
        }
        return new Table(COLUMNS, rows, notes);
    }

    private static Map<Trouble, List<Cause>> causes(
            WhyQuestion question, List<Counted> counted, List<Trouble> troubles, CallStore store)
            throws StoreUnavailable {
        Map<Trouble, Shortlist> shortlists = new EnumMap<>(Trouble.class);
        Map<Trouble, List<Trait>> traits = new EnumMap<>(Trouble.class);
        for (Trouble trouble : counted.isEmpty() ? List.<Trouble>of() : troubles) {
            Shortlist shortlist = Shortlist.of(yardstick(question, trouble), trouble, counted);
            if (!shortlist.traits().isEmpty()) {
                shortlists.put(trouble, shortlist);
                traits.put(trouble, shortlist.traits());
            }
        }
        Map<Trouble, List<Cause>> causes = new EnumMap<>(Trouble.class);
        if (!traits.isEmpty()) {
            question.cells(store, traits)
                    .forEach((trouble, cells) -> {
                        Shortlist shortlist =
                                Objects.requireNonNull(shortlists.get(trouble), trouble.word());
                        causes.put(
                                trouble,
                                new CauseSearch(
                                                yardstick(question, trouble),
                                                shortlist.traits(),
                                                cells,
                                                shortlist.seen())
                                        .causes());
                    });
        }
        return causes;
    }

    private static Yardstick yardstick(WhyQuestion question, Trouble trouble) {
        return switch (trouble) {
            case SLOW, FAILED -> new RateYardstick();
            case COSTLY ->
                    new SpendYardstick(
                            (double) question.asked().length().toNanos()
                                    / question.before().length().toNanos());
        };
    }

    private static List<@Nullable Object> row(
            int rank, Trouble trouble, Sides all, Cause cause, WhyWords words) {
        Sides inside = cause.inside();
        Tally outside = all.minus(inside).now();
        boolean money = trouble == Trouble.COSTLY;
        List<@Nullable Object> row = new ArrayList<>();
        row.add((long) rank);
        row.add(trouble.word());
        row.add(words.attributes(cause));
        row.add(words.values(cause));
        row.add((long) inside.now().calls());
        row.add(money ? null : (Object) (long) inside.now().amount());
        for (Tally tally : List.of(inside.now(), outside, inside.before())) {
            row.add(money || tally.calls() < 1 ? null : (Object) tally.rate());
        }
        for (Tally tally : List.of(inside.now(), outside, inside.before())) {
            row.add(money && tally.calls() >= 1 ? (Object) Math.round(tally.rate()) : null);
        }
        row.add(Double.isFinite(cause.lift()) ? (Object) cause.lift() : null);
        row.add(Math.min(1, cause.explained()));
        row.add(WhyWords.confidence(cause.chance()));
        row.add(words.reads(trouble, cause));
        return row;
    }
}
