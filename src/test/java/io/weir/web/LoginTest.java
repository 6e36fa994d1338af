package io.weir.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.it.Message;
import io.weir.store.CallStore;
import io.weir.store.Stores;
import io.weir.web.LiveDashboard.Browser;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoginTest {
    private static final String PASSWORD = "correct-horse-9";

    private final AtomicReference<Instant> now =
            new AtomicReference<>(Instant.parse("2026-11-22T12:00:00Z"));
    private CallStore store;
    private LiveDashboard dashboard;

    @SuppressWarnings("NullAway.Init")
    LoginTest() {}

    @BeforeEach
    void start(@TempDir Path directory) throws IOException {
        store = new CallStore(directory, Stores.CONFIG, System::nanoTime);
        dashboard = LiveDashboard.start(store, directory, now::get);
    }

    @AfterEach
    void stop() {
        dashboard.close();
        store.close();
    }

    @Test
    void theAdminKeyLetsIn() throws IOException {
        Browser admin = dashboard.admin();

        assertThat(admin.csrf()).isNotEmpty();
        assertThat(dashboard.get("/users", admin).status()).isEqualTo(200);
    }

    @Test
    void theCookieIsOutOfReachOfScriptsAndOtherSites() throws IOException {
        String plain = login("", LiveDashboard.ADMIN_KEY).field("set-cookie");
        String proxied =
                dashboard
                        .post(
                                "/login",
                                Browser.FRESH,
                                "password=" + LiveDashboard.ADMIN_KEY,
                                "x-forwarded-proto: https")
                        .field("set-cookie");

        assertThat(plain)
                .contains("HttpOnly", "SameSite=Strict", "Path=/")
                .doesNotContain("Secure");
        assertThat(proxied).contains("HttpOnly", "SameSite=Strict", "Secure");
    }

    @Test
    void aWrongNameAndAWrongPasswordAreToldAlike() throws IOException {
        add("somebody", "viewer");
        Message stranger = login("nobody", PASSWORD);
        Message wrong = login("somebody", PASSWORD + "0");

        assertThat(stranger.status()).isEqualTo(403);
        assertThat(wrong.status()).isEqualTo(403);
        assertThat(stranger.body().replace("nobody", "somebody")).isEqualTo(wrong.body());
        assertThat(login("", "weir-admin-wrong").status()).isEqualTo(403);
    }

    @Test
    void anotherSessionBeginsWithEachLogin() throws IOException {
        Browser first = dashboard.admin();
        Message again = dashboard.post("/login", first, "password=" + LiveDashboard.ADMIN_KEY);

        assertThat(LiveDashboard.cookie(again)).isNotEqualTo(first.cookie());
        assertThat(dashboard.get("/health", first).status()).isEqualTo(303);
    }

    @Test
    void aSessionEndsWhenItIsNotUsedAndInAnyCaseOneDay() throws IOException {
        Browser idle = dashboard.admin();
        Browser busy = dashboard.admin();
        for (int hours = 0; hours < 24 * 7; hours += 8) {
            assertThat(dashboard.get("/health", busy).status()).isEqualTo(200);
            now.updateAndGet(time -> time.plus(Duration.ofHours(8)));
        }
        now.updateAndGet(time -> time.plusSeconds(1));

        assertThat(dashboard.get("/health", idle).status()).isEqualTo(303);
        assertThat(dashboard.get("/health", busy).status()).isEqualTo(303);
    }

    @Test
    void loggingOutEndsTheSession() throws IOException {
        Browser admin = dashboard.admin();
        dashboard.post("/logout", admin, "");
        assertThat(dashboard.get("/health", admin).status()).as("without a token").isEqualTo(200);
        dashboard.post("/logout", admin, "csrf=" + admin.csrf());
        assertThat(dashboard.get("/health", admin).status()).isEqualTo(303);
    }

    @Test
    void nothingIsDoneWithoutTheSessionsTokenOrForAnotherSite() throws IOException {
        Browser admin = dashboard.admin();
        Browser other = dashboard.admin();
        String form = "name=intruder&role=admin&password=" + PASSWORD;

        assertThat(dashboard.post("/users/add", admin, form).status()).isEqualTo(403);
        assertThat(dashboard.post("/users/add", admin, form + "&csrf=" + other.csrf()).status())
                .isEqualTo(403);
        for (String field :
                new String[] {
                    "sec-fetch-site: cross-site",
                    "sec-fetch-site: same-site",
                    "origin: http://evil.test",
                    "origin: null"
                }) {
            Message refused =
                    dashboard.post("/users/add", admin, form + "&csrf=" + admin.csrf(), field);
            assertThat(refused.status()).as(field).isEqualTo(403);
        }
        assertThat(dashboard.get("/users", admin).body()).doesNotContain("intruder");
        assertThat(
                        dashboard
                                .post(
                                        "/users/add",
                                        admin,
                                        form + "&csrf=" + admin.csrf(),
                                        "origin: http://weir.test",
                                        "sec-fetch-site: same-origin")
                                .status())
                .isEqualTo(303);
    }

    @Test
    void afterLoginItGoesWhereItWasWantedAndNeverElsewhere() throws IOException {
        assertThat(dashboard.get("/health?a=b", Browser.FRESH).field("location"))
                .isEqualTo("/login?next=%2Fhealth%3Fa%3Db");
        assertThat(next("%2Fhealth%3Fa%3Db")).isEqualTo("/health?a=b");
        for (String elsewhere :
                new String[] {
                    "%2F%2Fevil.test", "http%3A%2F%2Fevil.test", "%2F%5Cevil.test", "%2Fa%0D%0Ab"
                }) {
            assertThat(next(elsewhere)).as(elsewhere).isEqualTo("/");
        }
    }

    @Test
    void tooManyTriesAreNotHeard() throws IOException {
        add("somebody", "viewer");
        for (int i = 0; i < 10; i++) {
            assertThat(login("somebody", "wrong-password").status()).isEqualTo(403);
        }
        assertThat(login("somebody", PASSWORD).status()).isEqualTo(429);
        now.updateAndGet(time -> time.plus(Duration.ofMinutes(16)));
        assertThat(login("somebody", PASSWORD).status()).isEqualTo(303);
    }

    @Test
    void aViewerSeesAndAnAdministratorChanges() throws IOException {
        add("viewer", "viewer");
        add("boss", "admin");
        Browser viewer = dashboard.login("viewer", PASSWORD);
        Browser boss = dashboard.login("boss", PASSWORD);

        assertThat(dashboard.get("/health", viewer).status()).isEqualTo(200);
        assertThat(dashboard.get("/health", viewer).body()).doesNotContain("href=\"/users\"");
        assertThat(dashboard.get("/users", viewer).status()).isEqualTo(403);
        assertThat(dashboard.get("/users", boss).status()).isEqualTo(200);

        change(boss, "/users/role", "name=viewer&role=admin");
        assertThat(dashboard.get("/health", viewer).status()).as("logged out").isEqualTo(303);
        assertThat(dashboard.get("/users", dashboard.login("viewer", PASSWORD)).status())
                .isEqualTo(200);
        change(boss, "/users/password", "name=viewer&password=another-horse-9");
        assertThat(login("viewer", PASSWORD).status()).isEqualTo(403);
        assertThat(login("viewer", "another-horse-9").status()).isEqualTo(303);
        change(boss, "/users/remove", "name=viewer");
        assertThat(login("viewer", "another-horse-9").status()).isEqualTo(403);
    }

    private void change(Browser browser, String path, String form) throws IOException {
        Message answer = dashboard.post(path, browser, form, "x-csrf-token: " + browser.csrf());
        assertThat(answer.status()).as(answer.body()).isEqualTo(303);
    }

    private void add(String name, String role) throws IOException {
        change(
                dashboard.admin(),
                "/users/add",
                "name=%s&role=%s&password=%s".formatted(name, role, PASSWORD));
    }

    private Message login(String name, String password) throws IOException {
        return dashboard.post("/login", Browser.FRESH, "name=" + name + "&password=" + password);
    }

    private String next(String encoded) throws IOException {
        return dashboard
                .post(
                        "/login",
                        Browser.FRESH,
                        "next=" + encoded + "&password=" + LiveDashboard.ADMIN_KEY)
                .field("location");
    }
}
