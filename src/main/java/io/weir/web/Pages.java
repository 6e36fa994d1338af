package io.weir.web;

import io.weir.focus.FocusExport;
import io.weir.report.Reports;
import java.util.List;

/** The catalogue of pages: a line each, in the order of the navigation. */
final class Pages {
    private Pages() {}

    /** All of them; those that change something of Weir's own are made elsewhere. */
    static List<Page> all(Sources sources, UsersPage users) {
        Reports reports = new Reports(sources.prices().prices());
        return List.of(
                new OverviewPage(sources.store(), sources.anomalies()),
                new LatencyPage(sources.store()),
                new ErrorsPage(sources.store(), reports),
                new CallsPage(sources),
                new CallDetailPage(sources),
                new CostPage(sources.store(), sources.prices().prices()),
                new SavingsPage(sources.store(), reports),
                new BillsPage(
                        sources.store(),
                        new FocusExport(sources.store(), sources.prices().prices())),
                new AnomaliesPage(sources.anomalies()),
                new WhyPage(sources.store(), reports),
                new PlaygroundPage(sources),
                new AlertsPage(sources.alerts()),
                new HealthPage(sources.status(), sources.settings()),
                new KeysPage(sources.keys()),
                new LimitsPage(sources.rules(), sources.stored(), sources.upstreamKeys()),
                new PricesPage(sources.prices(), sources.repricing(), sources.store()),
                new CachePage(sources.cache(), sources.store(), reports),
                users,
                new AuditPage(sources.control()));
    }
}
