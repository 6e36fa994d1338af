package io.weir.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weir.export.LogglyDouble;
import io.weir.export.SearchTerms;
import io.weir.export.ShippedSearch;
import io.weir.export.SplunkDouble;
import io.weir.it.Mailbox.Mail;
import io.weir.it.WebApplication.Page;
import io.weir.outbound.LoopbackServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * A web application's calls run into a time-out, an error and a broken answer of the upstream:
 * whoever looks after it is told by mail, and finds each call in Splunk, in Loggly and in Weir, by
 * the class of its error and by the id that the application saw.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WebApplicationIT {
    private static final Duration GENEROUS = Duration.ofMinutes(2);
    private static final String TIME_OUT = "slow-first-token";
    private static final String ERROR = "error-500";
    private static final String BROKEN = "dropped-whole";

    /** What each failure is called, by the model that provokes it. */
    private static final Map<String, String> CLASSES =
            Map.of(
                    TIME_OUT, "upstream_first_byte_timeout",
                    ERROR, "server_error",
                    BROKEN, "upstream_broken");

    private final SplunkDouble splunk = new SplunkDouble().acknowledgingAfter(2);
    private final LogglyDouble loggly = new LogglyDouble();
    private final Mailbox mailbox = Mailbox.open();
    private final Map<String, Page> pages = new HashMap<>();
    private LoopbackServer splunkServer;
    private LoopbackServer logglyServer;
    private ChildProcess emulator;
    private RunningWeir weir;
    private StoredCalls stored;

    @BeforeAll
    void visitThePage(@TempDir Path directory) throws IOException, InterruptedException {
        splunkServer = LoopbackServer.plain(splunk);
        logglyServer = LoopbackServer.plain(loggly);
        emulator =
                ChildProcess.weir(List.of(), List.of("emulate", "--port", "0", "--fast"), Map.of());
        String upstream = emulator.awaitOutput(Pattern.compile("http://\\S+/v1"), GENEROUS).group();
        weir =
                RunningWeir.in(directory.resolve("data"))
                        .config(config())
                        .variable("SPLUNK_TOKEN", SplunkDouble.TOKEN)
                        .variable("LOGGLY_TOKEN", LogglyDouble.TOKEN)
                        .variable("OPENAI_API_KEY", "sk-upstream-of-the-test")
                        .upstream(upstream)
                        .start();
        stored = new StoredCalls(weir);
        try (WebApplication application = new WebApplication(weir.baseUrl(), weir.appKey())) {
            for (String model : List.of("gpt-4o", TIME_OUT, ERROR, BROKEN)) {
                pages.put(model, application.visit(model));
            }
        }
    }

    @AfterAll
    void stop() {
        if (weir != null) {
            weir.close();
        }
        if (emulator != null) {
            emulator.handle().destroyForcibly();
        }
        splunkServer.close();
        logglyServer.close();
        mailbox.close();
    }

    @Test
    void theApplicationGetsAnExceptionAndTheIdOfTheCall() {
        assertThat(page("gpt-4o").status()).isEqualTo(200);
        for (String model : CLASSES.keySet()) {
            Page page = page(model);
            assertThat(page.status()).as(model).isEqualTo(503);
            assertThat(page.exception()).as(model).isEqualTo("InternalServerException");
        }
        assertThat(pages.values()).extracting(Page::call).doesNotHaveDuplicates().hasSize(4);
    }

    @Test
    void splunkFindsThemByClassAndById() throws IOException {
        await().atMost(GENEROUS).until(() -> splunk.received().size() >= pages.size());
        Map<String, SearchTerms.Values> events = new HashMap<>();
        for (JsonNode envelope : splunk.received()) {
            assertThat(envelope.path("sourcetype").asString()).isEqualTo("weir:call");
            assertThat(envelope.path("host").asString()).isEqualTo("web-1");
            assertThat(envelope.path("source").asString()).isEqualTo("gateway");
            assertThat(envelope.path("index").asString()).isEqualTo("llm");
            JsonNode event = envelope.path("event");
            assertThat(
                            Instant.ofEpochMilli(
                                    envelope.path("time")
                                            .decimalValue()
                                            .movePointRight(3)
                                            .longValue()))
                    .isEqualTo(
                            Instant.parse(event.path("received_at").asString())
                                    .truncatedTo(ChronoUnit.MILLIS));
            events.put(
                    event.path("id").asString(),
                    field -> values(event.has(field) ? event : envelope, field));
        }
        assertThat(splunk.received()).hasSize(pages.size());
        assertFound(ShippedSearch.splunk(), "$id$", events);
    }

    @Test
    void logglyFindsThemByClassAndById() throws IOException {
        await().atMost(GENEROUS).until(() -> loggly.events().size() >= pages.size());
        Map<String, SearchTerms.Values> events = new HashMap<>();
        for (JsonNode event : loggly.events()) {
            events.put(
                    event.path("id").asString(),
                    field ->
                            field.equals("tag")
                                    ? LogglyDouble.TAGS
                                    : values(event, field.replaceFirst("^json\\.", "")));
        }
        assertThat(loggly.events()).hasSize(pages.size());
        assertFound(ShippedSearch.loggly(), "ID", events);
    }

    @Test
    void weirShowsTheSameCalls() throws IOException, InterruptedException {
        for (Map.Entry<String, String> each : CLASSES.entrySet()) {
            String id = call(each.getKey());
            JsonNode call = stored.one(id);
            assertThat(call.path("request_model").asString()).isEqualTo(each.getKey());
            assertThat(call.path("error_type").asString()).isEqualTo(each.getValue());
            assertThat(weir.command("calls", id).stdout())
                    .containsPattern("error_type +" + each.getValue());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {TIME_OUT, ERROR})
    void aMailNamesTheClassAndLeadsToTheCallAndAnotherSaysThatItIsOver(String model) {
        boolean late = model.equals(TIME_OUT);
        String rule = late ? "time-outs" : "server-errors";
        Mail mail = mailbox.awaitMail((late ? "CRITICAL " : "WARNING ") + rule + ": ");
        assertThat(mail.text())
                .contains(
                        "error rate (%s) above 5 %% in 10 s, by model"
                                .formatted(late ? "time-out" : "server"))
                .contains("https://weir.example.com/alerts");
        Matcher named = Pattern.compile("model ([\\w-]+): 100 % of 1 calls").matcher(mail.text());
        assertThat(named.find()).as(mail.text()).isTrue();
        assertThat(stored.atLeast("failed=true&model=" + named.group(1), 1))
                .extracting(call -> call.path("id").asString())
                .containsExactly(call(model));
        Mail over = mailbox.awaitMail("RESOLVED " + rule + " after ");
        assertThat(over.thread()).isEqualTo(mail.thread());
    }

    private String config() {
        return """
        upstream: {timeouts: {first_byte: 4s}}
        exporters:
          - {name: splunk, kind: splunk, url: "%s", token: "env:SPLUNK_TOKEN", ack: true, ack_every: 20ms, host: web-1, source: gateway, index: llm, allow: [127.0.0.1], batch: {age: 20ms}}
          - {name: loggly, kind: loggly, url: "%s", token: "env:LOGGLY_TOKEN", tags: [%s], allow: [127.0.0.1], batch: {age: 20ms}}
        alerts:
          link: https://weir.example.com
          channels:
            - {name: mail, kind: email, host: 127.0.0.1, port: %d, tls: none, from: weir@example.com, to: [%s], allow: [127.0.0.1]}
          rules:
            - {name: time-outs, metric: error_rate, errors: [time-out], above: 5%%, at_least: 1, window: 10s, resolve_after: 0s, by: [model], severity: critical}
            - {name: server-errors, metric: error_rate, errors: [server], above: 5%%, at_least: 1, window: 10s, resolve_after: 0s, by: [model]}
        """
                .formatted(
                        splunkServer.settings("/", false).url(),
                        logglyServer.settings("/", false).url(),
                        String.join(",", LogglyDouble.TAGS),
                        mailbox.port(),
                        Mailbox.ADDRESS);
    }

    /** What the searches that are shipped find of those events. */
    private void assertFound(
            List<ShippedSearch> searches, String id, Map<String, SearchTerms.Values> events) {
        Set<String> failures = Set.of(call(TIME_OUT), call(ERROR), call(BROKEN));
        assertThat(found(searches, "errors by class over time", events)).isEqualTo(failures);
        assertThat(found(searches, "time-outs", events)).containsExactly(call(TIME_OUT));
        assertThat(found(searches, "rate limits", events)).isEmpty();
        assertThat(found(searches, "slowest models", events)).isEqualTo(events.keySet());
        assertThat(found(searches, "spend by model and project", events))
                .containsExactly(call("gpt-4o"));
        CLASSES.forEach((model, errorClass) -> {
            String one = ShippedSearch.named("one call", searches).terms();
            assertThat(found(one.replace(id, call(model)), events)).containsExactly(call(model));
            assertThat(Objects.requireNonNull(events.get(call(model))).apply("error_type"))
                    .containsExactly(errorClass);
        });
    }

    private Page page(String model) {
        return Objects.requireNonNull(pages.get(model));
    }

    private String call(String model) {
        return page(model).call();
    }

    private static Set<String> found(
            List<ShippedSearch> searches, String name, Map<String, SearchTerms.Values> events) {
        return found(ShippedSearch.named(name, searches).terms(), events);
    }

    private static Set<String> found(String terms, Map<String, SearchTerms.Values> events) {
        Set<String> found = new HashSet<>(events.keySet());
        events.forEach((id, values) -> {
            if (!SearchTerms.find(terms, values)) {
                found.remove(id);
            }
        });
        return found;
    }

    private static List<String> values(JsonNode object, String field) {
        JsonNode value = object.path(field);
        return value.isMissingNode() ? List.of() : List.of(value.asString());
    }
}
