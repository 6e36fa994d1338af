package io.weir.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.it.Message;
import io.weir.store.CallStore;
import io.weir.store.Stores;
import io.weir.web.LiveDashboard.Browser;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LimitsPageTest {
    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");
    private static final String PASSWORD = "correct-horse-9";
    private static final String SECRET = "sk-proj-a-key-to-be-stored-on-the-page";

    private CallStore store;
    private LiveDashboard dashboard;
    private Browser admin;

    @BeforeEach
    void start(@TempDir Path directory) throws IOException {
        store = Stores.open(directory);
        dashboard = LiveDashboard.start(store, directory, () -> NOW);
        admin = dashboard.admin();
    }

    @AfterEach
    void close() {
        dashboard.close();
        store.close();
    }

    @Test
    void aBudgetIsSetRaisedChangedAndRemoved() throws IOException {
        assertThat(page(admin)).contains("There is no budget", "Nothing is limited");
        String fields =
                "name=shop&usd=100&period=week&where=project%3Dshop,+model%3Dgpt-5*&per=key&mode=degrade&degrade_to=gpt-4o-mini&stop_streams=true";
        assertThat(dashboard.submit(admin, "/limits/budget", fields).field("location"))
                .isEqualTo("/limits?notice=rule-changed");
        assertThat(page(admin))
                .contains("project shop", "model gpt-5*", "each key")
                .contains("a week, asks gpt-4o-mini, stops streams");

        assertThat(dashboard.submit(admin, "/limits/raise", "name=shop&usd=20&for=3d").status())
                .isEqualTo(303);
        assertThat(page(admin)).contains("raised by $20.00");
        assertThat(dashboard.get("/limits?edit-budget=shop", admin).body())
                .contains("Change the budget shop", "value=\"project=shop, model=gpt-5*\"");
        dashboard.submit(admin, "/limits/budget", fields.replace("usd=100", "usd=50"));
        assertThat(page(admin)).contains("$50.00", "raised by $20.00");
        assertThat(dashboard.submit(admin, "/limits/budget/remove", "name=shop").status())
                .isEqualTo(303);
        assertThat(page(admin)).contains("There is no budget");
        assertThat(dashboard.submit(admin, "/limits/budget/remove", "name=shop").status())
                .isEqualTo(404);
    }

    @Test
    void aLimitIsSetChangedAndRemoved() throws IOException {
        String fields = "name=pace&per=key&requests_per_minute=60&parallel=4&wait=10s";
        assertThat(dashboard.submit(admin, "/limits/limit", fields).status()).isEqualTo(303);
        assertThat(page(admin))
                .contains("4 calls at once, 60 requests per minute, waits 10", "each key");
        assertThat(dashboard.get("/limits?edit-limit=pace", admin).body())
                .contains("Change the limit pace", "name=\"wait\" value=\"10s\"");
        assertThat(dashboard.submit(admin, "/limits/limit/remove", "name=pace").status())
                .isEqualTo(303);
        assertThat(page(admin)).contains("Nothing is limited");
    }

    @Test
    void whatWillNotDoIsSaidAndChangesNothing() throws IOException {
        assertThat(dashboard.submit(admin, "/limits/budget", "name=b&usd=much").body())
                .contains("is an amount of dollars");
        assertThat(dashboard.submit(admin, "/limits/budget", "name=b&usd=1&where=shop").body())
                .contains("is no condition");
        assertThat(dashboard.submit(admin, "/limits/limit", "name=l").body())
                .contains("limits nothing");
        assertThat(dashboard.submit(admin, "/limits/raise", "name=none&usd=1&for=24h").status())
                .isEqualTo(404);
        assertThat(page(admin)).contains("There is no budget", "Nothing is limited");
    }

    @Test
    void aKeyOfTheProvidersIsStoredAndNeverShown() throws IOException {
        assertThat(page(admin)).contains("env:OPENAI_API_KEY", "configuration");
        assertThat(dashboard.submit(admin, "/limits/key", "name=team-b&secret=" + SECRET).status())
                .isEqualTo(303);
        assertThat(page(admin)).contains("team-b", "stored, …page").doesNotContain(SECRET);
        assertThat(dashboard.get("/audit", admin).body())
                .contains("upstream-key.set")
                .doesNotContain(SECRET);
        dashboard.submit(admin, "/limits/key/disable", "name=team-b&disabled=true");
        assertThat(page(admin)).contains("</span>disabled</td>");
        dashboard.submit(admin, "/limits/key/remove", "name=team-b");
        assertThat(page(admin)).doesNotContain("team-b");
    }

    @Test
    void aViewerSeesAllAndIsOfferedNothing() throws IOException {
        dashboard.submit(admin, "/limits/budget", "name=shop&usd=100");
        dashboard.submit(admin, "/users/add", "name=vic&role=viewer&password=" + PASSWORD);
        Browser viewer = dashboard.login("vic", PASSWORD);
        assertThat(page(viewer))
                .contains("shop", "$100.00")
                .doesNotContain("Set a budget", "/limits/raise", "type=\"password\"");
        assertThat(dashboard.submit(viewer, "/limits/budget", "name=mine&usd=1").status())
                .isEqualTo(403);
    }

    @Test
    void hostileTextsStayTexts() throws IOException {
        for (String text : Hostile.TEXTS) {
            String value =
                    URLEncoder.encode(
                            text.replaceAll("[\\p{Cntrl},*]", ""), StandardCharsets.UTF_8);
            Message set =
                    dashboard.submit(
                            admin, "/limits/budget", "name=b&usd=1&where=model%3D" + value);
            assertThat(set.status()).isIn(303, 400);
            Markup.requireHarmless(dashboard.get("/limits", admin), text);
            Markup.requireHarmless(dashboard.get("/limits?edit-budget=b", admin), text);
        }
    }

    private String page(Browser browser) throws IOException {
        return dashboard.get("/limits", browser).body();
    }
}
