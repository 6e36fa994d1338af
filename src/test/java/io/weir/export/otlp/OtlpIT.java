package io.weir.export.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.opentelemetry.proto.trace.v1.Span;
import io.weir.export.Tally;
import io.weir.export.otlp.OtlpDouble.Trouble;
import io.weir.export.otlp.OtlpServer.Protocol;
import io.weir.it.RunningWeir;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The packaged jar traces an application's calls, though it is killed while it sends them. */
class OtlpIT {
    private static final Duration GENEROUS = Duration.ofMinutes(2);
    private static final int CALLS = 12;

    @TempDir private Path directory;

    @ParameterizedTest
    @EnumSource
    void everyCallIsInItsTraceThoughWeirIsKilledInTheMiddleOfABatch(Protocol protocol)
            throws Exception {
        OtlpDouble minded = new OtlpDouble();
        try (OtlpServer server = protocol.serve(minded, Optional.empty())) {
            RunningWeir.Start start = start(protocol, server.port());
            minded.next(Trouble.HELD);
            try (RunningWeir weir = start.start()) {
                calls(weir);
                await().atMost(GENEROUS).until(() -> !minded.calls().isEmpty());
                weir.kill9();
            }
            try (RunningWeir weir = start.start()) {
                calls(weir);
                Set<UUID> calls = new HashSet<>();
                await().atMost(GENEROUS)
                        .until(() -> {
                            calls.addAll(ids(weir));
                            return calls.size() == 2 * CALLS
                                    && new HashSet<>(minded.calls()).containsAll(calls);
                        });
                Tally tally = Tally.of(calls, minded.calls());
                tally.said("OTLP over " + protocol + ", killed in the middle of a batch");
                assertThat(tally.lost()).isZero();
                assertThat(tally.duplicates()).as("those that were under way").isPositive();
                await().atMost(GENEROUS).until(() -> !minded.logs().isEmpty());
                await().atMost(GENEROUS).until(() -> !minded.metrics().isEmpty());
                check(minded, weir);
            }
        }
    }

    private static void check(OtlpDouble minded, RunningWeir weir) throws Exception {
        Map<String, Span> byId = new HashMap<>();
        for (Span span : minded.spans()) {
            Span before = byId.put(HexFormat.of().formatHex(span.getSpanId().toByteArray()), span);
            assertThat(before == null || before.equals(span)).as("what came twice").isTrue();
            assertThat(HexFormat.of().formatHex(span.getTraceId().toByteArray()))
                    .isEqualTo(TracedCalls.TRACE);
        }
        assertThat(minded.spans().toString()).doesNotContain("a secret question");
        assertThat(minded.spans().stream().map(Span::getKind).distinct()).hasSize(2);
        assertThat(weir.admin("/calls?trace=" + TracedCalls.TRACE + "&limit=100").path("calls"))
                .hasSize(2 * CALLS);
        assertThat(weir.command("calls", "--trace", TracedCalls.TRACE).stdout())
                .contains("gpt-4o-mini");
        assertThat(weir.command("exporters", "test", "traces").exitCode()).isZero();
        assertThat(weir.stdout() + weir.stderr()).doesNotContain(OtlpDouble.TOKEN);
    }

    private RunningWeir.Start start(Protocol protocol, int port) throws IOException {
        return RunningWeir.in(directory.resolve("data"))
                .variable("OTLP_TOKEN", OtlpDouble.TOKEN)
                .config(
                        """
                        capture: {level: full}
                        exporters:
                          - name: traces
                            kind: otlp
                            url: http://127.0.0.1:%d
                            protocol: %s
                            signals: [traces, logs, metrics]
                            headers: {authorization: "Bearer env:OTLP_TOKEN"}
                            allow: [127.0.0.1]
                            batch: {age: 20ms}
                            retry: {first: 20ms}
                        """
                                .formatted(port, protocol.name().toLowerCase(Locale.ROOT)));
    }

    private static List<UUID> ids(RunningWeir weir) throws IOException, InterruptedException {
        return weir.admin("/calls?limit=1000")
                .path("calls")
                .valueStream()
                .map(call -> UUID.fromString(call.path("id").asString("")))
                .toList();
    }

    private static void calls(RunningWeir weir) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            for (int i = 0; i < CALLS; i++) {
                String model = i % 4 == 3 ? "error-500" : "gpt-4o-mini";
                String body =
                        "{\"model\":\"%s\",\"messages\":[{\"role\":\"user\",\"content\":\"a secret question\"}]}"
                                .formatted(model);
                HttpRequest request =
                        HttpRequest.newBuilder(URI.create(weir.baseUrl() + "/chat/completions"))
                                .header("authorization", "Bearer " + weir.appKey())
                                .header("content-type", "application/json")
                                .header(
                                        "traceparent",
                                        "00-"
                                                + TracedCalls.TRACE
                                                + "-"
                                                + TracedCalls.PARENT
                                                + "-01")
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build();
                http.send(request, HttpResponse.BodyHandlers.ofString());
            }
        }
    }
}
