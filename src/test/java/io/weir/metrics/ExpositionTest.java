package io.weir.metrics;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.expositionformats.generated.com_google_protobuf_4_36_2.Metrics;
import io.weir.call.CallRecord;
import io.weir.call.CallRecords;
import io.weir.ledger.JournalHealth;
import io.weir.store.StoreHealth;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

class ExpositionTest {
    private static final CallRecord CALL =
            CallRecords.at(Instant.parse("2026-11-22T12:00:00Z"), 1).stream(40).build();

    private final MetricsReading reading = new MetricsReading(MetricsConfig.DEFAULTS);

    @Test
    void isPrometheusTextForWhoeverAsksForNothingElse() {
        for (String accept : new String[] {"", "*/*", "text/html", MetricsReading.TEXT}) {
            Exposition.Written written = reading.exposition().write(accept, false);
            assertThat(written.contentType()).startsWith("text/plain; version=0.0.4");
            assertThat(new String(written.content(), ISO_8859_1))
                    .contains("# TYPE weir_metrics_overflow_calls_total counter");
        }
        assertThat(reading.exposition().write(null, false).contentType()).startsWith("text/plain");
    }

    @Test
    void openMetricsCarriesExemplarsWithTheCallsId() {
        reading.calls().count(CALL);

        String text = reading.text(MetricsReading.OPEN_METRICS);

        assertThat(reading.exposition().write(MetricsReading.OPEN_METRICS, false).contentType())
                .startsWith("application/openmetrics-text; version=1.0.0");
        assertThat(text).endsWith("# EOF\n");
        for (String name : new String[] {"call_duration", "time_to_first_token", "overhead"}) {
            assertThat(text.lines())
                    .anyMatch(line ->
                            line.startsWith("weir_" + name + "_seconds_bucket")
                                    && line.contains("# {call_id=\"" + CALL.id() + "\"}"));
        }
        assertThat(text).contains("# UNIT weir_call_duration_seconds seconds");
    }

    @Test
    void protobufCarriesBothKindsOfHistogram() throws IOException {
        reading.calls().count(CALL);

        Map<String, Metrics.MetricFamily> families = families();

        for (String name : new String[] {"call_duration", "time_to_first_token", "overhead"}) {
            Metrics.Histogram histogram =
                    only(families, "weir_" + name + "_seconds").getHistogram();
            assertThat(histogram.getSampleCount()).isEqualTo(1);
            assertThat(histogram.getBucketCount()).as("classic").isGreaterThan(10);
            assertThat(histogram.getSchema()).as("native").isEqualTo(4);
            assertThat(histogram.getPositiveSpanCount()).as("native").isEqualTo(1);
            assertThat(histogram.getBucketList())
                    .anyMatch(bucket ->
                            bucket.getExemplar().getLabelList().stream()
                                    .anyMatch(label ->
                                            label.getName().equals("call_id")
                                                    && label.getValue()
                                                            .equals(CALL.id().toString())));
        }
        assertThat(only(families, "weir_calls_total").getCounter().getValue()).isEqualTo(1);
    }

    @Test
    void gaugesAreReadAtEachScrape() {
        assertThat(reading.text().lines())
                .contains(
                        "weir_build_info{version=\"1.2.3\"} 1",
                        "weir_open_calls 3.0",
                        "weir_journal_up 1.0",
                        "weir_journal_last_sequence 42.0",
                        "weir_journal_bytes 4096.0",
                        "weir_journal_free_bytes 1.099511627776E12",
                        "weir_journal_reader_lag_entries{reader=\"store\"} 7.0",
                        "weir_journal_reader_lag_entries{reader=\"metrics\"} 0.0",
                        "weir_exporter_up{exporter=\"file\"} 0.0",
                        "weir_exporter_sent_events_total{exporter=\"file\"} 40.0",
                        "weir_exporter_failures_total{exporter=\"file\"} 5.0",
                        "weir_exporter_set_aside_events_total{exporter=\"file\"} 6.0",
                        "weir_exporter_dropped_events_total{exporter=\"file\"} 7.0",
                        "weir_alerts_firing{rule=\"errors\",severity=\"critical\"} 1.0",
                        "weir_alert_channel_up{channel=\"mail\"} 0.0",
                        "weir_alert_notifications_waiting{channel=\"mail\"} 2.0",
                        "weir_alert_notifications_total{channel=\"mail\"} 8.0",
                        "weir_alert_failures_total{channel=\"mail\"} 3.0",
                        "weir_store_up 1.0",
                        "weir_store_bytes 8192.0",
                        "weir_store_calls 20.0");
    }

    @Test
    void whatNobodyKnowsIsLeftOut() {
        JournalHealth full =
                new JournalHealth(
                        Optional.of("disk full"),
                        1,
                        -1,
                        1,
                        1,
                        1,
                        Duration.ZERO,
                        1,
                        0,
                        0,
                        0,
                        Map.of());
        MetricsReading ill =
                new MetricsReading(
                        MetricsConfig.DEFAULTS,
                        full,
                        new StoreHealth("away", 8_192, -1, -1, null, null));

        assertThat(ill.text().lines()).contains("weir_journal_up 0.0", "weir_store_up 0.0");
        assertThat(ill.text()).doesNotContain("weir_journal_free_bytes", "weir_store_calls");
    }

    @Test
    void everyMetricIsExplained() {
        reading.calls().count(CALL);

        List<String> typed =
                Pattern.compile("# TYPE (\\S+)")
                        .matcher(reading.text())
                        .results()
                        .map(type -> type.group(1))
                        .toList();
        assertThat(typed)
                .hasSizeGreaterThan(15)
                .allSatisfy(name -> assertThat(reading.text()).contains("# HELP " + name + " "));
    }

    @Test
    void gzipHoldsTheSame() throws IOException {
        byte[] plain = reading.exposition().write("", false).content();
        byte[] zipped = reading.exposition().write("", true).content();

        assertThat(zipped.length).isLessThan(plain.length / 2);
        assertThat(new GZIPInputStream(new ByteArrayInputStream(zipped)).readAllBytes())
                .isEqualTo(plain);
    }

    private static Metrics.Metric only(Map<String, Metrics.MetricFamily> families, String name) {
        return Objects.requireNonNull(families.get(name), name).getMetric(0);
    }

    private Map<String, Metrics.MetricFamily> families() throws IOException {
        Exposition.Written written = reading.exposition().write(MetricsReading.PROTOBUF, false);
        assertThat(written.contentType()).contains("io.prometheus.client.MetricFamily");
        ByteArrayInputStream in = new ByteArrayInputStream(written.content());
        Map<String, Metrics.MetricFamily> families = new HashMap<>();
        for (var family = Metrics.MetricFamily.parseDelimitedFrom(in);
                family != null;
                family = Metrics.MetricFamily.parseDelimitedFrom(in)) {
            families.put(family.getName(), family);
        }
        return families;
    }
}
