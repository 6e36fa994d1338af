package io.weir.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.wire.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init")
class LeakWatchTest {
    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");
    private static final UUID CALL = UUID.fromString("01940000-0000-7000-8000-000000000001");
    private static final String APP_KEY = "weir-app-" + "a".repeat(43);
    private static final Secret ADMIN_KEY = new Secret("weir-admin-" + "b".repeat(43));

    @TempDir private Path directory;

    private final List<Runnable> later = new ArrayList<>();
    private Control control;
    private Keyring keyring;
    private KeyDesk desk;
    private LeakWatch watch;

    @BeforeEach
    void open() throws IOException {
        control =
                Control.open(
                        directory,
                        () -> NOW,
                        List.of(Project.KIND, GatewayKey.KIND, AdminToken.KIND));
        keyring =
                new Keyring(
                        control.register(GatewayKey.KIND),
                        control.register(Project.KIND),
                        List.of(Keys.of(APP_KEY, "app", "default")),
                        () -> NOW);
        desk = new KeyDesk(control, keyring, new NewSecret(new SecureRandom()), () -> NOW);
        watch = watch(LeakWatch.Response.NOTICE);
    }

    @AfterEach
    void close() throws IOException {
        control.close();
    }

    @Test
    void aKeyInATextIsNotedOnceOffTheCallsWay() throws IOException {
        KeyDesk.Issued ci = create("ci");
        String secret = ci.secret().reveal();
        look("{\"content\":\"my key is " + secret + ", is that right?\"}");
        look(secret);
        assertThat(watch.leaks()).isEmpty();
        assertThat(later).hasSize(1);
        noteAll();

        assertThat(watch.leaks())
                .extracting(LeakWatch.Leak::words)
                .containsExactly(
                        "the key ci was seen in the body of call %s: weir keys rotate %s --overlap 0s"
                                .formatted(CALL, ci.key().id()));
        assertThat(desk.find("ci").key().leaked())
                .isEqualTo(new Sighting(NOW, CALL, Sighting.Place.BODY));
        assertThat(actions()).containsExactly("key.leak by Weir", "key.create by the admin key");
        assertThat(keyring.find(secret).orElseThrow().hindrance(NOW)).isEmpty();

        close();
        open();
        assertThat(watch.leaks()).hasSize(1);
        look(secret);
        assertThat(later).isEmpty();
    }

    @Test
    void aKeyOfAnUrlIsNoticedWhereverItStands() throws IOException {
        String secret = create("ci").secret().reveal();
        watch.lookAtUrl("a=1&api_key=" + secret + "&b=2", CALL);
        noteAll();
        assertThat(watch.leaks().getFirst().seen().place()).isEqualTo(Sighting.Place.URL);
    }

    @Test
    void whatOnlyLooksLikeAKeyIsNone() throws IOException {
        String secret = create("ci").secret().reveal();
        look("weir- weir-key- weir-key-" + "x".repeat(43) + " the weir-house");
        look(secret.substring(0, secret.length() - 1));
        look(secret + "x");
        look(secret.substring(1));
        look("");
        assertThat(later).isEmpty();
    }

    @Test
    void aRotatedOrDisabledKeyHasLeakedNoMore() throws IOException {
        KeyDesk.Issued ci = create("ci");
        look(ci.secret().reveal());
        noteAll();
        KeyDesk.Issued next = desk.rotate(Actor.ADMIN_KEY, ci.key().id(), Duration.ofHours(1));
        assertThat(watch.leaks()).isEmpty();
        look(next.secret().reveal());
        noteAll();
        assertThat(watch.leaks()).hasSize(1);
        desk.disable(Actor.ADMIN_KEY, ci.key().id(), true);
        assertThat(watch.leaks()).isEmpty();
    }

    @Test
    void aKeyThatRetiresSaysNothingOfTheOneThatWasMade() throws IOException {
        KeyDesk.Issued ci = create("ci");
        desk.rotate(Actor.ADMIN_KEY, ci.key().id(), Duration.ofHours(1));
        look(ci.secret().reveal());
        assertThat(later).isEmpty();
    }

    @Test
    void aKeyIsDisabledWhereThatIsWanted() throws IOException {
        watch = watch(LeakWatch.Response.DISABLE);
        KeyDesk.Issued ci = create("ci");
        String secret = ci.secret().reveal();
        look(secret);
        noteAll();
        assertThat(keyring.find(secret).orElseThrow().hindrance(NOW))
                .contains("this key is disabled");
        // Whoever lets it call again has decided.
        desk.disable(Actor.ADMIN_KEY, ci.key().id(), false);
        look(secret);
        assertThat(later).isEmpty();
    }

    @Test
    void nothingIsLookedAtWhereThatIsWanted() throws IOException {
        watch = watch(LeakWatch.Response.IGNORE);
        String secret = create("ci").secret().reveal();
        look(secret);
        watch.lookAtUrl(secret, CALL);
        assertThat(later).isEmpty();
    }

    @Test
    void aKeyOfTheConfigurationIsNoticedAndSaysWhatToDo() throws IOException {
        look(APP_KEY);
        noteAll();
        look(APP_KEY);
        assertThat(later).isEmpty();
        assertThat(watch.leaks().getFirst().words()).contains("the key app was seen", "app.key");
        assertThat(actions()).containsExactly("key.leak by Weir");
    }

    @Test
    void aTokenIsNoticedUntilItIsRemoved() throws IOException {
        Secret token = desk.createToken(Actor.ADMIN_KEY, "sue", Role.ADMIN, List.of()).secret();
        look("Bearer " + token.reveal() + " and " + ADMIN_KEY.reveal());
        noteAll();
        assertThat(watch.leaks())
                .extracting(LeakWatch.Leak::name)
                .containsExactlyInAnyOrder("sue", "the admin key");
        desk.deleteToken(Actor.ADMIN_KEY, "sue");
        assertThat(watch.leaks()).extracting(LeakWatch.Leak::name).containsExactly("the admin key");
    }

    @Test
    void aTextOfLookalikesIsGivenUp() throws IOException {
        String secret = create("ci").secret().reveal();
        String lookalike = "weir-key-" + "x".repeat(43) + " ";
        look(lookalike.repeat(99) + secret);
        assertThat(later).hasSize(1);
        later.clear();
        String other = create("other").secret().reveal();
        look(lookalike.repeat(100) + other);
        assertThat(later).isEmpty();
    }

    @Test
    void aKeyThatIsGoneBeforeItIsNotedIsForgotten() throws IOException {
        KeyDesk.Issued ci = create("ci");
        look(ci.secret().reveal());
        desk.delete(Actor.ADMIN_KEY, ci.key().id());
        noteAll();
        assertThat(watch.leaks()).isEmpty();
    }

    @Test
    void whatIsKeptAndShownHasNoKey() throws IOException {
        KeyDesk.Issued ci = create("ci");
        look(ci.secret().reveal());
        noteAll();
        assertThat(control.latest(change -> true, 10).toString())
                .doesNotContain(ci.secret().reveal());
        assertThat(watch.leaks().toString()).doesNotContain(ci.secret().reveal());
    }

    private LeakWatch watch(LeakWatch.Response response) {
        AdminTokens tokens = new AdminTokens(control.register(AdminToken.KIND), ADMIN_KEY);
        return new LeakWatch(keyring, tokens, control, response, later::add, () -> NOW);
    }

    private KeyDesk.Issued create(String name) throws IOException {
        return desk.create(
                Actor.ADMIN_KEY,
                "default",
                new KeyDesk.Wanted(name, "", List.of(), Bounds.NONE, null));
    }

    private void look(String body) {
        watch.lookAtBody(body.getBytes(StandardCharsets.UTF_8), CALL);
    }

    private void noteAll() {
        later.forEach(Runnable::run);
        later.clear();
    }

    private List<String> actions() throws IOException {
        return control.latest(change -> true, 10).stream()
                .map(change -> change.action() + " by " + change.by())
                .toList();
    }
}
