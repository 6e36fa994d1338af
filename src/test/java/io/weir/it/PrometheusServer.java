package io.weir.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.wire.Json;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/**
 * A real Prometheus on loopback that scrapes one target every second, with native histograms and
 * exemplars. Its program is {@code PROMETHEUS} of the environment, or Debian's.
 */
final class PrometheusServer implements Closeable {
    private static final Path PROGRAM =
            Path.of(System.getenv().getOrDefault("PROMETHEUS", "/usr/bin/prometheus"));
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Process process;
    private final URI origin;
    private final HttpClient http = HttpClient.newHttpClient();

    private PrometheusServer(Process process, URI origin) {
        this.process = process;
        this.origin = origin;
    }

    /** Where its program is looked for. */
    static Path program() {
        return PROGRAM;
    }

    /** Whether it can be started. */
    static boolean isInstalled() {
        return Files.isExecutable(PROGRAM);
    }

    /**
     * Starts one.
     *
     * @param directory for its configuration, its data and its log
     * @param credentials shown to the target
     */
    static PrometheusServer scraping(Path directory, URI target, String credentials, Path rules)
            throws IOException {
        Path config = directory.resolve("prometheus.yml");
        Files.writeString(
                config,
                """
                global:
                  scrape_interval: 1s
                  evaluation_interval: 1s
                rule_files: ['%s']
                scrape_configs:
                  - job_name: weir
                    authorization: {credentials: '%s'}
                    static_configs: [{targets: ['%s']}]
                """
                        .formatted(rules.toAbsolutePath(), credentials, target.getAuthority()));
        int port = freePort();
        Process process =
                new ProcessBuilder(
                                PROGRAM.toString(),
                                "--config.file=" + config,
                                "--storage.tsdb.path=" + directory.resolve("data"),
                                "--web.listen-address=127.0.0.1:" + port,
                                "--enable-feature=native-histograms,exemplar-storage")
                        .redirectErrorStream(true)
                        .redirectOutput(directory.resolve("log").toFile())
                        .start();
        return new PrometheusServer(process, URI.create("http://127.0.0.1:" + port));
    }

    /** Whether it answers yet. */
    boolean isReady() throws InterruptedException {
        try {
            return get("/-/ready").statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** What PromQL says now: one value a series. */
    List<JsonNode> query(String promql) throws IOException, InterruptedException {
        JsonNode result = api("query?query=" + URLEncoder.encode(promql, UTF_8)).path("result");
        return result.valueStream().toList();
    }

    /** A value of one series; not a number where there is none. */
    double number(String promql) throws IOException, InterruptedException {
        List<JsonNode> series = query(promql);
        return series.size() == 1
                ? Double.parseDouble(series.getFirst().path("value").path(1).asString())
                : Double.NaN;
    }

    /** The data of its HTTP API. */
    JsonNode api(String resource) throws IOException, InterruptedException {
        HttpResponse<String> answer = get("/api/v1/" + resource);
        if (answer.statusCode() != 200) {
            throw new IOException(resource + ": " + answer.body());
        }
        return Json.MAPPER.readTree(answer.body()).path("data");
    }

    @Override
    public void close() {
        http.close();
        process.destroyForcibly();
        process.onExit().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(origin.resolve(path)).timeout(PATIENCE).build();
        return http.send(request, HttpResponse.BodyHandlers.ofString(UTF_8));
    }

    /** Prometheus does not say which port it took. */
    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
