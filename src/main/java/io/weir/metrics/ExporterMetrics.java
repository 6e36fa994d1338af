package io.weir.metrics;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.weir.export.ExporterHealth;
import java.util.List;
import java.util.function.Supplier;

/** How exporters are, asked anew for each scrape. */
public final class ExporterMetrics implements MultiCollector {
    private final Supplier<List<ExporterHealth>> exporters;

    /** Of these. */
    public ExporterMetrics(Supplier<List<ExporterHealth>> exporters) {
        this.exporters = exporters;
    }

    @Override
    public MetricSnapshots collect() {
        MetricSnapshots.Builder metrics = MetricSnapshots.builder();
        new Families<>(
                        metrics,
                        exporters.get(),
                        (ExporterHealth each) -> Labels.of("exporter", each.name()))
                .gauge(
                        "weir_exporter_up",
                        "1 while an exporter's last try went well. At 0 the journal holds what it has to send.",
                        health -> health.failing() == 0 ? 1 : 0)
                .counter(
                        "weir_exporter_sent_events",
                        "Calls that an exporter's destination has taken.",
                        ExporterHealth::sent)
                .counter(
                        "weir_exporter_failures",
                        "Tries to send that failed; each is made again.",
                        ExporterHealth::failures)
                .counter(
                        "weir_exporter_set_aside_events",
                        "Calls that a destination will never take; they are in a file for a person to look at.",
                        ExporterHealth::setAside)
                .counter(
                        "weir_exporter_dropped_events",
                        "Calls that were not sent, because the exporter's disk budget was spent.",
                        ExporterHealth::dropped);
        return metrics.build();
    }
}
