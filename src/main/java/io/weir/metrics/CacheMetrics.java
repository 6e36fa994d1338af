package io.weir.metrics;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.weir.cache.AnswerCache;
import java.util.List;

/** How the cache of answers stands, asked anew for each scrape; nothing while it is off. */
public final class CacheMetrics implements MultiCollector {
    private static final double NANOS = 1e9;

    private final AnswerCache cache;

    /** Of that cache. */
    public CacheMetrics(AnswerCache cache) {
        this.cache = cache;
    }

    @Override
    public MetricSnapshots collect() {
        MetricSnapshots.Builder metrics = MetricSnapshots.builder();
        List<AnswerCache.Standing> standing = cache.isOn() ? List.of(cache.standing()) : List.of();
        new Families<>(metrics, standing, (AnswerCache.Standing each) -> Labels.EMPTY)
                .counter(
                        "weir_cache_hits",
                        "Calls that got the answer of an earlier call.",
                        AnswerCache.Standing::hits)
                .counter(
                        "weir_cache_misses",
                        "Calls whose answer was not in the cache.",
                        AnswerCache.Standing::misses)
                .counter(
                        "weir_cache_bypasses",
                        "Calls that the cache is not for, or that wanted nothing of it.",
                        AnswerCache.Standing::bypasses)
                .counter(
                        "weir_cache_evictions",
                        "Answers that had to go for lack of room, before their time. While this rises quickly cache.max_bytes is too small.",
                        AnswerCache.Standing::evictions)
                .counter(
                        "weir_cache_saved_usd",
                        "What hits would have cost in US dollars, as far as that is known.",
                        each -> each.savedNanoUsd() / NANOS)
                .gauge("weir_cache_entries", "Answers in the cache.", AnswerCache.Standing::entries)
                .gauge(
                        "weir_cache_bytes",
                        "Memory that they take, about; at most cache.max_bytes.",
                        AnswerCache.Standing::bytes);
        return metrics.build();
    }
}
