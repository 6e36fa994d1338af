package io.weir.web;

import io.weir.http.Query;
import io.weir.report.Dimension;
import io.weir.report.ReportQuery;
import io.weir.store.CallFilter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a page shows, as its URL says: time, filters, groups, and parameters of the page's own. It
 * reads the URL and writes it again, so that every view can be kept, sent and gone back to.
 *
 * @param filters by the names of {@link CallFilter#NAMES}
 * @param others parameters that only the page itself understands
 */
record ViewQuery(
        Window window,
        Map<String, String> filters,
        List<Dimension> by,
        Map<String, String> others) {
    /** The form that adds a filter sends its name and its value. */
    private static final String ADDED_NAME = "filter";

    private static final String ADDED_VALUE = "value";

    private static final Set<String> OWN =
            Set.of("last", "since", "until", "by", ADDED_NAME, ADDED_VALUE);

    ViewQuery {
        filters = Collections.unmodifiableMap(new LinkedHashMap<>(filters));
        by = List.copyOf(by);
        others = Collections.unmodifiableMap(new LinkedHashMap<>(others));
    }

    /**
     * What a query string says.
     *
     * @throws IllegalArgumentException with a sentence for the asker
     */
    static ViewQuery of(Query query, Instant now) {
        Map<String, String> filters = new LinkedHashMap<>();
        Map<String, String> others = new LinkedHashMap<>();
        query.all()
                .forEach((name, value) -> {
                    if (!value.isEmpty() && !OWN.contains(name)) {
                        (CallFilter.NAMES.contains(name) ? filters : others).put(name, value);
                    }
                });
        query.get(ADDED_NAME)
                .ifPresent(name ->
                        query.get(ADDED_VALUE).ifPresent(value -> filters.put(name, value)));
        ViewQuery view =
                new ViewQuery(
                        Window.of(query, now),
                        filters,
                        Dimension.list(query.get("by").orElse("")),
                        others);
        view.filter();
        return view;
    }

    /** Whether it comes from the form that adds a filter, and is not how the view is written. */
    static boolean addsFilter(Query query) {
        return query.get(ADDED_NAME).isPresent();
    }

    /** The view of an address without parameters. */
    static ViewQuery usual(Instant now) {
        return of(new Query(null), now);
    }

    /** Which calls are meant, the time apart. */
    CallFilter filter() {
        CallFilter filter = CallFilter.ALL;
        for (Map.Entry<String, String> each : filters.entrySet()) {
            filter = filter.with(each.getKey(), each.getValue());
        }
        return filter;
    }

    /** Which calls are meant, for a report. */
    ReportQuery report() {
        return new ReportQuery(window.since(), window.until(), by, filter());
    }

    /** A parameter of the page's own; empty where it is not given. */
    String parameter(String name) {
        return others.getOrDefault(name, "");
    }

    /** The same with another filter, instead of one of the same name. */
    ViewQuery with(String filter, String value) {
        Map<String, String> more = new LinkedHashMap<>(filters);
        more.put(filter, value);
        return new ViewQuery(window, more, by, others);
    }

    /** The same without that filter. */
    ViewQuery without(String filter) {
        Map<String, String> fewer = new LinkedHashMap<>(filters);
        fewer.remove(filter);
        return new ViewQuery(window, fewer, by, others);
    }

    /** The same, grouped otherwise. */
    ViewQuery by(Dimension... dimensions) {
        return new ViewQuery(window, filters, List.of(dimensions), others);
    }

    /** The same for the last hours or days. */
    ViewQuery last(String span) {
        return new ViewQuery(Window.last(span, window.until()), filters, by, others);
    }

    /** The same with a parameter of the page's own; an empty value takes it away. */
    ViewQuery withParameter(String name, String value) {
        Map<String, String> changed = new LinkedHashMap<>(others);
        changed.remove(name);
        if (!value.isEmpty()) {
            changed.put(name, value);
        }
        return new ViewQuery(window, filters, by, changed);
    }

    /** The same from the list's beginning: a place in one list means nothing in another. */
    ViewQuery unpaged() {
        return withParameter("after", "").withParameter("before", "");
    }

    /** The same time and filters for another page, which has parameters of its own. */
    ViewQuery carried() {
        return new ViewQuery(window, filters, List.of(), Map.of());
    }

    /** The address of this view at a path. */
    String href(String path) {
        return path
                + "?"
                + parameters().entrySet().stream()
                        .map(each -> encoded(each.getKey()) + "=" + encoded(each.getValue()))
                        .collect(Collectors.joining("&"));
    }

    /** What a form that changes the time has to keep. */
    Map<String, String> parametersWithoutWindow() {
        Map<String, String> kept = parameters();
        List.of("last", "since", "until").forEach(kept::remove);
        return kept;
    }

    /** Everything, by name. */
    Map<String, String> parameters() {
        Map<String, String> all = new LinkedHashMap<>();
        if (window.last().isEmpty()) {
            all.put("since", window.since().toString());
            all.put("until", window.until().toString());
        } else {
            all.put("last", window.last());
        }
        CallFilter.NAMES.stream()
                .filter(filters::containsKey)
                .forEach(name -> all.put(name, filters.getOrDefault(name, "")));
        if (!by.isEmpty()) {
            all.put("by", by.stream().map(Dimension::word).collect(Collectors.joining(",")));
        }
        all.putAll(others);
        return all;
    }

    /** The filters that are not set yet. */
    List<String> unusedFilters() {
        List<String> unused = new ArrayList<>(CallFilter.NAMES);
        unused.removeAll(filters.keySet());
        return unused;
    }

    /** A text as it stands in a query string. */
    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
