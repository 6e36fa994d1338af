package io.weir.access;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Every key that counts, by its hash: those of the register, and those of the configuration. Looked
 * up by each call, so without a lock.
 */
public final class Keyring {
    private final Map<KeyHash, Found> byHash = new ConcurrentHashMap<>();
    private final Map<String, KeyEntry> byId = new ConcurrentHashMap<>();
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
        this.projects = projects;
        this.clock = clock;
        configured.forEach(this::enter);
        projects.follow((name, before, after) -> renew(name));
        keys.follow((id, before, after) -> changed(before, after));
    }

    /** The key that was shown; empty where it is none, or counts no more. */
    public Optional<KeyEntry> find(String shown) {
        Found found = byHash.get(KeyHash.of(shown));
        if (found == null || (found.until != null && !clock.instant().isBefore(found.until))) {
            return Optional.empty();
        }
        return Optional.ofNullable(byId.get(found.id));
    }

    /** The key whose hash that is, and not of one that retires. */
    Optional<KeyEntry> current(KeyHash hash) {
        Found found = byHash.get(hash);
        return found == null || found.until != null
                ? Optional.empty()
                : Optional.ofNullable(byId.get(found.id));
    }

    /**
     * Notes of a key of the configuration that it was seen; those that were made are registered.
     */
    void seen(String id, Sighting sighting) {
        byId.computeIfPresent(id, (same, entry) -> entry(entry.key().leaked(sighting, false)));
    }

    /** The key of that id. */
    public Optional<KeyEntry> byId(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** All of them, those of the configuration too. */
    public Collection<KeyEntry> all() {
        return Collections.unmodifiableCollection(byId.values());
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
                byId.remove(before.id());
            }
        }
    }

    private void enter(GatewayKey key) {
        byId.put(key.id(), entry(key));
        byHash.put(key.hash(), new Found(key.id(), null));
        GatewayKey.Retiring retiring = key.retiring();
        if (retiring != null) {
            byHash.put(retiring.hash(), new Found(key.id(), retiring.until()));
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

    /** What a project says has changed for all of its keys. */
    private void renew(String project) {
        byId.replaceAll(
                (id, entry) -> entry.key().project().equals(project) ? entry(entry.key()) : entry);
    }

    private KeyEntry entry(GatewayKey key) {
        return new KeyEntry(key, projects.find(key.project()).orElse(null));
    }
}
