package io.weir.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.wire.Endpoint;
import io.weir.wire.Headers;
import io.weir.wire.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Every recorded exchange with a provider, played through the gateway: what the client gets is what
 * the provider sent, what the provider gets is what the client sent, and what is stored is what the
 * provider said.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RecordedExchangesIT {
    private static final String UPSTREAM_KEY = "sk-of-the-provider";
    private static final String CALL_ID = "x-weir-call-id";
    private static final String ASKED = "\"stream_options\":{\"include_usage\":true},";

    /** What the JDK's client sets by itself, and the connection's own. */
    private static final Set<String> NOT_SENT =
            Set.of("host", "connection", "expect", "upgrade", "keep-alive");

    private final Map<String, Played> played = new TreeMap<>();
    private final Map<String, JsonNode> stored = new TreeMap<>();
    private RecordedUpstream upstream;
    private RunningWeir weir;

    /** An exchange and the answer that the client got. */
    record Played(RecordedExchange exchange, HttpResponse<byte[]> answer) {
        String id() {
            return answer.headers().firstValue(CALL_ID).orElseThrow();
        }

        @Override
        public String toString() {
            return exchange.name();
        }
    }

    @BeforeAll
    void playAll(@TempDir Path directory) throws IOException, InterruptedException {
        List<RecordedExchange> exchanges = RecordedExchange.all();
        upstream = new RecordedUpstream(exchanges);
        weir =
                RunningWeir.in(directory.resolve("data"))
                        .upstream(upstream.url())
                        .variable("OPENAI_API_KEY", UPSTREAM_KEY)
                        .start();
        try (HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            for (RecordedExchange exchange : exchanges) {
                HttpResponse<byte[]> answer =
                        client.send(request(exchange), HttpResponse.BodyHandlers.ofByteArray());
                played.put(exchange.name(), new Played(exchange, answer));
            }
        }
        StoredCalls calls = new StoredCalls(weir);
        for (JsonNode call : calls.atLeast("", exchanges.size())) {
            String id = call.path("id").asString();
            stored.put(id, calls.one(id));
        }
    }

    @AfterAll
    void stop() throws IOException {
        weir.close();
        upstream.close();
    }

    List<Played> played() {
        return new ArrayList<>(played.values());
    }

    @ParameterizedTest
    @MethodSource("played")
    void theClientGetsWhatTheProviderSent(Played call) {
        boolean gzip = call.answer().headers().firstValue("content-encoding").isPresent();
        byte[] sent = call.exchange().answer().body();
        assertThat(call.answer().statusCode()).isEqualTo(call.exchange().status());
        assertThat(call.answer().body())
                .asString(UTF_8)
                .isEqualTo(new String(gzip ? RecordedUpstream.zipped(sent) : sent, UTF_8));
        assertThat(call.answer().body()).isEqualTo(gzip ? RecordedUpstream.zipped(sent) : sent);
    }

    @ParameterizedTest
    @MethodSource("played")
    void theClientGetsTheFieldsTheProviderSentAndTheIdOfItsCall(Played call) {
        boolean gzip = call.answer().headers().firstValue("content-encoding").isPresent();
        Map<String, List<String>> expected = new TreeMap<>();
        RecordedUpstream.fields(call.exchange(), gzip)
                .forEach((name, value) ->
                        expected.computeIfAbsent(name, any -> new ArrayList<>())
                                .add(value.strip()));
        expected.keySet().removeAll(Set.of("connection", "keep-alive"));
        Map<String, List<String>> got = new TreeMap<>(call.answer().headers().map());
        got.keySet().removeAll(Set.of(CALL_ID, "content-length", "transfer-encoding"));
        assertThat(got).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("played")
    void theProviderGetsWhatTheClientSentUnderItsOwnKey(Played call) {
        RecordedUpstream.Seen seen = upstream.seen(call.exchange());
        assertThat(seen.line())
                .isEqualTo(
                        "%s %s HTTP/1.1"
                                .formatted(call.exchange().method(), call.exchange().target()));
        assertThat(seen.headers().all("authorization")).containsExactly("Bearer " + UPSTREAM_KEY);
        assertThat(seen.headers().toString()).doesNotContain("weir-app-");
        assertThat(seen.headers().first("content-type"))
                .isEqualTo(call.exchange().request().headers().first("content-type"));
        assertOnlyUsageIsAskedFor(
                call.exchange(), call.exchange().request().text(), new String(seen.body(), UTF_8));
    }

    private static void assertOnlyUsageIsAskedFor(
            RecordedExchange exchange, String sent, String seen) {
        if (seen.equals(sent)) {
            return;
        }
        assertThat(exchange.streamed()).as("only streams are asked for their usage").isTrue();
        ObjectNode before = (ObjectNode) Json.MAPPER.readTree(sent);
        if (before.has("stream_options")) {
            ObjectNode after = (ObjectNode) Json.MAPPER.readTree(seen);
            before.putObject("stream_options").put("include_usage", true);
            assertThat(after).isEqualTo(before);
        } else {
            assertThat(seen).contains(ASKED);
            assertThat(seen.replace(ASKED, "")).isEqualTo(sent);
        }
    }

    @ParameterizedTest
    @MethodSource("played")
    void whatIsStoredIsWhatTheProviderSaid(Played call) {
        JsonNode record = Objects.requireNonNull(stored.get(call.id()), call.id());
        assertThat(record.path("outcome").stringValue()).isEqualTo("completed");
        assertThat(record.path("status").intValue()).isEqualTo(call.exchange().status());
        assertThat(record.path("path").stringValue()).isEqualTo(call.exchange().path());
        assertThat(record.path("request_bytes").intValue())
                .isEqualTo(call.exchange().request().body().length);
        assertThat(record.path("response_bytes").intValue()).isEqualTo(call.answer().body().length);
        Optional<RecordedUsage> said = RecordedUsage.in(call.exchange());
        if (said.isPresent() && billed(call.exchange())) {
            assertThat(usage(record)).isEqualTo(said.get());
            assertThat(record.path("usage_confidence").stringValue()).isEqualTo("provider");
        } else {
            assertThat(record.path("usage_confidence").stringValue()).isNotEqualTo("provider");
        }
    }

    @Test
    void everyExchangeIsOneCallWithOneAttempt() {
        assertThat(played).hasSize(145);
        assertThat(stored).hasSize(145);
        assertThat(stored.keySet())
                .isEqualTo(played().stream().map(Played::id).collect(Collectors.toSet()));
        assertThat(stored.values()).allMatch(call -> call.path("attempts").size() == 1);
    }

    private static boolean billed(RecordedExchange exchange) {
        return Endpoint.of(exchange.method(), exchange.path()).billed();
    }

    private static RecordedUsage usage(JsonNode record) {
        return new RecordedUsage(
                record.path("total_input_tokens").longValue(),
                record.path("cache_read_tokens").longValue(),
                record.path("total_output_tokens").longValue(),
                record.path("reasoning_tokens").longValue());
    }

    private HttpRequest request(RecordedExchange exchange) throws IOException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(weir.origin() + exchange.target()))
                        .method(
                                exchange.method(),
                                exchange.request().body().length == 0
                                        ? HttpRequest.BodyPublishers.noBody()
                                        : HttpRequest.BodyPublishers.ofByteArray(
                                                exchange.request().body()))
                        .header("authorization", "Bearer " + weir.appKey())
                        .header(RecordedUpstream.EXCHANGE, exchange.name());
        Headers headers = exchange.request().headers().without(NOT_SENT::contains);
        headers.forEach(request::header);
        return request.build();
    }
}
