package io.weir.metrics;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.weir.cache.SemanticCache;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How answers to questions that mean the same do, asked anew for each scrape; nothing while off.
 */
public final class SemanticMetrics implements MultiCollector {
    private final @Nullable SemanticCache semantic;

    /** Of that cache; null where it is off. */
    public SemanticMetrics(@Nullable SemanticCache semantic) {
        this.semantic = semantic;
    }

    @Override
    public MetricSnapshots collect() {
        MetricSnapshots.Builder metrics = MetricSnapshots.builder();
        List<SemanticCache.Standing> standing =
                semantic == null ? List.of() : List.of(semantic.standing());
        new Families<>(metrics, standing, (SemanticCache.Standing each) -> Labels.EMPTY)
                .counter(
                        "weir_semantic_cache_hits",
                        "Calls that got the answer to a question that means the same; weir_cache_hits has them too.",
                        SemanticCache.Standing::hits)
                .counter(
                        "weir_semantic_cache_checks",
                        "Calls that could have got such an answer, and were asked for all the same.",
                        SemanticCache.Standing::checks)
                .counter(
                        "weir_semantic_cache_unlike",
                        "Checks whose answer was another: hits would have been false.",
                        SemanticCache.Standing::unlike)
                .counter(
                        "weir_semantic_cache_busy",
                        "Questions that were not compared since too many were.",
                        SemanticCache.Standing::busy)
                .counter(
                        "weir_semantic_cache_failures",
                        "Questions that were not compared since the model failed.",
                        SemanticCache.Standing::failures)
                .gauge(
                        "weir_semantic_cache_entries",
                        "Questions that are remembered; at most cache.semantic.max_entries.",
                        SemanticCache.Standing::entries);
        return metrics.build();
    }
}
