package io.weir.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.config.ConfigException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is known of keys after a start is what was known before, whatever was done to them. */
class KeyringTest {
    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");
    private static final InstantSource CLOCK = () -> NOW;

    /** What might be taken for the end of a key's JSON, or for another member of a line. */
    private static final List<String> NAMES =
            List.of(
                    "ci",
                    ",\"leaked\":null,\"hash\":\"" + "A".repeat(KeyHash.TEXT_CHARS) + "\"}",
                    "\\\",\"after\":{\"id\":\"x\"}",
                    "\",\"kind\":\"project\",\"id\":\"search",
                    "back\\",
                    "Zürich 🔑");

    @TempDir private Path directory;

    /** A control that is open, and what looks keys up in it. */
    private record Opened(Control control, Keyring keyring, KeyDesk desk) {}

    @Test
    void aStartKnowsOfEveryKeyWhatWasKnownBefore() throws IOException {
        for (int seed = 0; seed < 60; seed++) {
            Path log = directory.resolve("seed-" + seed);
            Map<String, String> shown = new HashMap<>();
            Opened before = open(log);
            before.desk.createProject(Actor.ADMIN_KEY, "search", project -> project);
            play(before, new Random(seed), shown);
            List<GatewayKey> keys = keys(before.keyring);
            List<GatewayKey> leaked = keys.stream().filter(key -> key.leaked() != null).toList();
            assertThat(sorted(before.keyring.leaked())).isEqualTo(leaked);
            Map<String, Optional<String>> found = found(before.keyring, shown);
            before.control.close();

            Opened after = open(log);
            assertThat(found(after.keyring, shown)).isEqualTo(found);
            assertThat(sorted(after.keyring.leaked())).isEqualTo(leaked);
            assertThat(keys(after.keyring)).isEqualTo(keys);
            after.control.close();
        }
    }

    @Test
    void aPlainKeyIsFoundWithoutDecodingIt() throws IOException {
        Opened first = open(directory);
        first.desk.createProject(Actor.ADMIN_KEY, "search", project -> project);
        KeyDesk.Issued plain = create(first, NAMES.get(1));
        KeyDesk.Issued rotated = create(first, "rotated");
        first.desk.rotate(Actor.ADMIN_KEY, rotated.key().id(), Duration.ofDays(1));
        first.control.close();

        Opened second = open(directory);
        Map<String, Optional<KeyHash>> hashes = new HashMap<>();
        second.control
                .register(GatewayKey.KIND)
                .follow(
                        (id, held) -> hashes.put(id, Optional.ofNullable(held.plainHash())),
                        (id, was, is) -> {});
        second.control.close();
        assertThat(hashes)
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(
                                plain.key().id(),
                                Optional.of(plain.key().hash()),
                                rotated.key().id(),
                                Optional.empty()));
    }

    @Test
    void anAlteredHashIsFoundWhateverItBecame() throws IOException {
        Opened opened = open(directory);
        opened.desk.createProject(Actor.ADMIN_KEY, "search", project -> project);
        String hash = create(opened, "ci").key().hash().text();
        opened.control.close();
        Path log = directory.resolve("changes.jsonl");
        String written = Files.readString(log);
        for (String other : List.of("", "+", hash.substring(1) + "A", "\"", "{", "\n")) {
            Files.writeString(log, written.replace(hash, other));
            assertThatThrownBy(() -> open(directory))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("Line 2 of");
        }
    }

    @Test
    void aHashIsReadFromItsTextAndFromNothingElse() {
        Random random = new Random(11);
        for (int i = 0; i < 1_000; i++) {
            KeyHash hash = KeyHash.of("key " + random.nextLong());
            assertThat(KeyHash.parse(hash.text())).isEqualTo(hash);
            byte[] among = ("ab" + hash.text() + "cd").getBytes(StandardCharsets.US_ASCII);
            assertThat(KeyHash.parse(among, 2)).isEqualTo(hash);
        }
        String text = KeyHash.of("key").text();
        String beginning = text.substring(0, text.length() - 1);
        for (String bad :
                List.of("", beginning, text + "A", "+" + text.substring(1), beginning + "_")) {
            assertThatIllegalArgumentException().isThrownBy(() -> KeyHash.parse(bad));
        }
    }

    private static void play(Opened opened, Random random, Map<String, String> shown)
            throws IOException {
        for (int step = 0; step < 25; step++) {
            List<GatewayKey> keys = opened.control.register(GatewayKey.KIND).all();
            if (keys.isEmpty() || random.nextInt(3) == 0) {
                KeyDesk.Issued issued = create(opened, NAMES.get(random.nextInt(NAMES.size())));
                shown.put(issued.secret().reveal(), issued.key().id());
                continue;
            }
            String id = keys.get(random.nextInt(keys.size())).id();
            switch (random.nextInt(4)) {
                case 0 -> {
                    Duration overlap = Duration.ofHours(random.nextInt(2));
                    shown.put(
                            opened.desk.rotate(Actor.ADMIN_KEY, id, overlap).secret().reveal(), id);
                }
                case 1 ->
                        opened.control
                                .register(GatewayKey.KIND)
                                .change(
                                        Actor.WEIR,
                                        id,
                                        "leak",
                                        key ->
                                                key.leaked(
                                                        new Sighting(
                                                                NOW,
                                                                new UUID(0, 7),
                                                                Sighting.Place.BODY),
                                                        false));
                case 2 -> opened.desk.disable(Actor.ADMIN_KEY, id, random.nextBoolean());
                default -> opened.desk.delete(Actor.ADMIN_KEY, id);
            }
        }
    }

    private static KeyDesk.Issued create(Opened opened, String name) throws IOException {
        return opened.desk.create(
                Actor.ADMIN_KEY,
                "search",
                new KeyDesk.Wanted(name, name, List.of("hash"), Bounds.NONE, null));
    }

    private static Opened open(Path directory) throws IOException {
        Control control =
                Control.open(
                        directory, CLOCK, List.of(Project.KIND, GatewayKey.KIND, AdminToken.KIND));
        Keyring keyring =
                new Keyring(
                        control.register(GatewayKey.KIND),
                        control.register(Project.KIND),
                        List.of(Keys.of("weir-app-x", "app", "default")),
                        CLOCK);
        return new Opened(
                control,
                keyring,
                new KeyDesk(control, keyring, new NewSecret(new SecureRandom()), CLOCK));
    }

    private static Map<String, Optional<String>> found(Keyring keyring, Map<String, String> shown) {
        Map<String, Optional<String>> found = new HashMap<>();
        shown.keySet()
                .forEach(secret ->
                        found.put(secret, keyring.find(secret).map(entry -> entry.key().id())));
        return found;
    }

    private static List<GatewayKey> keys(Keyring keyring) {
        return sorted(keyring.all().stream().map(KeyEntry::key).toList());
    }

    private static List<GatewayKey> sorted(List<GatewayKey> keys) {
        return keys.stream().sorted(Comparator.comparing(GatewayKey::id)).toList();
    }
}
