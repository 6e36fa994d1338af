package io.weir.metrics;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.weir.access.LeakWatch;
import java.util.List;
import java.util.function.Supplier;

/** How many keys were seen where no key belongs, asked anew for each scrape. */
public final class LeakMetrics implements MultiCollector {
    private final Supplier<List<LeakWatch.Leak>> leaks;

    /** Of those. */
    public LeakMetrics(Supplier<List<LeakWatch.Leak>> leaks) {
        this.leaks = leaks;
    }

    @Override
    public MetricSnapshots collect() {
        MetricSnapshots.Builder metrics = MetricSnapshots.builder();
        new Families<>(metrics, List.of(leaks.get()), (List<LeakWatch.Leak> each) -> Labels.EMPTY)
                .gauge(
                        "weir_leaked_keys",
                        "Keys and tokens of this gateway that were seen in a URL or in the text of a request, and still count.",
                        List::size);
        return metrics.build();
    }
}
