package io.weir.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.call.CallRecord;
import io.weir.call.CallRecords;
import io.weir.it.Message;
import io.weir.store.CallStore;
import io.weir.store.Stores;
import io.weir.web.LiveDashboard.Browser;
import io.weir.wire.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlertsPageTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:05Z");
    private static final Pattern INCIDENT = Pattern.compile("name=\"incident\" value=\"(\\w+)\"");
    private static final Pattern CALLS = Pattern.compile("href=\"(/calls[^\"]+)");
    private static final Pattern WHY = Pattern.compile("href=\"(/why[^\"]+)");
    private static final Pattern SILENCE = Pattern.compile("name=\"id\" value=\"(\\w+)\"");

    private final AtomicReference<Instant> clock = new AtomicReference<>(NOW);
    private CallStore store;
    private LiveDashboard dashboard;
    private Browser admin;

    @BeforeEach
    void start(@TempDir Path directory) throws IOException {
        store = Stores.open(directory);
        List<CallRecord> calls = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            calls.add(
                    CallRecords.at(NOW.minusSeconds(60), i)
                            .model("<b>gpt</b>", null)
                            .latency(100, 90)
                            .outcome("upstream_failed", 502)
                            .build());
        }
        store.append(calls, 1);
        dashboard = LiveDashboard.start(store, directory, clock::get);
        admin = dashboard.admin();
        dashboard.alerts().look();
        clock.set(NOW.plusSeconds(60));
        dashboard.alerts().look();
    }

    @AfterEach
    void close() {
        dashboard.close();
        store.close();
    }

    @Test
    void whatFiresIsShownWithItsCalls() throws IOException {
        String page = dashboard.get("/alerts", admin).body();
        assertThat(page)
                .contains("model &lt;b&gt;gpt&lt;/b&gt;: 100 % of 40 calls failed in 5 min")
                .contains("/calls?")
                .contains("model=%3Cb%3Egpt%3C%2Fb%3E")
                .contains("I look after it")
                .contains("no channel is configured");
    }

    @Test
    void theCallsOfARuleAreThoseItIsAbout() throws IOException {
        dashboard
                .alerts()
                .put(
                        Json.MAPPER.readTree(
                                """
                                {"name": "slow", "metric": "latency_p95", "above": "1ms",
                                 "window": "5m", "where": {"outcome": "upstream_failed"}}\
                                """));
        clock.set(NOW.plusSeconds(120));
        dashboard.alerts().look();
        String page = dashboard.get("/alerts", admin).body();
        String incident = page.substring(page.indexOf("<b>slow</b>"));
        assertThat(first(CALLS, incident)).contains("outcome=upstream_failed");
        assertThat(first(WHY, incident)).contains("outcome=upstream_failed").contains("what=slow");
    }

    @Test
    void anIncidentOfFailuresLeadsToCallsThatFailed() throws IOException {
        String page = dashboard.get("/alerts", admin).body();
        page = page.substring(page.indexOf("Fires now"));
        assertThat(page).contains("<li id=\"incident-" + first(INCIDENT, page) + "\">");
        assertThat(first(CALLS, page)).contains("failed=true");
        assertThat(first(WHY, page)).contains("what=failed").doesNotContain("failed=true");
    }

    @Test
    void whoLooksAfterAnIncidentIsNamed() throws IOException {
        String incident = first(INCIDENT, dashboard.get("/alerts", admin).body());
        Message done = post("/alerts/acknowledge", "incident=" + incident);
        assertThat(done.field("location")).isEqualTo("/alerts?notice=acknowledged");
        assertThat(dashboard.get("/alerts", admin).body())
                .contains("admin key looks after it.")
                .contains("acknowledged")
                .doesNotContain("value=\"" + incident);
    }

    @Test
    void aSilenceBeginsAndEnds() throws IOException {
        post("/alerts/silence", "rule=errors&for=2h&why=we+know");
        String page = dashboard.get("/alerts", admin).body();
        assertThat(page).contains("we know").contains("Nobody is told: it is silenced");
        Message done = post("/alerts/unsilence", "id=" + first(SILENCE, page));
        assertThat(done.field("location")).isEqualTo("/alerts?notice=unsilenced");
        assertThat(dashboard.get("/alerts", admin).body()).contains("Nothing is silenced.");
    }

    @Test
    void whatIsNotThereCannotBeLookedAfterOrSilenced() throws IOException {
        assertThat(post("/alerts/acknowledge", "incident=zz").status()).isEqualTo(404);
        assertThat(post("/alerts/silence", "rule=moon&for=2h").status()).isEqualTo(404);
        assertThat(post("/alerts/silence", "rule=errors&for=9y").status()).isEqualTo(400);
    }

    @Test
    void whoMayOnlyLookIsOfferedNothingElse() throws IOException {
        dashboard.submit(admin, "/users/add", "name=eve&role=viewer&password=correct-horse-9");
        Browser viewer = dashboard.login("eve", "correct-horse-9");
        String page = dashboard.get("/alerts", viewer).body();
        assertThat(page).contains("Nobody looks after it yet").doesNotContain("/alerts/silence");
        assertThat(dashboard.submit(viewer, "/alerts/silence", "rule=errors&for=2h").status())
                .isEqualTo(403);
    }

    private Message post(String path, String form) throws IOException {
        return dashboard.submit(admin, path, form);
    }

    private static String first(Pattern pattern, String page) {
        Matcher matcher = pattern.matcher(page);
        assertThat(matcher.find()).as(page).isTrue();
        return matcher.group(1);
    }
}
