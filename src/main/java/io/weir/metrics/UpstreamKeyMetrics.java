package io.weir.metrics;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.weir.upstream.UpstreamKeys;
import java.util.List;

/** How the provider's keys stand, asked anew for each scrape. */
public final class UpstreamKeyMetrics implements MultiCollector {
    private final UpstreamKeys keys;

    /** Of those. */
    public UpstreamKeyMetrics(UpstreamKeys keys) {
        this.keys = keys;
    }

    @Override
    public MetricSnapshots collect() {
        MetricSnapshots.Builder metrics = MetricSnapshots.builder();
        new Families<>(metrics, List.of(keys), (UpstreamKeys each) -> Labels.EMPTY)
                .gauge(
                        "weir_upstream_waiting_calls",
                        "Calls that wait because the provider says that its limits are reached.",
                        UpstreamKeys::waiting);
        new Families<>(
                        metrics,
                        keys.standings(),
                        (UpstreamKeys.Standing each) -> Labels.of("key", each.name()))
                .gauge(
                        "weir_upstream_key_up",
                        "0 while a key of the provider's is passed over, because the provider does not take it.",
                        key -> key.rests() ? 0 : 1)
                .counter(
                        "weir_upstream_key_calls",
                        "Calls that went out with a key of the provider's, by its name.",
                        UpstreamKeys.Standing::calls)
                .counter(
                        "weir_upstream_key_refusals",
                        "Answers 401 to calls with a key of the provider's.",
                        UpstreamKeys.Standing::refusals);
        return metrics.build();
    }
}
