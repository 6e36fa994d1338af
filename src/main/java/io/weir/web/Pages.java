package io.weir.web;

import java.util.List;

/** The catalogue of pages: a line each, in the order of the navigation. */
final class Pages {
    private Pages() {}

    /** All of them; those that change something of Weir's own are made elsewhere. */
    static List<Page> all(Sources sources, UsersPage users) {
        return List.of(
                new OverviewPage(sources.store()),
                new AnomaliesPage(sources.store()),
                new WhyPage(sources.store()),
                new HealthPage(sources.status(), sources.settings()),
                users);
    }
}
