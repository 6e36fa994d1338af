package io.weir.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weir.it.RunningWeir;
import io.weir.outbound.LoopbackServer;
import io.weir.wire.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * The packaged jar ships a web application's calls, good ones and failures, to what speaks the
 * protocols of Splunk and Loggly; both are busy for a while at first.
 */
class ShippingIT {
    private static final Duration GENEROUS = Duration.ofMinutes(2);

    @TempDir private Path directory;

    @Test
    void callsAndFailuresAreInSplunkAndInLogglyOnceEach() throws Exception {
        SplunkDouble splunk = new SplunkDouble();
        LogglyDouble loggly = new LogglyDouble();
        splunk.next(SplunkDouble.Trouble.BUSY);
        loggly.next(503);
        try (LoopbackServer splunkServer = LoopbackServer.plain(splunk);
                LoopbackServer logglyServer = LoopbackServer.plain(loggly);
                RunningWeir weir = weir(splunkServer, logglyServer)) {
            for (String model : new String[] {"gpt-4o", "error-500", "gpt-4o", "error-429"}) {
                call(weir, model);
            }
            await().atMost(GENEROUS).until(() -> splunk.ids().size() >= 4);
            await().atMost(GENEROUS).until(() -> loggly.received().size() >= 4);
            Set<UUID> calls = new HashSet<>();
            weir.admin("/calls")
                    .path("calls")
                    .forEach(call -> calls.add(UUID.fromString(call.path("id").asString())));
            Tally.of(calls.stream().toList(), splunk.ids()).said("Splunk, from the jar");
            Tally.of(calls.stream().toList(), loggly.received()).said("Loggly, from the jar");
            assertThat(splunk.ids()).hasSize(4);
            assertThat(new HashSet<>(splunk.ids())).isEqualTo(calls);
            assertThat(loggly.received()).hasSize(4);
            assertThat(new HashSet<>(loggly.received())).isEqualTo(calls);
            JsonNode failure =
                    splunk.received().stream()
                            .map(each -> each.path("event"))
                            .filter(event -> event.path("status").asInt() == 500)
                            .findFirst()
                            .orElseThrow();
            assertThat(failure.path("error_type").asString("")).isNotEmpty();
            assertThat(splunk.received().toString())
                    .contains("weir:call")
                    .doesNotContain("a secret question", weir.appKey(), weir.adminKey());
            assertThat(weir.command("exporters", "list").stdout()).contains("splunk", "loggly");
            assertThat(weir.stdout() + weir.stderr())
                    .doesNotContain(SplunkDouble.TOKEN, LogglyDouble.TOKEN);
        }
    }

    private RunningWeir weir(LoopbackServer splunk, LoopbackServer loggly) throws Exception {
        return RunningWeir.in(directory.resolve("data"))
                .variable("SPLUNK_TOKEN", SplunkDouble.TOKEN)
                .variable("LOGGLY_TOKEN", LogglyDouble.TOKEN)
                .config(
                        """
                        exporters:
                          - name: splunk
                            kind: splunk
                            url: %s
                            token: env:SPLUNK_TOKEN
                            allow: [127.0.0.1]
                            batch: {age: 20ms}
                            retry: {first: 20ms}
                          - name: loggly
                            kind: loggly
                            url: %s
                            token: env:LOGGLY_TOKEN
                            tags: [weir, llm]
                            allow: [127.0.0.1]
                            batch: {age: 20ms}
                            retry: {first: 20ms}
                        """
                                .formatted(
                                        splunk.settings("/", false).url(),
                                        loggly.settings("/", false).url()))
                .start();
    }

    /** A call as a web application makes it. */
    static void call(RunningWeir weir, String model) throws Exception {
        String body =
                Json.MAPPER
                        .createObjectNode()
                        .put("model", model)
                        .set(
                                "messages",
                                Json.MAPPER
                                        .createArrayNode()
                                        .add(
                                                Json.MAPPER
                                                        .createObjectNode()
                                                        .put("role", "user")
                                                        .put("content", "a secret question")))
                        .toString();
        try (HttpClient http = HttpClient.newHttpClient()) {
            http.send(
                    HttpRequest.newBuilder(URI.create(weir.baseUrl() + "/chat/completions"))
                            .header("authorization", "Bearer " + weir.appKey())
                            .header("content-type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }
}
