package io.weir.access;

import io.weir.wire.Secret;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Who asks the admin API, by what they show: the admin key, or a token of their own. */
public final class AdminTokens {
    private final Map<KeyHash, Actor> actors = new ConcurrentHashMap<>();

    /** Follows the register from now on; of the admin key only its hash is kept. */
    public AdminTokens(Register<AdminToken> tokens, Secret adminKey) {
        actors.put(KeyHash.of(adminKey.reveal()), Actor.ADMIN_KEY);
        tokens.follow((name, before, after) -> {
            if (before != null) {
                actors.remove(before.hash());
            }
            if (after != null) {
                actors.put(after.hash(), after.actor());
            }
        });
    }

    /** Whoever shows that; empty where it is nothing. */
    public Optional<Actor> find(String shown) {
        return find(KeyHash.of(shown));
    }

    Optional<Actor> find(KeyHash hash) {
        return Optional.ofNullable(actors.get(hash));
    }
}
