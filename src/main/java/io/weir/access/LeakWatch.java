package io.weir.access;

import io.weir.wire.BytePattern;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/**
 * Notices this gateway's own keys where no key belongs: in a URL, in the text of a request. What is
 * searched for is what all of them begin with; what is found counts only if it is a key that
 * counts, so that nothing is noticed by mistake. It is noted in the audit log off the call's way.
 */
public final class LeakWatch {
    private static final System.Logger LOG = System.getLogger(LeakWatch.class.getName());
    private static final BytePattern BEGIN =
            new BytePattern(NewSecret.PREFIX.getBytes(StandardCharsets.US_ASCII));

    /** Keys are longer, so that the word alone costs no hashing. */
    private static final int SHORTEST = 40;

    private static final int LONGEST = 128;

    /** A text of nothing but what looks like keys must not keep a call busy. */
    private static final int MOST_HASHED = 100;

    private final Keyring keyring;
    private final Register<GatewayKey> made;
    private final AdminTokens tokens;
    private final Control control;
    private final Response response;
    private final Executor offPath;
    private final InstantSource clock;
    private final Set<KeyHash> noticed = ConcurrentHashMap.newKeySet();
    private final Map<KeyHash, Leak> ofTokens = new ConcurrentHashMap<>();

    /** What is done about a key that was seen. */
    public enum Response {
        /** It is noted, shown and told. */
        NOTICE,
        /** The same, and it may not call any more; keys of the configuration may. */
        DISABLE,
        /** Nobody looks. */
        IGNORE
    }

    /**
     * A key or token that was seen, and still counts.
     *
     * @param kind key or token
     * @param name what people call it
     * @param remedy what to do about it, as a sentence's end
     */
    public record Leak(String kind, String name, Sighting seen, String remedy) {
        /** In words: {@code the key ci was seen in the body of call …}. */
        public String words() {
            return "%s was seen %s: %s".formatted(what(), seen.words(), remedy);
        }

        private String what() {
            return name.equals(Actor.ADMIN_KEY.name()) ? name : "the %s %s".formatted(kind, name);
        }
    }

    /**
     * Knows the keys of that ring and those tokens.
     *
     * @param offPath notes what was seen: that waits for the disk, and no call does
     */
    public LeakWatch(
            Keyring keyring,
            AdminTokens tokens,
            Control control,
            Response response,
            Executor offPath,
            InstantSource clock) {
        this.keyring = keyring;
        this.made = control.register(GatewayKey.KIND);
        this.tokens = tokens;
        this.control = control;
        this.response = response;
        this.offPath = offPath;
        this.clock = clock;
    }

    /** Looks through the target of a request. */
    public void lookAtUrl(String target, UUID call) {
        if (response != Response.IGNORE && target.contains(NewSecret.PREFIX)) {
            look(target.getBytes(StandardCharsets.UTF_8), Sighting.Place.URL, call);
        }
    }

    /** Looks through a request's body. */
    public void lookAtBody(byte[] body, UUID call) {
        if (response != Response.IGNORE) {
            look(body, Sighting.Place.BODY, call);
        }
    }

    /** What was seen and still counts. */
    public List<Leak> leaks() {
        Stream<Leak> ofKeys =
                keyring.leaked().stream().filter(key -> !key.disabled()).map(this::leak);
        return Stream.concat(
                        ofKeys,
                        ofTokens.entrySet().stream()
                                .filter(each -> tokens.find(each.getKey()).isPresent())
                                .map(Map.Entry::getValue))
                .toList();
    }

    private void look(byte[] text, Sighting.Place place, UUID call) {
        int hashed = 0;
        int at = BEGIN.find(text, 0, text.length);
        while (at >= 0 && hashed < MOST_HASHED) {
            int end = end(text, at);
            if (end - at >= SHORTEST && end - at <= LONGEST) {
                hashed++;
                seen(
                        KeyHash.of(new String(text, at, end - at, StandardCharsets.US_ASCII)),
                        place,
                        call);
            }
            at = BEGIN.find(text, end, text.length);
        }
    }

    private static int end(byte[] text, int start) {
        int end = start;
        while (end < text.length && isOfKey(text[end])) {
            end++;
        }
        return end;
    }

    private static boolean isOfKey(byte letter) {
        return (letter >= 'a' && letter <= 'z')
                || (letter >= 'A' && letter <= 'Z')
                || (letter >= '0' && letter <= '9')
                || letter == '-'
                || letter == '_';
    }

    private void seen(KeyHash hash, Sighting.Place place, UUID call) {
        Optional<GatewayKey> key = keyring.current(hash).map(KeyEntry::key);
        Optional<Actor> token = tokens.find(hash);
        boolean news = key.map(it -> it.leaked() == null).orElse(token.isPresent());
        if (news && noticed.add(hash)) {
            Sighting sighting = new Sighting(clock.instant(), call, place);
            offPath.execute(() -> {
                try {
                    if (key.isPresent()) {
                        note(key.get(), sighting);
                    } else {
                        note(hash, token.orElseThrow(), sighting);
                    }
                } catch (IOException | NoSuchElementException e) {
                    // Whoever shows it once more has it noted then.
                    noticed.remove(hash);
                    LOG.log(
                            System.Logger.Level.ERROR,
                            "a leaked key is not noted in the audit log",
                            e);
                }
            });
        }
    }

    private void note(GatewayKey key, Sighting sighting) throws IOException {
        if (made.find(key.id()).isPresent()) {
            boolean disables = response == Response.DISABLE;
            made.change(Actor.WEIR, key.id(), "leak", before -> before.leaked(sighting, disables));
        } else {
            GatewayKey leaked = key.leaked(sighting, false);
            control.note(
                    Actor.WEIR,
                    "leak",
                    GatewayKey.KIND.word(),
                    key.id(),
                    GatewayKey.KIND.json(key),
                    GatewayKey.KIND.json(leaked));
            keyring.seen(key.id(), sighting);
        }
        keyring.byId(key.id())
                .ifPresent(
                        entry -> LOG.log(System.Logger.Level.WARNING, leak(entry.key()).words()));
    }

    private void note(KeyHash hash, Actor actor, Sighting sighting) throws IOException {
        ObjectNode seen = sighting.json();
        control.note(Actor.WEIR, "leak", AdminToken.KIND.word(), actor.name(), null, seen);
        boolean isAdminKey = actor.equals(Actor.ADMIN_KEY);
        Leak leak =
                new Leak(
                        "token",
                        actor.name(),
                        sighting,
                        isAdminKey
                                ? "delete admin.key in the data directory and start Weir again"
                                : "weir tokens delete %s, and make another"
                                        .formatted(actor.name()));
        ofTokens.put(hash, leak);
        LOG.log(System.Logger.Level.WARNING, leak.words());
    }

    private Leak leak(GatewayKey key) {
        return new Leak(
                "key",
                key.name(),
                Objects.requireNonNull(key.leaked(), "it was not seen"),
                key.disabled()
                        ? "it is disabled now; weir keys rotate %s makes another"
                                .formatted(key.id())
                        : made.find(key.id()).isPresent()
                                ? "weir keys rotate %s --overlap 0s".formatted(key.id())
                                : "give it another value in the configuration, or delete app.key in the data directory, and start Weir again");
    }
}
