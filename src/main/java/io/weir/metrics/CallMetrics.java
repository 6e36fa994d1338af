package io.weir.metrics;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Unit;
import io.weir.call.CallRecord;
import io.weir.call.Cost;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntSupplier;
import java.util.stream.Stream;

/**
 * Counts of ended calls since this process began. Clients choose some of the labels' values, so
 * that only so many combinations are counted apart; a call with a further one counts as {@code
 * other} in every label. One thread counts; any may read.
 */
public final class CallMetrics {
    private static final String OTHER = "other";
    private static final double NANOS = 1e9;

    private final List<CallLabel> labels;
    private final int maxSeries;
    private final String[] others;
    private final Set<List<String>> series = ConcurrentHashMap.newKeySet();
    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final Counter calls;
    private final Counter tokens;
    private final Counter cost;
    private final Counter unpriced;
    private final Counter overflow;
    private final CallTimes times;

    /** Counts nothing yet. */
    public CallMetrics(MetricsConfig config) {
        labels = config.labels().stream().map(CallLabel::of).toList();
        maxSeries = config.maxSeries();
        others = Stream.generate(() -> OTHER).limit(labels.size()).toArray(String[]::new);
        String[] names = config.labels().toArray(String[]::new);
        calls =
                counter(
                        "weir_calls",
                        "Calls that have ended, whatever came of them. Without an error_type they succeeded: the rate of errors is sum(rate(weir_calls_total{error_type!=\"\"}[5m])) / sum(rate(weir_calls_total[5m])).",
                        names);
        tokens =
                counter(
                        "weir_tokens",
                        "Tokens used, by type. Types never overlap: input is what was not read from or written to the prompt cache, output is without reasoning; their sum is all tokens.",
                        Stream.concat(Stream.of(names), Stream.of("type")).toArray(String[]::new));
        cost =
                Counter.builder()
                        .name("weir_cost")
                        .unit(new Unit("usd"))
                        .help(
                                "US dollars that calls cost by the price book. Calls without a known price are not in it: see weir_unpriced_calls_total.")
                        .labelNames(names)
                        .withoutExemplars()
                        .register(registry);
        unpriced =
                counter(
                        "weir_unpriced_calls",
                        "Calls that used tokens which the price book has no price for. While this rises weir_cost_usd_total is too low: add the model to prices.",
                        names);
        overflow =
                counter(
                        "weir_metrics_overflow_calls",
                        "Calls counted as other in every label, because metrics.max_series combinations of labels were there already.");
        times = new CallTimes(registry, names);
        gauge(
                "weir_metrics_series",
                "Combinations of labels that are counted apart; at most metrics.max_series.",
                series::size);
    }

    /** Counts a call that has ended. */
    public void count(CallRecord call) {
        String[] values = values(call);
        calls.labelValues(values).inc();
        TokenTypes.each(
                call.usage(),
                (type, count) ->
                        tokens.labelValues(
                                        Stream.concat(Stream.of(values), Stream.of(type))
                                                .toArray(String[]::new))
                                .inc(count));
        switch (call.cost()) {
            case Cost.Priced priced -> cost.labelValues(values).inc(priced.nanoUsd() / NANOS);
            case Cost.Unpriced none -> unpriced.labelValues(values).inc();
            case Cost.Free free -> {}
        }
        times.observe(call, values);
    }

    /** Where the metrics are. */
    PrometheusRegistry registry() {
        return registry;
    }

    private String[] values(CallRecord call) {
        List<String> values = labels.stream().map(label -> label.value(call)).toList();
        if (!series.contains(values)) {
            if (series.size() >= maxSeries) {
                overflow.inc();
                return others;
            }
            series.add(values);
        }
        return values.toArray(String[]::new);
    }

    private Counter counter(String name, String help, String... labelNames) {
        return Counter.builder()
                .name(name)
                .help(help)
                .labelNames(labelNames)
                .withoutExemplars()
                .register(registry);
    }

    private void gauge(String name, String help, IntSupplier value) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .callback(gauge -> gauge.call(value.getAsInt()))
                .register(registry);
    }
}
