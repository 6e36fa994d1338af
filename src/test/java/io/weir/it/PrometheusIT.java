package io.weir.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weir.wire.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

@NeedsPrometheus
class PrometheusIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Path RULES = Path.of("deploy/prometheus/rules.yml");
    private static final Path DASHBOARD = Path.of("deploy/grafana/weir.json");

    @TempDir private Path directory;

    @Test
    void scrapesTheCallsTheirTimesAndTheirIds() throws IOException, InterruptedException {
        try (RunningWeir weir = RunningWeir.in(directory.resolve("data")).start();
                PrometheusServer prometheus = scraping(weir)) {
            ChatCalls calls = new ChatCalls(weir.origin());
            for (int i = 0; i < 3; i++) {
                calls.ask(weir.appKey(), ChatCalls.Chat.with("gpt-4o-mini").streamed());
            }
            calls.ask(weir.appKey(), ChatCalls.Chat.with("a\"}\n1"));

            await().atMost(PATIENCE).until(() -> prometheus.number("sum(weir_calls_total)") == 4);

            assertThat(prometheus.number("weir_calls_total{model=\"gpt-4o-mini\",error_type=\"\"}"))
                    .isEqualTo(3);
            assertThat(prometheus.number("weir_calls_total{model=\"a\\\"}_1\"}")).isEqualTo(1);
            assertThat(prometheus.number("weir_build_info")).isEqualTo(1);
            assertThat(prometheus.number("weir_store_up")).isEqualTo(1);
            for (String name : List.of("call_duration", "time_to_first_token", "overhead")) {
                assertThat(prometheus.number("histogram_count(sum(weir_" + name + "_seconds))"))
                        .as("native " + name)
                        .isGreaterThanOrEqualTo(3);
            }
            assertThat(exemplars(prometheus))
                    .isNotEmpty()
                    .allSatisfy(id -> weir.admin("/calls/" + id));
            everyExpressionIsUnderstood(prometheus);
        }
    }

    /** Of rules Prometheus tells what became of them; panels' it must at least parse. */
    private static void everyExpressionIsUnderstood(PrometheusServer prometheus)
            throws IOException, InterruptedException {
        JsonNode groups = prometheus.api("rules").path("groups");
        await().atMost(PATIENCE)
                .until(() ->
                        prometheus.api("rules").findValuesAsString("health").stream()
                                .allMatch("ok"::equals));
        assertThat(groups.findValues("query")).hasSizeGreaterThan(4);
        for (JsonNode expression : Json.MAPPER.readTree(DASHBOARD.toFile()).findValues("expr")) {
            prometheus.query(expression.asString().replace("$__rate_interval", "1m"));
        }
    }

    private static List<String> exemplars(PrometheusServer prometheus)
            throws IOException, InterruptedException {
        Instant now = Instant.now();
        String asked =
                "query_exemplars?query=weir_call_duration_seconds&start=%d&end=%d"
                        .formatted(now.getEpochSecond() - 600, now.getEpochSecond() + 60);
        return prometheus.api(asked).findValuesAsString("call_id");
    }

    private PrometheusServer scraping(RunningWeir weir) throws IOException {
        PrometheusServer server =
                PrometheusServer.scraping(directory, weir.origin(), weir.adminKey(), RULES);
        await().atMost(PATIENCE).until(server::isReady);
        return server;
    }
}
