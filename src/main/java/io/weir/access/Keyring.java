package io.weir.access;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Every key that counts, by its hash: those of the register, and those of the configuration. Looked
 * up by each call, so without a lock.
 */
public final class Keyring {
    private final Map<KeyHash, Found> byHash;
    private final Map<String, GatewayKey> configured = new ConcurrentHashMap<>();
    private final Set<String> leaked = ConcurrentHashMap.newKeySet();
    private final Register<GatewayKey> keys;
    private final Register<Project> projects;
    private final InstantSource clock;

    /** A key by one of its hashes, and until when that counts. */
    private record Found(String id, @Nullable Instant until) {}

    /**
     * Follows the registers from now on.
     *
     * @param configured keys that stand in the configuration
     */
    public Keyring(
            Register<GatewayKey> keys,
            Register<Project> projects,
            Collection<GatewayKey> configured,
            InstantSource clock) {
        this.keys = keys;
        byHash = new ConcurrentHashMap<>(keys.size());
        this.projects = projects;
        this.clock = clock;
        configured.forEach(key -> {
            this.configured.put(key.id(), key);
            enter(key);
        });
        keys.follow(this::enter, (id, before, after) -> changed(before, after));
    }

    /** The key that was shown; empty where it is none, or counts no more. */
    public Optional<KeyEntry> find(String shown) {
        Found found = byHash.get(KeyHash.of(shown));
        if (found == null || (found.until != null && !clock.instant().isBefore(found.until))) {
            return Optional.empty();
        }
        return byId(found.id);
    }

    /** The key whose hash that is, and not of one that retires. */
    Optional<KeyEntry> current(KeyHash hash) {
        Found found = byHash.get(hash);
        return found == null || found.until != null ? Optional.empty() : byId(found.id);
    }

    /**
     * Notes of a key of the configuration that it was seen; those that were made are registered.
     */
    void seen(String id, Sighting sighting) {
        GatewayKey seen =
                configured.computeIfPresent(id, (same, key) -> key.leaked(sighting, false));
        if (seen != null) {
            enter(seen);
        }
    }

    /** The key of that id. */
    public Optional<KeyEntry> byId(String id) {
        return keys.find(id).or(() -> Optional.ofNullable(configured.get(id))).map(this::entry);
    }

    /** All of them, those of the configuration too. */
    public List<KeyEntry> all() {
        return Stream.concat(configured.values().stream(), keys.all().stream())
                .map(this::entry)
                .toList();
    }

    /** Those that were seen where no key belongs. */
    List<GatewayKey> leaked() {
        return leaked.stream().flatMap(id -> byId(id).stream()).map(KeyEntry::key).toList();
    }

    private void changed(@Nullable GatewayKey before, @Nullable GatewayKey after) {
        if (after != null) {
            enter(after);
        }
        if (before != null) {
            forget(before.hash(), after);
            if (before.retiring() != null) {
                forget(before.retiring().hash(), after);
            }
            if (after == null) {
                leaked.remove(before.id());
            }
        }
    }

    private void enter(String id, Held<GatewayKey> held) {
        KeyHash hash = held.plainHash();
        if (hash == null) {
            enter(held.get());
        } else {
            byHash.put(hash, new Found(id, null));
        }
    }

    private void enter(GatewayKey key) {
        byHash.put(key.hash(), new Found(key.id(), null));
        GatewayKey.Retiring retiring = key.retiring();
        if (retiring != null) {
            byHash.put(retiring.hash(), new Found(key.id(), retiring.until()));
        }
        if (key.leaked() == null) {
            leaked.remove(key.id());
        } else {
            leaked.add(key.id());
        }
    }

    private void forget(KeyHash hash, @Nullable GatewayKey after) {
        boolean stays =
                after != null
                        && (hash.equals(after.hash())
                                || (after.retiring() != null
                                        && hash.equals(after.retiring().hash())));
        if (!stays) {
            byHash.remove(hash);
        }
    }

    private KeyEntry entry(GatewayKey key) {
        return new KeyEntry(key, projects.find(key.project()).orElse(null));
    }
}
