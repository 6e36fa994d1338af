package io.weir.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String PROTOBUF =
            "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited";

    @TempDir private Path directory;

    @Test
    void callsAreCountedAndShownToWhoeverHasTheAdminKey() throws IOException, InterruptedException {
        try (RunningWeir weir = RunningWeir.in(directory.resolve("data")).start()) {
            ChatCalls calls = new ChatCalls(weir.origin());
            calls.ask(weir.appKey(), ChatCalls.Chat.with("gpt-4o-mini"));
            calls.ask(weir.appKey(), ChatCalls.Chat.with("gpt-4o-mini").streamed());
            calls.ask(weir.appKey(), ChatCalls.Chat.with("a\"}\n1"));
            calls.ask("wrong", ChatCalls.Chat.with("gpt-4o-mini"));
            String admin = "Bearer " + weir.adminKey();

            await().atMost(PATIENCE)
                    .until(() -> sum(text(get(weir, admin, "")), "weir_calls_total{") == 4);

            String text = text(get(weir, admin, ""));
            assertThat(text)
                    .contains(
                            "weir_calls_total{endpoint=\"chat.completions\",error_type=\"\",model=\"gpt-4o-mini\",status_class=\"2xx\"} 2.0",
                            "model=\"a\\\"}_1\"",
                            "error_type=\"invalid_api_key\"",
                            "weir_journal_reader_lag_entries{reader=\"metrics\"} ",
                            "weir_store_up 1.0");
            assertThat(text).containsPattern("weir_build_info\\{version=\"\\d+\\.\\d+\\.\\d+\"} 1");
            assertThat(sum(text, "weir_time_to_first_token_seconds_count{")).isEqualTo(1);
            assertThat(sum(text, "weir_tokens_total{")).isPositive();
            assertThat(sum(text, "weir_cost_usd_total{")).isPositive();
            for (String wrong : List.of("", "Bearer " + weir.appKey(), "Bearer x")) {
                HttpResponse<byte[]> refused = get(weir, wrong, "");
                assertThat(refused.statusCode()).isEqualTo(401);
                assertThat(text(refused)).doesNotContain("weir_calls");
            }
            assertThat(get(weir, admin, PROTOBUF).headers().firstValue("content-type"))
                    .hasValueSatisfying(type -> assertThat(type).contains("protobuf"));
        }
    }

    @Test
    void isOpenWhereTheConfigurationSaysSoAndZippedWhereAskedFor()
            throws IOException, InterruptedException {
        try (RunningWeir weir =
                RunningWeir.in(directory.resolve("data"))
                        .config("metrics:\n  access: open\n")
                        .start()) {
            assertThat(text(get(weir, "", ""))).contains("weir_open_calls 0.0");

            HttpResponse<byte[]> zipped = get(weir, "", "", "accept-encoding", "br, gzip;q=0.5");
            assertThat(zipped.headers().firstValue("content-encoding")).hasValue("gzip");
            assertThat(
                            new String(
                                    new GZIPInputStream(new ByteArrayInputStream(zipped.body()))
                                            .readAllBytes(),
                                    UTF_8))
                    .contains("weir_open_calls 0.0");
            assertThat(get(weir, "", "", "accept-encoding", "gzip;q=0").headers().map())
                    .doesNotContainKey("content-encoding");
        }
    }

    private static HttpResponse<byte[]> get(
            RunningWeir weir, String authorization, String accept, String... more)
            throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(URI.create(weir.origin() + "/metrics"))
                            .timeout(PATIENCE);
            if (!authorization.isEmpty()) {
                request.header("authorization", authorization);
            }
            if (!accept.isEmpty()) {
                request.header("accept", accept);
            }
            if (more.length > 0) {
                request.headers(more);
            }
            return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        }
    }

    private static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), UTF_8);
    }

    private static double sum(String text, String begin) {
        return text.lines()
                .filter(line -> line.startsWith(begin))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }
}
