package io.weir.web;

import io.weir.report.LiveCalls;
import io.weir.store.CallFilter;
import io.weir.store.CallPage;
import io.weir.store.CallStore;
import io.weir.store.PageRequest;
import io.weir.store.StoreUnavailable;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Every call that is meant, newest first, and those that end while one looks. */
final class CallsPage implements Page {
    /** A search reads every body of its time: half a second a day at 70,000 calls a day. */
    private static final Duration LONGEST_SEARCH = Duration.ofDays(7);

    private static final int USUAL_ROWS = 50;

    private final CallStore store;
    private final LiveCalls live;
    private final boolean captures;

    /** A link that changes the view. */
    record Choice(String title, String href, boolean chosen) {}

    /**
     * What the template shows.
     *
     * @param kept what a search has to keep of the view
     * @param searched what of the time was searched, in words; empty where no text was asked for
     * @param newer the address of the page before; null where this one is the first
     * @param tail where the calls that end now come from; empty where they are not shown
     */
    record Model(
            DataTable table,
            List<Choice> columns,
            List<Choice> presets,
            Map<String, String> kept,
            String text,
            boolean captures,
            String searched,
            @Nullable String newer,
            @Nullable String older,
            String tail) {}

    CallsPage(Sources sources) {
        this.store = sources.store();
        this.live = sources.live();
        this.captures = sources.captures();
    }

    @Override
    public String path() {
        return "/calls";
    }

    @Override
    public String title() {
        return "Calls";
    }

    @Override
    public Optional<Place> place() {
        return Optional.of(new Place(Place.Section.TRAFFIC, "list"));
    }

    @Override
    public boolean streams() {
        return true;
    }

    @Override
    public Answer answer(Visit visit) throws StoreUnavailable {
        ViewQuery view = visit.view();
        CallColumns columns = CallColumns.of(view.parameter("columns"));
        Instant until = view.window().until();
        Instant since = searchedSince(view);
        CallFilter filter = view.filter();
        if (!text(view).isEmpty()) {
            filter = filter.content(text(view), since, until);
        }
        if (view.parameter("format").equals("events")) {
            return new Answer.Events(new Tail(live, filter, columns::json));
        }
        CallPage page = page(filter.since(since).until(until), view);
        if (page.calls().isEmpty() && !isPaged(view) && store.count() == 0) {
            return Answer.view("first-call", FirstCall.of(visit));
        }
        return Answer.view("calls", model(visit, columns, page))
                .table("calls", CallSheet.of(page.calls()));
    }

    private CallPage page(CallFilter filter, ViewQuery view) throws StoreUnavailable {
        int limit = limit(view.parameter("limit"));
        @Nullable String before = orNull(view.parameter("before"));
        CallPage page =
                store.calls(
                        filter, new PageRequest(limit, orNull(view.parameter("after")), before));
        boolean isTop = before != null && page.previous() == null;
        return isTop ? store.calls(filter, PageRequest.first(limit)) : page;
    }

    private Model model(Visit visit, CallColumns columns, CallPage page) {
        ViewQuery view = visit.view();
        ViewQuery top = view.unpaged();
        boolean follows =
                !view.parameter("live").isEmpty()
                        && !isPaged(view)
                        && !view.window().last().isEmpty();
        return new Model(
                new DataTable(
                        "calls",
                        "Calls, newest first",
                        columns.heads(),
                        page.calls().stream().map(columns::row).toList(),
                        null),
                Arrays.stream(CallColumns.values())
                        .map(set ->
                                new Choice(
                                        set.title(),
                                        view.withParameter("columns", set.word()).href(path()),
                                        set == columns))
                        .toList(),
                presets(top),
                top.withParameter("text", "").parameters(),
                view.parameter("text"),
                captures,
                searched(view),
                page.previous() == null
                        ? null
                        : top.withParameter("before", page.previous()).href(path()),
                page.next() == null ? null : top.withParameter("after", page.next()).href(path()),
                follows ? view.withParameter("format", "events").href(path()) : "");
    }

    private List<Choice> presets(ViewQuery view) {
        return List.of(
                preset(view, "Failed", "failed", "true"),
                preset(view, "Refused by Weir", "outcome", "refused"),
                preset(view, "Rate limited", "status", "429"),
                preset(view, "Slower than 5 s", "min_latency_ms", "5000"),
                preset(view, "Cut short", "finish", "length"),
                preset(view, "Retries", "min_retry", "1"),
                preset(view, "Unpriced", "cost_state", "unpriced"),
                preset(view, "Counted by Weir", "confidence", "estimated"));
    }

    private Choice preset(ViewQuery view, String title, String filter, String value) {
        boolean chosen = value.equals(view.filters().get(filter));
        ViewQuery other = chosen ? view.without(filter) : view.with(filter, value);
        return new Choice(title, other.href(path()), chosen);
    }

    /** Text is looked for where it can be, and only there. */
    private String text(ViewQuery view) {
        return captures ? view.parameter("text") : "";
    }

    private Instant searchedSince(ViewQuery view) {
        Instant earliest = view.window().until().minus(LONGEST_SEARCH);
        boolean tooLong = view.window().since().isBefore(earliest) && !text(view).isEmpty();
        return tooLong ? earliest : view.window().since();
    }

    private String searched(ViewQuery view) {
        if (text(view).isEmpty()) {
            return "";
        }
        return searchedSince(view).equals(view.window().since())
                ? "Searched in all of that time."
                : "Searched in the last 7 days of that time: no search reads more.";
    }

    private static boolean isPaged(ViewQuery view) {
        return !view.parameter("after").isEmpty() || !view.parameter("before").isEmpty();
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }

    private static int limit(String text) {
        if (text.isEmpty()) {
            return USUAL_ROWS;
        }
        if (!text.matches("\\d{1,9}")) {
            throw new IllegalArgumentException(
                    "limit is '" + text + "', and has to be a whole number");
        }
        return Integer.parseInt(text);
    }
}
