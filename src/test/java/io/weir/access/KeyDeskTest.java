package io.weir.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.wire.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init")
class KeyDeskTest {
    private static final Actor ADMIN = Actor.ADMIN_KEY;
    private static final Actor SEARCHER = new Actor("sue", Role.PROJECT_ADMIN, Set.of("search"));
    private static final Actor VIEWER = new Actor("vic", Role.VIEWER, Set.of());
    private static final KeyDesk.Wanted PLAIN =
            new KeyDesk.Wanted("ci", "", List.of(), Bounds.NONE, null);

    @TempDir private Path directory;

    private Instant now = Instant.parse("2026-11-26T12:00:00Z");
    private final InstantSource clock = () -> now;
    private Control control;
    private Keyring keyring;
    private KeyDesk desk;

    @BeforeEach
    void open() throws IOException {
        control =
                Control.open(
                        directory, clock, List.of(Project.KIND, GatewayKey.KIND, AdminToken.KIND));
        keyring =
                new Keyring(
                        control.register(GatewayKey.KIND),
                        control.register(Project.KIND),
                        List.of(Keys.of("weir-app-x", "app", "default")),
                        clock);
        desk = new KeyDesk(control, keyring, new NewSecret(new SecureRandom()), clock);
        if (control.register(Project.KIND).find("search").isEmpty()) {
            for (String name : List.of("search", "chat")) {
                control.register(Project.KIND).add(ADMIN, name, project(name, false));
            }
        }
    }

    @AfterEach
    void close() throws IOException {
        control.close();
    }

    @Test
    void aKeyCallsOverRestartsAndOnlyItsHashIsKept() throws IOException {
        KeyDesk.Issued issued = desk.create(ADMIN, "search", PLAIN);
        String secret = issued.secret().reveal();
        assertThat(secret).startsWith("weir-key-").hasSizeGreaterThan(50);
        assertThat(id(secret)).isEqualTo(issued.key().id());
        control.close();
        open();
        assertThat(id(secret)).isEqualTo(issued.key().id());
        assertThat(id(secret + "x")).isEmpty();
        assertThat(Files.readString(directory.resolve("changes.jsonl"))).doesNotContain(secret);
        assertThat(issued.key().toString()).doesNotContain(issued.key().hash().text());
    }

    @Test
    void aRotatedKeyAndTheOneBeforeCountUntilTheOverlapIsOver() throws IOException {
        KeyDesk.Issued first = desk.create(ADMIN, "search", PLAIN);
        KeyDesk.Issued second = desk.rotate(ADMIN, first.key().id(), Duration.ofHours(1));
        assertThat(second.key().id()).isEqualTo(first.key().id());
        assertThat(id(first.secret())).isEqualTo(id(second.secret())).isNotEmpty();
        now = now.plus(Duration.ofHours(1));
        assertThat(id(first.secret())).isEmpty();
        assertThat(id(second.secret())).isNotEmpty();
        KeyDesk.Issued third = desk.rotate(ADMIN, first.key().id(), Duration.ZERO);
        assertThat(id(second.secret())).isEmpty();
        control.close();
        open();
        assertThat(id(first.secret())).isEmpty();
        assertThat(id(second.secret())).isEmpty();
        assertThat(id(third.secret())).isNotEmpty();
    }

    @Test
    void aDisabledExpiredOrDeletedKeyIsHindered() throws IOException {
        KeyDesk.Issued issued =
                desk.create(
                        ADMIN,
                        "search",
                        new KeyDesk.Wanted(
                                "ci", "", List.of(), Bounds.NONE, now.plus(Duration.ofDays(1))));
        String id = issued.key().id();
        assertThat(hindrance(id)).isEmpty();
        desk.disable(ADMIN, id, true);
        assertThat(hindrance(id)).isEqualTo("this key is disabled");
        desk.disable(ADMIN, id, false);
        now = now.plus(Duration.ofDays(1));
        assertThat(hindrance(id)).isEqualTo("this key expired at 2026-11-27T12:00:00Z");
        desk.describe(
                ADMIN,
                id,
                before ->
                        new KeyDesk.Wanted(
                                before.name(), "bob", before.tags(), before.bounds(), null));
        assertThat(hindrance(id)).isEmpty();
        control.register(Project.KIND)
                .change(ADMIN, "search", "disable", before -> project("search", true));
        assertThat(hindrance(id)).isEqualTo("the project of this key is disabled");
        desk.delete(ADMIN, id);
        assertThat(id(issued.secret())).isEmpty();
        assertThat(keyring.byId(id)).isEmpty();
    }

    @Test
    void aProjectAdminChangesOnlyWhatIsTheirs() throws IOException {
        String own = desk.create(SEARCHER, "search", PLAIN).key().id();
        String others = desk.create(ADMIN, "chat", PLAIN).key().id();
        desk.disable(SEARCHER, own, true);
        assertDenied(() -> desk.create(SEARCHER, "chat", PLAIN));
        assertDenied(() -> desk.disable(SEARCHER, others, true));
        assertDenied(() -> desk.rotate(SEARCHER, others, Duration.ZERO));
        assertDenied(() -> desk.describe(SEARCHER, others, before -> before));
        assertDenied(() -> desk.delete(SEARCHER, others));
        assertDenied(() -> desk.createToken(SEARCHER, "t", Role.VIEWER, List.of()));
        assertDenied(() -> desk.deleteProject(SEARCHER, "search"));
        for (String each : List.of(own, others)) {
            assertDenied(() -> desk.disable(VIEWER, each, true));
            assertDenied(() -> desk.delete(VIEWER, each));
        }
        assertDenied(() -> desk.create(VIEWER, "search", PLAIN));
    }

    @Test
    void whatStandsInTheConfigurationIsChangedThere() {
        String app = KeyHash.of("weir-app-x").keyId();
        assertThat(desk.isConfigured(app)).isTrue();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> desk.disable(ADMIN, app, true))
                .withMessageContaining("change it there");
    }

    @Test
    void aKeyIsFoundByItsIdTheBeginningOfThatOrItsName() throws IOException {
        KeyDesk.Issued one = desk.create(ADMIN, "search", PLAIN);
        assertThat(desk.find("ci").key().id()).isEqualTo(one.key().id());
        assertThat(desk.find(one.key().id().substring(0, 10)).key().id()).isEqualTo(one.key().id());
        desk.create(ADMIN, "chat", PLAIN);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> desk.find("ci"))
                .withMessage("2 keys are called 'ci': give the id of one");
        assertThatThrownBy(() -> desk.find("key_")).isInstanceOf(NoSuchElementException.class);
        assertThatThrownBy(() -> desk.create(ADMIN, "nowhere", PLAIN))
                .isInstanceOf(NoSuchElementException.class)
                .hasMessageContaining("weir projects create nowhere");
    }

    @Test
    void aTokenIsItsOwnersUntilItIsDeleted() throws IOException {
        AdminTokens tokens =
                new AdminTokens(control.register(AdminToken.KIND), new Secret("weir-admin-secret"));
        Secret secret =
                desk.createToken(ADMIN, "sue", Role.PROJECT_ADMIN, List.of("search")).secret();
        assertThat(tokens.find(secret.reveal())).contains(SEARCHER);
        assertThat(tokens.find("weir-admin-secret")).contains(Actor.ADMIN_KEY);
        assertThat(tokens.find("other")).isEmpty();
        desk.deleteToken(ADMIN, "sue");
        assertThat(tokens.find(secret.reveal())).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> desk.createToken(ADMIN, "x", Role.PROJECT_ADMIN, List.of()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> desk.createToken(ADMIN, "x", Role.VIEWER, List.of("search")));
    }

    private static void assertDenied(org.assertj.core.api.ThrowableAssert.ThrowingCallable deed) {
        assertThatThrownBy(deed).isInstanceOf(Denied.class);
    }

    private String id(Secret secret) {
        return id(secret.reveal());
    }

    private String id(String shown) {
        return keyring.find(shown).map(entry -> entry.key().id()).orElse("");
    }

    private String hindrance(String id) {
        return keyring.byId(id).orElseThrow().hindrance(now).orElse("");
    }

    private static Project project(String name, boolean disabled) {
        return new Project(name, "", "", ZoneId.of("UTC"), Bounds.NONE, disabled);
    }
}
