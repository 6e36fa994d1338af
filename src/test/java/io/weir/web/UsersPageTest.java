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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init")
class UsersPageTest {
    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");
    private static final Pattern SECRET = Pattern.compile("<code>(weir-[^<]+)</code>");

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
    void aTokenIsShownOnceAndRemoved() throws IOException {
        assertThat(dashboard.get("/users", admin).body()).contains("No token is there");
        Message made =
                dashboard.submit(admin, "/users/token/create", "name=ci&role=viewer&projects=");
        assertThat(made.status()).isEqualTo(200);
        Markup markup = new Markup(made.body());
        markup.holdsNoCodeAndNoStyle();
        markup.hasUniqueIds();
        markup.labelsEachField();
        Matcher secret = SECRET.matcher(made.body());
        assertThat(secret.find()).isTrue();
        assertThat(dashboard.get("/users", admin).body())
                .contains(">ci<", "/users/token/delete")
                .doesNotContain(secret.group(1));
        assertThat(dashboard.get("/audit", admin).body())
                .contains("token.create")
                .doesNotContain(secret.group(1));

        assertThat(
                        dashboard
                                .submit(
                                        admin,
                                        "/users/token/create",
                                        "name=ci&role=admin&projects=")
                                .status())
                .isEqualTo(400);
        assertThat(dashboard.submit(admin, "/users/token/delete", "name=ci").field("location"))
                .isEqualTo("/users?notice=token-removed");
        assertThat(dashboard.submit(admin, "/users/token/delete", "name=ci").status())
                .isEqualTo(404);
        assertThat(dashboard.get("/users", admin).body()).contains("No token is there");
    }

    @Test
    void aTokenIsForProjectsThatThereAre() throws IOException {
        String form = "name=tom&role=project-admin&projects=";
        assertThat(dashboard.submit(admin, "/users/token/create", form + "nowhere").status())
                .isEqualTo(400);
        assertThat(dashboard.submit(admin, "/users/token/create", form).status()).isEqualTo(400);
        assertThat(dashboard.submit(admin, "/users/token/create", form + "default").status())
                .isEqualTo(200);
        assertThat(dashboard.get("/users", admin).body()).contains(">tom<", ">default<");
    }

    @Test
    void hostileNamesStayTexts() throws IOException {
        for (String name : Hostile.TEXTS) {
            String written = URLEncoder.encode(name, StandardCharsets.UTF_8);
            Message answer =
                    dashboard.submit(
                            admin,
                            "/users/token/create",
                            "name=%s&role=viewer&projects=".formatted(written));
            if (answer.status() == 200) {
                new Markup(answer.body()).holdsNoCodeAndNoStyle();
            } else {
                assertThat(answer.status()).as(name).isEqualTo(400);
            }
        }
        new Markup(dashboard.get("/users", admin).body()).holdsNoCodeAndNoStyle();
    }
}
