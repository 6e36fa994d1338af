package io.weir.metrics;

import io.weir.config.Settings;
import java.util.List;

/**
 * What metrics of calls tell apart, and who may read them.
 *
 * @param labels of the metrics of calls
 * @param maxSeries how many combinations of their values are counted apart
 * @param open whether they are served without the admin key
 */
public record MetricsConfig(List<String> labels, int maxSeries, boolean open) {
    /** What counts where the configuration does not say. */
    public static final MetricsConfig DEFAULTS =
            new MetricsConfig(
                    List.of("model", "endpoint", "status_class", "error_type"), 2_000, false);

    public MetricsConfig {
        labels = List.copyOf(labels);
    }

    /** Reads it. */
    public static MetricsConfig from(Settings settings) {
        return new MetricsConfig(
                settings.someOf(
                        "metrics.labels",
                        CallLabel.WORDS,
                        DEFAULTS.labels(),
                        "labels of the metrics of calls"),
                settings.number(
                        "metrics.max_series",
                        DEFAULTS.maxSeries(),
                        1,
                        100_000,
                        "combinations of labels that are counted apart; calls beyond count as other"),
                settings.oneOf(
                                "metrics.access",
                                List.of("admin_key", "open"),
                                "who may read /metrics")
                        .equals("open"));
    }
}
