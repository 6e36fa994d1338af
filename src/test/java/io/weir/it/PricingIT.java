package io.weir.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.weir.wire.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Calls of a model that nobody has a price for, until somebody sets one. */
class PricingIT {
    private static final String MODEL = "our-summariser";
    private static final String ANSWER =
            """
            {"id":"chatcmpl-1","object":"chat.completion","created":1,"model":"our-summariser","choices":\
            [{"index":0,"message":{"role":"assistant","content":"Yes."},"finish_reason":"stop"}],\
            "usage":{"prompt_tokens":1200,"completion_tokens":345,"total_tokens":1545,\
            "prompt_tokens_details":{"cached_tokens":1000}}}\
            """;

    private static final int CALLS = 3;

    /** 200 · $0.50, 1,000 · $0.05 and 345 · $2 a million. */
    private static final long NANO_USD = 840_000;

    @TempDir private Path directory;

    @SuppressWarnings("NullAway.Init")
    private HttpServer upstream;

    @BeforeEach
    void serve() throws IOException {
        upstream = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        upstream.createContext(
                "/",
                exchange -> {
                    exchange.getRequestBody().readAllBytes();
                    exchange.getResponseHeaders().set("content-type", "application/json");
                    byte[] answer = ANSWER.getBytes(UTF_8);
                    exchange.sendResponseHeaders(200, answer.length);
                    exchange.getResponseBody().write(answer);
                    exchange.close();
                });
        upstream.start();
    }

    @AfterEach
    void stop() {
        upstream.stop(0);
    }

    @Test
    void callsWithoutAPriceGetOneAndKeepIt() throws IOException, InterruptedException {
        RunningWeir.Start start =
                RunningWeir.in(directory.resolve("data"))
                        .upstream(
                                "http://127.0.0.1:%d/v1"
                                        .formatted(upstream.getAddress().getPort()));
        String id;
        try (RunningWeir weir = start.start()) {
            for (int i = 0; i < CALLS; i++) {
                call(weir);
            }
            new StoredCalls(weir).atLeast("", CALLS);
            checkSays(weir, "no price for " + MODEL);
            id = setAndReprice(weir);
            assertRepriced(weir, id);
            weir.stop();
        }
        try (RunningWeir again = start.start()) {
            assertRepriced(again, id);
            again.stop();
        }
        delete(directory.resolve("data/store"));
        delete(directory.resolve("data/journal/readers"));
        try (RunningWeir anew = start.start()) {
            await().atMost(Duration.ofMinutes(1))
                    .ignoreExceptions()
                    .untilAsserted(() -> assertRepriced(anew, id));
        }
    }

    private static String setAndReprice(RunningWeir weir) throws IOException, InterruptedException {
        ChildProcess.Ended set =
                weir.command(
                        "prices",
                        "set",
                        MODEL,
                        "--input",
                        "0.5",
                        "--cached-input",
                        "0.05",
                        "--output",
                        "2");
        assertThat(set.stdout())
                .contains("weir prices reprice would price 3 calls of before, $0.00252.");
        checkSays(weir, "weir prices reprice");
        assertThat(weir.command("prices", "reprice", "--dry-run").stdout())
                .contains("Would price 3 calls, $0.00252.");
        assertThat(cost(weir).path("unpriced_calls").asLong()).isEqualTo(CALLS);
        assertThat(weir.command("prices", "reprice").stdout())
                .contains("Priced 3 calls, $0.00252.");
        assertThat(weir.command("prices", "reprice").stdout())
                .contains("No call without a price has one now.");
        assertThat(weir.command("prices", "check").exitCode()).isZero();
        return weir.admin("/calls?limit=1").path("calls").path(0).path("id").asString();
    }

    private static void checkSays(RunningWeir weir, String words)
            throws IOException, InterruptedException {
        ChildProcess.Ended check = weir.command("prices", "check");
        assertThat(check.exitCode()).isEqualTo(1);
        assertThat(check.stdout()).contains(MODEL, words);
    }

    private static void assertRepriced(RunningWeir weir, String id)
            throws IOException, InterruptedException {
        JsonNode cost = cost(weir);
        assertThat(cost.path("cost_nano_usd").asLong()).isEqualTo(CALLS * NANO_USD);
        assertThat(cost.path("unpriced_calls").asLong()).isZero();
        JsonNode call = weir.admin("/calls/" + id);
        assertThat(call.path("cost_nano_usd").asLong()).isEqualTo(NANO_USD);
        List<JsonNode> versions = call.path("price_versions").valueStream().toList();
        assertThat(versions)
                .extracting(version -> version.path("cost_state").asString())
                .containsExactly("unpriced", "priced");
        assertThat(versions)
                .extracting(version -> version.path("by").asString())
                .containsExactly("weir", "the admin key");
        assertThat(weir.command("calls", id).stdout())
                .contains("no price for " + MODEL, MODEL + "/standard");
    }

    /** The row of the cost report for everything, by its columns' names. */
    private static JsonNode cost(RunningWeir weir) throws IOException, InterruptedException {
        JsonNode report = weir.admin("/reports/cost");
        ObjectNode row = Json.MAPPER.createObjectNode();
        for (int i = 0; i < report.path("columns").size(); i++) {
            String name = report.path("columns").path(i).path("name").asString();
            row.set(name, report.path("rows").path(0).path(i));
        }
        return row;
    }

    private static void call(RunningWeir weir) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            String body =
                    "{\"model\":\"%s\",\"messages\":[{\"role\":\"user\",\"content\":\"Sum it up.\"}]}"
                            .formatted(MODEL);
            HttpRequest request =
                    HttpRequest.newBuilder(URI.create(weir.baseUrl() + "/chat/completions"))
                            .header("authorization", "Bearer " + weir.appKey())
                            .header("content-type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .build();
            assertThat(http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
                    .isEqualTo(200);
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }
}
