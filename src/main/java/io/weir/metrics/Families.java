package io.weir.metrics;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * Metrics of a few things of one kind, a series each; none where there is no such thing.
 *
 * @param labels of the series of a thing
 */
record Families<T>(MetricSnapshots.Builder metrics, List<T> things, Function<T, Labels> labels) {
    Families<T> gauge(String name, String help, ToDoubleFunction<T> value) {
        if (!things.isEmpty()) {
            GaugeSnapshot.Builder gauge = GaugeSnapshot.builder().name(name).help(help);
            for (T each : things) {
                gauge.dataPoint(
                        GaugeDataPointSnapshot.builder()
                                .labels(labels.apply(each))
                                .value(value.applyAsDouble(each))
                                .build());
            }
            metrics.metricSnapshot(gauge.build());
        }
        return this;
    }

    Families<T> counter(String name, String help, ToDoubleFunction<T> value) {
        if (!things.isEmpty()) {
            CounterSnapshot.Builder counter = CounterSnapshot.builder().name(name).help(help);
            for (T each : things) {
                counter.dataPoint(
                        CounterDataPointSnapshot.builder()
                                .labels(labels.apply(each))
                                .value(value.applyAsDouble(each))
                                .build());
            }
            metrics.metricSnapshot(counter.build());
        }
        return this;
    }
}
