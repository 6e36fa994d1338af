package io.weir.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.config.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UsersTest {
    private static final String PASSWORD = "correct horse";
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    private static final Actor BY = Actor.ADMIN_KEY;

    private final Passwords passwords = new Passwords(new SecureRandom(), 10);
    private Path file;
    private Control control;

    @SuppressWarnings("NullAway.Init")
    UsersTest() {}

    @BeforeEach
    void begin(@TempDir Path directory) throws IOException {
        file = directory.resolve("users.json");
        control = Control.open(directory.resolve("control"), () -> NOW, List.of());
    }

    @AfterEach
    void close() throws IOException {
        control.close();
    }

    @Test
    void aUserIsStillThereAfterARestart() throws IOException, Passwords.Busy {
        users().add(BY, user("ada", Role.ADMIN), PASSWORD);

        Optional<User> found = users().find("ada", PASSWORD);
        assertThat(found).map(User::role).contains(Role.ADMIN);
        assertThat(users().find("ada", "correct horses")).isEmpty();
        assertThat(users().find("bob", PASSWORD)).isEmpty();
    }

    @Test
    void theFileIsItsOwnersAndHoldsNoPassword() throws IOException, Passwords.Busy {
        users().add(BY, user("ada", Role.VIEWER), PASSWORD);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(Files.readString(file)).contains("pbkdf2-sha256$10$").doesNotContain(PASSWORD);
        assertThat(users().all().toString()).doesNotContain("pbkdf2");
    }

    @Test
    void twoUsersOfOnePasswordHaveDifferentHashes() throws IOException, Passwords.Busy {
        Users users = users();
        users.add(BY, user("ada", Role.VIEWER), PASSWORD);
        users.add(BY, user("bob", Role.VIEWER), PASSWORD);

        assertThat(users.all()).extracting(User::password).doesNotHaveDuplicates();
    }

    @Test
    void whatCannotBeWrittenIsNotDone() throws IOException, Passwords.Busy {
        Users users = users();
        users.add(BY, user("ada", Role.VIEWER), PASSWORD);
        Files.createDirectories(file.resolveSibling("users.json.new").resolve("in the way"));

        assertThatThrownBy(() -> users.remove(BY, "ada")).isInstanceOf(IOException.class);
        assertThat(users.all()).extracting(User::name).containsExactly("ada");
        assertThat(users().all()).extracting(User::name).containsExactly("ada");
    }

    @Test
    void namesAndPasswordsThatWillNotDoAreRefused() throws IOException, Passwords.Busy {
        Users users = users();
        users.add(BY, user("ada", Role.VIEWER), PASSWORD);

        for (String name :
                new String[] {"", "ada", "two words", "<b>", "x".repeat(65), "admin key"}) {
            assertThatThrownBy(() -> users.add(BY, user(name, Role.VIEWER), PASSWORD))
                    .as(name)
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> users.add(BY, user("bob", Role.VIEWER), "short"))
                .hasMessageContaining("12 to 256");
        assertThatThrownBy(() -> users.change(BY, user("bob", Role.ADMIN)))
                .hasMessageContaining("nobody");
    }

    @Test
    void aDamagedFileIsSaidSoAtStart() throws IOException {
        Files.writeString(file, "{\"users\":[{\"name\":\"ada\",\"role\":\"emperor\"}]}");

        assertThatThrownBy(this::users)
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("users.json");
    }

    @Test
    void knowsThePublishedVectorOfItsFunction() throws Passwords.Busy {
        // RFC 7914, section 11: PBKDF2-HMAC-SHA-256 (P="passwd", S="salt", c=1, dkLen=64), cut.
        String stored = "pbkdf2-sha256$1$c2FsdA$VaxFbnYkTaIkRVgbIuRMDYf5Hn3K+GUkE+PVRDmDVyY";

        assertThat(passwords.matches("passwd", "pbkdf2-sha256$1$c2FsdA$" + vector())).isTrue();
        assertThat(passwords.matches("passwd", stored)).isFalse();
    }

    @Test
    void aProjectAdminHasProjectsAndNobodyElseHas() throws IOException, Passwords.Busy {
        Actor sue = new Actor("sue", Role.PROJECT_ADMIN, Set.of("shop", "lab"));
        users().add(BY, sue, PASSWORD);
        assertThat(users().all()).extracting(User::actor).containsExactly(sue);
        assertThat(users().all().getFirst().projects()).containsExactly("lab", "shop");
        for (Actor wrong :
                List.of(
                        new Actor("eve", Role.PROJECT_ADMIN, Set.of()),
                        new Actor("eve", Role.VIEWER, Set.of("shop")))) {
            assertThatThrownBy(() -> users().add(BY, wrong, PASSWORD))
                    .hasMessageContaining("a project-admin has projects");
        }
    }

    @Test
    void aFileOfBeforeThereWereProjectsIsStillRead() throws IOException {
        Files.writeString(
                file,
                "{\"users\":[{\"name\":\"ada\",\"role\":\"admin\",\"password\":\"x\",\"since\":\"2026-01-01T00:00:00Z\"}]}");
        assertThat(users().all())
                .extracting(User::actor)
                .containsExactly(new Actor("ada", Role.ADMIN, Set.of()));
    }

    @Test
    void everyChangeIsInTheAuditLogWithoutAnyHash() throws IOException, Passwords.Busy {
        Users users = users();
        users.add(BY, user("ada", Role.VIEWER), PASSWORD);
        users.change(BY, new Actor("ada", Role.PROJECT_ADMIN, Set.of("shop")));
        users.reset(BY, "ada", "another horse");
        users.remove(BY, "ada");
        List<Change> changes = control.latest(change -> true, 10);
        assertThat(changes)
                .extracting(Change::action)
                .containsExactly("user.delete", "user.password", "user.set", "user.create");
        assertThat(changes).allMatch(change -> change.id().equals("ada"));
        assertThat(changes).allMatch(change -> change.by().equals(BY.name()));
        assertThat(
                        Difference.words(
                                Difference.between(
                                        changes.get(2).before(), changes.get(2).after())))
                .isEqualTo("role viewer → project-admin; projects shop");
        assertThat(changes.toString()).doesNotContain("pbkdf2", "horse");
    }

    @Test
    void whatCouldNotBeWrittenIsTakenBackInTheAuditLog() throws IOException, Passwords.Busy {
        Users users = users();
        users.add(BY, user("ada", Role.VIEWER), PASSWORD);
        Files.createDirectories(file.resolveSibling("users.json.new").resolve("in the way"));
        assertThatThrownBy(() -> users.remove(BY, "ada")).isInstanceOf(IOException.class);
        List<Change> changes = control.latest(change -> true, 1);
        assertThat(changes).extracting(Change::action).containsExactly("user.delete-failed");
        assertThat(changes).extracting(Change::after).doesNotContainNull();
    }

    private static Actor user(String name, Role role) {
        return new Actor(name, role, Set.of());
    }

    private static String vector() {
        byte[] bytes =
                java.util.HexFormat.of()
                        .parseHex(
                                "55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc");
        return java.util.Base64.getEncoder().withoutPadding().encodeToString(bytes);
    }

    private Users users() {
        return new Users(new UserFile(file), passwords, control, () -> NOW);
    }
}
