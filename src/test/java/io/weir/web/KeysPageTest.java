package io.weir.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.access.Actor;
import io.weir.access.Bounds;
import io.weir.access.GatewayKey;
import io.weir.access.KeyDesk;
import io.weir.it.Message;
import io.weir.store.CallStore;
import io.weir.store.Stores;
import io.weir.web.LiveDashboard.Browser;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pages of keys and projects, and of who changed what. */
@SuppressWarnings("NullAway.Init")
class KeysPageTest {
    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");
    private static final String PASSWORD = "correct-horse-9";
    private static final Pattern SECRET = Pattern.compile("weir-key-[\\w-]{43}");

    private CallStore store;
    private LiveDashboard dashboard;
    private KeyDesk desk;
    private Browser admin;

    @BeforeEach
    void start(@TempDir Path directory) throws IOException {
        store = Stores.open(directory);
        dashboard = LiveDashboard.start(store, directory, () -> NOW);
        desk = dashboard.keys();
        admin = dashboard.admin();
        for (String project : List.of("shop", "lab")) {
            desk.createProject(Actor.ADMIN_KEY, project, unsaid -> unsaid);
        }
    }

    @AfterEach
    void close() {
        dashboard.close();
        store.close();
    }

    @Test
    void aNewKeyIsShownInTheAnswerOfItsFormAndNeverAgain() throws IOException {
        Message made =
                dashboard.submit(
                        admin,
                        "/keys/create",
                        "project=shop&name=ci&owner=ada&tags=b,+a&expires=90d&models=gpt-4o*,o3");
        assertThat(made.status()).isEqualTo(200);
        assertThat(made.field("cache-control")).isEqualTo("no-store");
        assertThat(made.field("location")).isEmpty();
        List<String> secrets = secrets(made.body());
        assertThat(secrets).hasSize(1);
        assertThat(made.body()).contains("shown this once");
        assertThat(secrets(dashboard.get("/keys", admin).body())).isEmpty();
        assertThat(secrets(dashboard.get("/audit", admin).body())).isEmpty();

        GatewayKey key = desk.find("ci").key();
        assertThat(key.tags()).containsExactly("a", "b");
        assertThat(key.bounds())
                .isEqualTo(Bounds.of(List.of("gpt-4o*", "o3"), List.of(), List.of()));
        assertThat(key.expires()).isEqualTo("2027-02-24T12:00:00Z");
        assertThat(dashboard.get("/keys?project=shop", admin).body())
                .contains(key.id(), "gpt-4o*, o3");
    }

    @Test
    void aKeyIsRotatedChangedDisabledAndRemoved() throws IOException {
        String id = made("shop", "ci");
        Message rotated = dashboard.submit(admin, "/keys/rotate", "overlap=24h&key=" + id);
        assertThat(secrets(rotated.body())).hasSize(1);
        assertThat(rotated.body()).contains("The one before counts for another 24 h.");
        assertThat(dashboard.get("/keys", admin).body()).contains("active, rotating");
        assertThat(dashboard.submit(admin, "/keys/rotate", "overlap=1y&key=" + id).status())
                .isEqualTo(400);

        assertThat(dashboard.get("/keys?edit=" + id, admin).body()).contains("Change the key ci");
        String change = "name=renamed&expires=never&endpoints=chat.completions&key=" + id;
        assertThat(dashboard.submit(admin, "/keys/change", change).field("location"))
                .isEqualTo("/keys?notice=key-changed");
        assertThat(desk.find("renamed").key().bounds().endpoints().all())
                .containsExactly("chat.completions");

        dashboard.submit(admin, "/keys/disable", "disabled=true&key=" + id);
        assertThat(desk.find(id).key().disabled()).isTrue();
        assertThat(dashboard.get("/keys", admin).body()).contains("</span>disabled</td>");
        dashboard.submit(admin, "/keys/disable", "disabled=false&key=" + id);
        assertThat(desk.find(id).key().disabled()).isFalse();
        assertThat(dashboard.submit(admin, "/keys/delete", "key=" + id).status()).isEqualTo(303);
        assertThat(dashboard.get("/keys", admin).body()).doesNotContain(id);
        assertThat(dashboard.submit(admin, "/keys/delete", "key=" + id).status()).isEqualTo(404);
    }

    @Test
    void aProjectIsMadeChangedDisabledAndRemoved() throws IOException {
        assertThat(
                        dashboard
                                .submit(
                                        admin,
                                        "/projects/create",
                                        "name=new&title=News&time_zone=Europe/Berlin")
                                .status())
                .isEqualTo(303);
        assertThat(dashboard.get("/keys?edit-project=new", admin).body())
                .contains("Change the project new", "value=\"Europe/Berlin\"");
        dashboard.submit(admin, "/projects/change", "name=new&title=Olds&models=o3");
        dashboard.submit(admin, "/projects/disable", "name=new&disabled=true");
        assertThat(desk.projects())
                .filteredOn(project -> project.name().equals("new"))
                .allSatisfy(project -> {
                    assertThat(project.title()).isEqualTo("Olds");
                    assertThat(project.disabled()).isTrue();
                    assertThat(project.bounds().models().all()).containsExactly("o3");
                })
                .hasSize(1);
        made("lab", "held");
        assertThat(dashboard.submit(admin, "/projects/delete", "name=lab").status()).isEqualTo(400);
        assertThat(dashboard.submit(admin, "/projects/delete", "name=new").status()).isEqualTo(303);
        assertThat(desk.projectNames()).doesNotContain("new");
    }

    @Test
    void aProjectAdminLooksAfterTheirOwnProjectsOnly() throws IOException {
        String own = made("shop", "own");
        String other = made("lab", "other");
        user("sue", "role=project-admin&projects=shop");
        Browser sue = dashboard.login("sue", PASSWORD);
        String page = dashboard.get("/keys", sue).body();
        assertThat(page).contains("/keys?edit=" + own, ">shop</option>", other);
        assertThat(page)
                .doesNotContain("/keys?edit=" + other, "/projects/create", "href=\"/audit\"");

        assertThat(dashboard.submit(sue, "/keys/create", "project=shop&name=hers").status())
                .isEqualTo(200);
        assertThat(dashboard.submit(sue, "/keys/disable", "disabled=true&key=" + own).status())
                .isEqualTo(303);
        Message denied = dashboard.submit(sue, "/keys/rotate", "overlap=0s&key=" + other);
        assertThat(denied.status()).isEqualTo(403);
        assertThat(denied.body()).contains("sue is project-admin, and may not change");
        assertThat(dashboard.submit(sue, "/keys/create", "project=lab&name=hers").status())
                .isEqualTo(403);
        assertThat(dashboard.submit(sue, "/projects/disable", "name=shop&disabled=true").status())
                .isEqualTo(403);
        assertThat(dashboard.get("/audit", sue).status()).isEqualTo(403);
        assertThat(dashboard.get("/audit?who=sue", admin).body())
                .contains("key.create", "key.disable")
                .contains("project-admin")
                .doesNotContain("key.rotate");
    }

    @Test
    void aViewerLooksAndIsOfferedNothing() throws IOException {
        String id = made("shop", "ci");
        user("vic", "role=viewer");
        Browser viewer = dashboard.login("vic", PASSWORD);
        assertThat(dashboard.get("/keys?edit=" + id + "&edit-project=shop", viewer).body())
                .contains(id)
                .doesNotContain("action=\"/keys/", "action=\"/projects/");
        assertThat(dashboard.submit(viewer, "/keys/disable", "disabled=true&key=" + id).status())
                .isEqualTo(403);
        assertThat(desk.find(id).key().disabled()).isFalse();
    }

    @Test
    void whatStandsInTheConfigurationIsChangedThere() throws IOException {
        String id = desk.find("app").key().id();
        assertThat(dashboard.get("/keys?edit=" + id, admin).body())
                .contains("of the configuration")
                .doesNotContain("Change the key app", "/keys?edit=" + id);
        Message refused = dashboard.submit(admin, "/keys/delete", "key=" + id);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body()).contains("change it there");
    }

    @Test
    void aPageOfManyKeysIsBoundedAndFiltered() throws IOException {
        for (int i = 0; i < 203; i++) {
            made("shop", "job-" + i);
        }
        String page = dashboard.get("/keys", admin).body();
        assertThat(page).contains("The first 200 of 204");
        assertThat(page.split("/keys\\?edit=key_", -1)).hasSizeLessThanOrEqualTo(201);
        String filtered = dashboard.get("/keys?project=shop&name=JOB-20", admin).body();
        assertThat(filtered).contains(">job-20<", ">job-202<").doesNotContain(">job-21<");
        assertThat(dashboard.get("/keys?project=lab", admin).body()).contains("No key matches.");
    }

    @Test
    void hostileTextsOfKeysProjectsAndChangesStayTexts() throws IOException {
        for (String text : Hostile.TEXTS) {
            String shown = text.replaceAll("\\p{Cntrl}", "");
            String value = URLEncoder.encode(shown.replace(",", ""), StandardCharsets.UTF_8);
            String fields =
                    "project=shop&name=%s&owner=%s&tags=%s&models=%s"
                            .formatted(value, value, value, value.replace("*", ""));
            Message made = dashboard.submit(admin, "/keys/create", fields.replace("%2A", ""));
            Markup.requireHarmless(made, text);
            String key = desk.keys().getLast().key().id();
            Markup.requireHarmless(dashboard.get("/keys?edit=" + key, admin), text);
            dashboard.submit(
                    admin,
                    "/projects/change",
                    "name=lab&title=%s&owner=%s".formatted(value, value));
        }
        for (String path :
                List.of("/keys", "/keys?edit-project=lab", "/audit", "/audit?kind=project")) {
            for (String text : Hostile.TEXTS) {
                Markup.requireHarmless(dashboard.get(path, admin), text);
            }
        }
    }

    @Test
    void theAuditPageSaysWhatDiffers() throws IOException {
        String id = made("shop", "ci");
        dashboard.submit(admin, "/keys/change", "name=ci&models=o3&key=" + id);
        user("vic", "role=viewer");
        String page = dashboard.get("/audit?of=" + id, admin).body();
        assertThat(page)
                .contains("the admin key", "key.set", "models <b>o3</b>")
                .doesNotContain("user.create", "pbkdf2");
        assertThat(dashboard.get("/audit?kind=user", admin).body())
                .contains("user.create", "role <b>viewer</b>")
                .doesNotContain("key.set");
    }

    @Test
    void aUserOfAProjectThatIsNotThereIsRefused() throws IOException {
        Message refused =
                dashboard.submit(
                        admin,
                        "/users/add",
                        "name=sue&role=project-admin&projects=moon&password=" + PASSWORD);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body()).contains("There is no project 'moon'; there are");
    }

    private String made(String project, String name) throws IOException {
        KeyDesk.Wanted wanted = new KeyDesk.Wanted(name, "", List.of(), Bounds.NONE, null);
        return desk.create(Actor.ADMIN_KEY, project, wanted).key().id();
    }

    private void user(String name, String rights) throws IOException {
        String form = "name=%s&%s&password=%s".formatted(name, rights, PASSWORD);
        assertThat(dashboard.submit(admin, "/users/add", form).status()).isEqualTo(303);
    }

    private static List<String> secrets(String body) {
        return SECRET.matcher(body).results().map(MatchResult::group).toList();
    }
}
