package io.weir.alert;

import io.weir.access.LeakWatch;
import io.weir.export.ExporterHealth;
import io.weir.limit.Budget;
import io.weir.report.AnomalyWatch;
import io.weir.store.CallStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What rules can be about.
 *
 * @param budgets that calls are held to
 * @param leaks keys that were seen where no key belongs
 * @param storeLag calls in the journal that the store does not have
 */
public record AlertSources(
        CallStore store,
        AnomalyWatch anomalies,
        Supplier<List<ExporterHealth>> exporters,
        Supplier<List<Budget.Standing>> budgets,
        Supplier<List<LeakWatch.Leak>> leaks,
        LongSupplier storeLag) {
    Map<Metric.Origin, Readings> readings() {
        Readings calls = new CallReadings(store);
        return Map.of(
                Metric.Origin.CALLS,
                calls,
                Metric.Origin.BUDGET,
                calls,
                Metric.Origin.LIMITER,
                new OwnReadings(now -> budgetsUsed()),
                Metric.Origin.KEYS,
                new OwnReadings(now -> leakedKeys()),
                Metric.Origin.ANOMALIES,
                new AnomalyReadings(anomalies),
                Metric.Origin.EXPORTERS,
                new OwnReadings(this::exporterLags),
                Metric.Origin.STORE,
                new OwnReadings(
                        now -> List.of(new Reading(new TreeMap<>(), storeLag.getAsLong(), 0))));
    }

    private List<Reading> budgetsUsed() {
        return budgets.get().stream()
                .map(standing -> {
                    TreeMap<String, String> group = new TreeMap<>();
                    group.put("budget", standing.rule().name());
                    String of = standing.slot().words();
                    if (!of.isEmpty()) {
                        group.put("of", of);
                    }
                    return new Reading(group, standing.used(), 0);
                })
                .toList();
    }

    private List<Reading> leakedKeys() {
        return leaks.get().stream()
                .map(leak ->
                        new Reading(
                                new TreeMap<>(Map.of(leak.kind(), leak.name())),
                                1,
                                0,
                                leak.words()))
                .toList();
    }

    private List<Reading> exporterLags(Instant now) {
        return exporters.get().stream()
                .map(health ->
                        new Reading(
                                new TreeMap<>(Map.of("exporter", health.name())),
                                health.waitingSince()
                                        .map(since -> Duration.between(since, now).toMillis())
                                        .orElse(0L),
                                0))
                .toList();
    }
}
