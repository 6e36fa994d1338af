package io.weir.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.call.CallRecords;
import io.weir.call.Confidence;
import io.weir.call.Cost;
import io.weir.call.Moments;
import io.weir.wire.Usage;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CallMetricsTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final MetricsConfig BY_MODEL = new MetricsConfig(List.of("model"), 3, false);

    private final MetricsReading reading = new MetricsReading(MetricsConfig.DEFAULTS);

    @Test
    void countsACallWithItsTokensAndItsCost() {
        reading.calls().count(CallRecords.at(NOON, 1).build());
        reading.calls().count(CallRecords.at(NOON, 2).build());

        String labels =
                "endpoint=\"chat.completions\",error_type=\"\",model=\"gpt-4o-mini\",status_class=\"2xx\"";
        assertThat(reading.text().lines().toList())
                .contains(
                        "weir_calls_total{" + labels + "} 2.0",
                        "weir_tokens_total{" + labels + ",type=\"input\"} 20.0",
                        "weir_tokens_total{" + labels + ",type=\"output\"} 10.0",
                        "weir_cost_usd_total{" + labels + "} 4.0E-6");
        assertThat(reading.samples("weir_unpriced_calls_total{")).isEmpty();
    }

    @Test
    void everyTokenIsCountedUnderOneType() {
        Usage usage = new Usage(1, 2, 4, 8, 16, 32, 64, 128, 256);
        reading.calls().count(CallRecords.at(NOON, 1).usage(usage, Confidence.PROVIDER).build());

        List<String> samples = reading.samples("weir_tokens_total{");

        assertThat(samples).hasSize(9);
        assertThat(samples.stream().mapToDouble(CallMetricsTest::value).sum())
                .isEqualTo((double) usage.total());
    }

    @Test
    void aCallWithoutAPriceIsCountedApartAndOneForNothingIsNot() {
        reading.calls().count(CallRecords.at(NOON, 1).cost(new Cost.Unpriced("new")).build());
        reading.calls().count(CallRecords.at(NOON, 2).cost(new Cost.Free()).build());

        assertThat(reading.samples("weir_unpriced_calls_total{"))
                .singleElement()
                .asString()
                .endsWith(" 1.0");
        assertThat(reading.samples("weir_cost_usd_total{")).isEmpty();
        assertThat(reading.samples("weir_calls_total{"))
                .singleElement()
                .asString()
                .endsWith(" 2.0");
    }

    @Test
    void durationsAreSecondsInClassicBuckets() {
        reading.calls().count(CallRecords.at(NOON, 1).stream(40).build());

        assertThat(reading.samples("weir_call_duration_seconds_sum"))
                .singleElement()
                .asString()
                .endsWith(" 0.1");
        assertThat(reading.samples("weir_time_to_first_token_seconds_sum"))
                .singleElement()
                .asString()
                .endsWith(" 0.04");
        assertThat(reading.samples("weir_overhead_seconds_sum"))
                .singleElement()
                .asString()
                .endsWith(" 0.01");
        assertThat(reading.samples("weir_call_duration_seconds_bucket"))
                .anyMatch(line -> line.endsWith("le=\"0.08\"} 0"))
                .anyMatch(line -> line.endsWith("le=\"0.16\"} 1"));
    }

    @Test
    void momentsThatNeverCameAreNotObserved() {
        reading.calls().count(CallRecords.at(NOON, 1).moments(Moments.NONE).build());

        assertThat(reading.samples("weir_calls_total{")).hasSize(1);
        assertThat(reading.text()).doesNotContain("_seconds_count{");
    }

    @Test
    void labelsAreThoseOfTheConfigurationAndNoOthers() {
        MetricsReading all = new MetricsReading(new MetricsConfig(CallLabel.WORDS, 10, false));
        all.calls()
                .count(
                        CallRecords.at(NOON, 1)
                                .key("key_9", "search", "shop")
                                .outcome("completed", 429)
                                .error("rate_limit_exceeded", null, null)
                                .stream(10)
                                .build());
        MetricsReading none = new MetricsReading(new MetricsConfig(List.of(), 10, false));
        none.calls().count(CallRecords.at(NOON, 1).build());

        assertThat(all.samples("weir_calls_total"))
                .containsExactly(
                        "weir_calls_total{endpoint=\"chat.completions\",error_type=\"rate_limit_exceeded\",key=\"search\",model=\"gpt-4o-mini\",project=\"shop\",status_class=\"4xx\",stream=\"true\",upstream=\"openai\"} 1.0");
        assertThat(none.samples("weir_calls_total")).containsExactly("weir_calls_total 1.0");
    }

    @Test
    void whatACallDoesNotHaveIsEmpty() {
        MetricsReading all = new MetricsReading(new MetricsConfig(CallLabel.WORDS, 10, false));
        all.calls()
                .count(
                        CallRecords.at(NOON, 1)
                                .caller(null)
                                .model(null, null)
                                .upstream(null)
                                .outcome("client_gone", 0)
                                .build());

        assertThat(all.samples("weir_calls_total"))
                .containsExactly(
                        "weir_calls_total{endpoint=\"chat.completions\",error_type=\"\",key=\"\",model=\"\",project=\"\",status_class=\"none\",stream=\"false\",upstream=\"\"} 1.0");
    }

    @Test
    void combinationsBeyondTheBoundCountAsOther() {
        MetricsReading bounded = new MetricsReading(BY_MODEL);
        IntStream.range(0, 1_000)
                .forEach(i ->
                        bounded.calls()
                                .count(CallRecords.at(NOON, i).model("m" + i, null).build()));
        bounded.calls().count(CallRecords.at(NOON, 1_000).model("m2", null).build());

        assertThat(bounded.samples("weir_calls_total{"))
                .containsExactlyInAnyOrder(
                        "weir_calls_total{model=\"m0\"} 1.0",
                        "weir_calls_total{model=\"m1\"} 1.0",
                        "weir_calls_total{model=\"m2\"} 2.0",
                        "weir_calls_total{model=\"other\"} 997.0");
        assertThat(bounded.samples("weir_call_duration_seconds_count")).hasSize(4);
        assertThat(bounded.samples("weir_metrics_"))
                .containsExactly(
                        "weir_metrics_overflow_calls_total 997.0", "weir_metrics_series 3.0");
    }

    @Test
    void hostileNamesOfModelsStayOneLine() {
        MetricsReading bounded = new MetricsReading(BY_MODEL);
        bounded.calls()
                .count(
                        CallRecords.at(NOON, 1)
                                .model("a\"} 1\nweir_calls_total{\\\0", null)
                                .build());

        assertThat(bounded.samples("weir_calls_total{"))
                .containsExactly("weir_calls_total{model=\"a\\\"} 1_weir_calls_total{\\\\_\"} 1.0");
    }

    @Test
    void namesThatCannotBeWrittenAreOneSeries() {
        MetricsReading bounded = new MetricsReading(BY_MODEL);
        bounded.calls().count(CallRecords.at(NOON, 1).model("m\uD83D", null).build());
        bounded.calls().count(CallRecords.at(NOON, 2).model("m\uFFFD", null).build());
        bounded.calls().count(CallRecords.at(NOON, 3).model("m\uD83D\uDE00", null).build());

        assertThat(bounded.samples("weir_calls_total{"))
                .containsExactlyInAnyOrder(
                        "weir_calls_total{model=\"m_\"} 2.0",
                        "weir_calls_total{model=\"m\uD83D\uDE00\"} 1.0");
    }

    @Test
    void longNamesAreCut() {
        MetricsReading bounded = new MetricsReading(BY_MODEL);
        String longest = "x".repeat(120);
        bounded.calls().count(CallRecords.at(NOON, 1).model(longest, null).build());
        bounded.calls().count(CallRecords.at(NOON, 2).model("x".repeat(1 << 20), null).build());

        assertThat(bounded.samples("weir_calls_total{"))
                .containsExactly("weir_calls_total{model=\"" + longest + "\"} 2.0");
    }

    @Test
    void aStrangersInventedPathsAreOneEndpoint() {
        MetricsReading byEndpoint =
                new MetricsReading(new MetricsConfig(List.of("endpoint"), 10, false));
        for (int i = 0; i < 5; i++) {
            byEndpoint
                    .calls()
                    .count(
                            CallRecords.at(NOON, i)
                                    .caller(null)
                                    .endpoint("invented" + i, "other")
                                    .build());
        }
        byEndpoint.calls().count(CallRecords.at(NOON, 9).endpoint("files", "other").build());

        assertThat(byEndpoint.samples("weir_calls_total{"))
                .containsExactlyInAnyOrder(
                        "weir_calls_total{endpoint=\"other\"} 5.0",
                        "weir_calls_total{endpoint=\"files\"} 1.0");
    }

    @Test
    void anyRecordCanBeCounted() {
        MetricsReading all = new MetricsReading(new MetricsConfig(CallLabel.WORDS, 50, false));
        Random random = new Random(20261122);
        for (int i = 0; i < 1_000; i++) {
            all.calls().count(CallRecords.any(random, NOON));
        }

        assertThat(
                        all.samples("weir_calls_total{").stream()
                                .mapToDouble(CallMetricsTest::value)
                                .sum())
                .isEqualTo(1_000);
        assertThat(all.text().lines())
                .allMatch(line -> line.startsWith("# ") || line.matches("weir_\\w+(\\{.*})? \\S+"));
    }

    private static double value(String sample) {
        return Double.parseDouble(sample.substring(sample.lastIndexOf(' ') + 1));
    }
}
