package io.weir.web;

import io.weir.http.Access;
import io.weir.wire.Headers;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Puts views into the frame: navigation, the bar for time and filters, banners. */
final class Layout {
    private static final String THEME = "weir_theme";
    private static final Set<String> THEMES = Set.of("light", "dark");

    /** What is newer need not be told apart from what is new. */
    private static final Duration OLD = Duration.ofSeconds(2);

    private final List<Page> pages;
    private final Templates templates;
    private final Assets assets;
    private final boolean emulated;

    Layout(List<Page> pages, Templates templates, Assets assets, boolean emulated) {
        this.pages = List.copyOf(pages);
        this.templates = templates;
        this.assets = assets;
        this.emulated = emulated;
    }

    /**
     * A page for somebody who has logged in.
     *
     * @param asked when the view was made
     */
    String page(Headers request, Page page, Visit visit, Answer.View view, Instant asked) {
        ViewQuery query = visit.view();
        Frame.@Nullable Bar bar = page.hasWindow() ? bar(visit, page, view, asked) : null;
        return templates.page(
                frame(
                        request,
                        page.title(),
                        navigation(page, visit),
                        visit.visitor(),
                        bar,
                        query.parameter("notice")),
                view);
    }

    /** A page for anybody, without navigation. */
    String bare(Headers request, String title, Answer.View view) {
        return templates.page(frame(request, title, List.of(), null, null, ""), view);
    }

    private Frame frame(
            Headers request,
            String title,
            List<Frame.Group> navigation,
            @Nullable Visitor visitor,
            Frame.@Nullable Bar bar,
            String notice) {
        String theme = Cookies.value(request, THEME);
        return new Frame(
                title,
                navigation,
                visitor,
                bar,
                emulated,
                assets,
                THEMES.contains(theme) ? theme : "",
                Notices.text(notice));
    }

    private static Frame.Bar bar(Visit visit, Page page, Answer.View view, Instant asked) {
        ViewQuery query = visit.view();
        boolean old = Duration.between(asked, visit.now()).compareTo(OLD) >= 0;
        boolean live = !query.parameter("live").isEmpty();
        ViewQuery top = query.unpaged();
        return new Frame.Bar(
                visit.path(),
                top,
                live,
                live && !page.streams(),
                top.withParameter("live", live ? "" : "1").href(visit.path()),
                view.tables().isEmpty()
                        ? null
                        : query.withParameter("format", "csv").href(visit.path()),
                old ? asked : null);
    }

    private List<Frame.Group> navigation(Page current, Visit visit) {
        return Arrays.stream(Place.Section.values())
                .map(section -> new Frame.Group(section.title(), links(section, current, visit)))
                .filter(group -> !group.links().isEmpty())
                .toList();
    }

    private List<Frame.Link> links(Place.Section section, Page current, Visit visit) {
        return pages.stream()
                .filter(page -> page.access() != Access.ADMIN_SESSION || visit.visitor().isAdmin())
                .flatMap(page ->
                        page
                                .place()
                                .filter(place -> place.section() == section)
                                .map(place ->
                                        new Frame.Link(
                                                page.title(),
                                                place.icon(),
                                                page.hasWindow()
                                                        ? visit.view().carried().href(page.path())
                                                        : page.path(),
                                                isOf(current, page)))
                                .stream())
                .toList();
    }

    /** Whether it is that page, or one of many that the page leads to. */
    private static boolean isOf(Page current, Page page) {
        return current.path().equals(page.path()) || current.path().equals(page.path() + "/*");
    }
}
