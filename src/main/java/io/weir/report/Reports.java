package io.weir.report;

import java.util.List;
import java.util.Optional;

/** The catalogue of reports. */
public final class Reports {
    /** All of them, in the order in which they are listed. */
    public static final List<Report> ALL =
            List.of(
                    new OverviewReport(),
                    new LatencyReport(),
                    new ErrorsReport(),
                    new PatternsReport(),
                    new WhyReport(),
                    new UsageReport(),
                    new CostReport(),
                    new TrendReport(),
                    new AnomaliesReport());

    private Reports() {}

    /** The report of that name. */
    public static Optional<Report> named(String name) {
        return ALL.stream().filter(report -> report.name().equals(name)).findFirst();
    }
}
