package io.weir.report;

import io.weir.prices.PriceBook;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The catalogue of reports. */
public final class Reports {
    private final List<Report> all;

    /** At the prices that are in force when a report is made. */
    public Reports(Supplier<PriceBook> prices) {
        all =
                List.of(
                        new OverviewReport(),
                        new LatencyReport(),
                        new ErrorsReport(),
                        new PatternsReport(),
                        new WhyReport(),
                        new UsageReport(),
                        new CostReport(),
                        new SavingsReport(prices),
                        new FalseHitsReport(),
                        new TrendReport(),
                        new AnomaliesReport());
    }

    /** All of them, in the order in which they are listed. */
    public List<Report> all() {
        return all;
    }

    /** The report of that name. */
    public Optional<Report> named(String name) {
        return all.stream().filter(report -> report.name().equals(name)).findFirst();
    }
}
