package io.weir.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.export.ExporterHealth;
import io.weir.ledger.JournalHealth;
import io.weir.store.StoreHealth;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Metrics of a gateway whose journal and store are well, read as Prometheus would. */
final class MetricsReading {
    static final String TEXT = "text/plain;version=0.0.4";
    static final String OPEN_METRICS = "application/openmetrics-text;version=1.0.0";
    static final String PROTOBUF =
            "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited";

    static final JournalHealth JOURNAL =
            new JournalHealth(
                    Optional.empty(),
                    4_096,
                    1L << 40,
                    1,
                    42,
                    42,
                    Duration.ZERO,
                    0,
                    3,
                    0,
                    0,
                    Map.of("store", 7L, "metrics", 0L));

    static final StoreHealth STORE = new StoreHealth(null, 8_192, 20, 35, null, null);

    static final ExporterHealth EXPORTER =
            new ExporterHealth(
                    "file",
                    "jsonl",
                    3,
                    Optional.empty(),
                    40,
                    2,
                    5,
                    1,
                    6,
                    0,
                    7,
                    Optional.empty(),
                    Optional.of("away"));

    private final CallMetrics calls;
    private final Exposition exposition;

    MetricsReading(MetricsConfig config) {
        this(config, JOURNAL, STORE);
    }

    MetricsReading(MetricsConfig config, JournalHealth journal, StoreHealth store) {
        calls = new CallMetrics(config);
        exposition =
                new Exposition(
                        calls,
                        new HealthMetrics(
                                "1.2.3", () -> journal, () -> store, () -> List.of(EXPORTER)));
    }

    CallMetrics calls() {
        return calls;
    }

    Exposition exposition() {
        return exposition;
    }

    String text() {
        return text(TEXT);
    }

    String text(String accept) {
        return new String(exposition.write(accept, false).content(), UTF_8);
    }

    /** The samples whose line begins so. */
    List<String> samples(String begin) {
        return text().lines().filter(line -> line.startsWith(begin)).toList();
    }
}
