package io.weir.web;

import io.weir.report.Contrast;
import io.weir.report.Report;
import io.weir.report.ReportQuery;
import io.weir.report.Reports;
import io.weir.report.Trouble;
import io.weir.store.CallStore;
import io.weir.store.StoreUnavailable;
import io.weir.store.Table;
import io.weir.wire.Span;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What sets the slow, failed and costly calls of a time apart from another time's. */
final class WhyPage implements Page {
    /** Parameter: what the page's time is set against. */
    static final String AGAINST = "against";

    private static final String WHAT = "what";

    private final CallStore store;
    private final Report report;

    /**
     * What the template shows.
     *
     * @param whats what can be asked about
     * @param againsts the times that can be chosen with one click
     * @param sampled that not every call was looked at; empty where each was
     */
    record Model(
            List<Choice> whats,
            List<Choice> againsts,
            Span asked,
            Span against,
            List<Finding> findings,
            String sampled) {}

    /**
     * What was found about one trouble.
     *
     * @param note what was counted
     */
    record Finding(String title, Sentence note, List<WhyCause> causes) {}

    WhyPage(CallStore store, Reports reports) {
        this.store = store;
        this.report = reports.named("why").orElseThrow();
    }

    @Override
    public String path() {
        return "/why";
    }

    @Override
    public String title() {
        return "Why";
    }

    @Override
    public Optional<Place> place() {
        return Optional.of(new Place(Place.Section.TRAFFIC, "search"));
    }

    @Override
    public boolean keeps() {
        return true;
    }

    @Override
    public Answer answer(Visit visit) throws StoreUnavailable {
        ViewQuery view = visit.view();
        Span asked = new Span(view.window().since(), view.window().until());
        Span against = against(view, asked);
        List<Trouble> troubles = troubles(view);
        ReportQuery query = view.report().against(new Contrast(Optional.of(against), troubles));
        Table table = report.run(query, store);
        List<Finding> findings = new ArrayList<>();
        for (int i = 0; i < troubles.size(); i++) {
            String word = troubles.get(i).word();
            findings.add(
                    new Finding(
                            word + " calls",
                            Sentence.of(note(table, i, word)),
                            WhyCause.of(table, word, view)));
        }
        return Answer.view(
                        "why",
                        new Model(
                                whats(view),
                                againsts(view, asked),
                                asked,
                                against,
                                findings,
                                sampled(table, troubles)))
                .table("why", table);
    }

    private static Span against(ViewQuery view, Span asked) {
        String said = view.parameter(AGAINST);
        return switch (said) {
            case "" -> asked.before();
            case "day" -> earlier(asked, Duration.ofDays(1));
            case "week" -> earlier(asked, Duration.ofDays(7));
            default -> Span.of(said, asked.until());
        };
    }

    private static Span earlier(Span asked, Duration by) {
        return new Span(asked.since().minus(by), asked.until().minus(by));
    }

    private static List<Trouble> troubles(ViewQuery view) {
        String said = view.parameter(WHAT);
        return said.isEmpty() ? Contrast.USUAL.troubles() : Trouble.list(said);
    }

    /** The report's note without the word that is the heading here. */
    private static String note(Table table, int index, String word) {
        String note = table.notes().get(index);
        String rest = note.startsWith(word + ": ") ? note.substring(word.length() + 2) : note;
        return rest.substring(0, 1).toUpperCase(Locale.ROOT) + rest.substring(1);
    }

    /** The report's note after those of the troubles. */
    private static String sampled(Table table, List<Trouble> troubles) {
        return table.notes().size() > troubles.size() ? table.notes().get(troubles.size()) : "";
    }

    private static List<Choice> whats(ViewQuery view) {
        String chosen = view.parameter(WHAT);
        List<Choice> choices = new ArrayList<>();
        choices.add(choice("slow, failed and costly", view, WHAT, "", chosen));
        Arrays.stream(Trouble.values())
                .forEach(trouble ->
                        choices.add(choice(trouble.word(), view, WHAT, trouble.word(), chosen)));
        return choices;
    }

    /** A day before is no other time where the time itself is longer. */
    private static List<Choice> againsts(ViewQuery view, Span asked) {
        String chosen = view.parameter(AGAINST);
        List<Choice> choices = new ArrayList<>();
        choices.add(choice(view.window().before(), view, AGAINST, "", chosen));
        if (asked.length().compareTo(Duration.ofDays(1)) < 0) {
            choices.add(choice("a day earlier", view, AGAINST, "day", chosen));
        }
        if (asked.length().compareTo(Duration.ofDays(7)) < 0) {
            choices.add(choice("a week earlier", view, AGAINST, "week", chosen));
        }
        return choices;
    }

    private static Choice choice(
            String label, ViewQuery view, String parameter, String value, String chosen) {
        return new Choice(
                label, view.withParameter(parameter, value).href("/why"), value.equals(chosen));
    }
}
