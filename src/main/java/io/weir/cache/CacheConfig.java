package io.weir.cache;

import io.weir.config.ConfigException;
import io.weir.config.Settings;
import java.time.Duration;
import java.util.List;

/**
 * Whether answers are kept, and within which bounds.
 *
 * @param ttl how long an answer is given again
 * @param maxBytes of all entries, with what they take beside their bodies
 * @param maxEntryBytes of an answer's body
 * @param scope who gets the answers of whom
 * @param singleFlight whether equal calls under way wait for the first one's answer
 * @param semantic whether questions that mean the same get an answer again
 */
public record CacheConfig(
        boolean enabled,
        Duration ttl,
        long maxBytes,
        int maxEntryBytes,
        Scope scope,
        boolean singleFlight,
        SemanticConfig semantic) {
    /** Nothing is kept. */
    public static final CacheConfig OFF =
            new CacheConfig(
                    false,
                    Duration.ofHours(1),
                    256L << 20,
                    1 << 20,
                    Scope.PROJECT,
                    true,
                    SemanticConfig.OFF);

    /** Who gets the answers of whom. */
    public enum Scope {
        /** All keys of a project. */
        PROJECT,
        /** A key its own only. */
        KEY
    }

    /** Reads it. */
    public static CacheConfig from(Settings settings) {
        boolean enabled =
                settings.flag(
                        "cache.enabled",
                        false,
                        "give the answer again to a request that was answered before, byte for byte the same");
        Duration ttl = settings.duration("cache.ttl", "1h", "how long an answer is given again");
        long maxBytes =
                settings.bytes("cache.max_bytes", "256MiB", "memory for answers that are kept");
        long maxEntryBytes =
                settings.bytes("cache.max_entry_bytes", "1MiB", "the largest answer that is kept");
        boolean byKey =
                settings.oneOf(
                                "cache.scope",
                                List.of("project", "key"),
                                "who gets the answers of whom: all keys of a project, or each its own")
                        .equals("key");
        boolean singleFlight =
                settings.flag(
                        "cache.single_flight",
                        true,
                        "equal calls under way wait for the first one's answer");
        SemanticConfig semantic = SemanticConfig.from(settings);
        require(
                enabled || !semantic.enabled(),
                "cache.semantic.enabled: it needs cache.enabled: true as well.");
        require(!ttl.isZero(), "cache.ttl: 0 keeps nothing; set cache.enabled: false instead.");
        require(
                maxEntryBytes <= maxBytes && maxEntryBytes <= Integer.MAX_VALUE / 2,
                "cache.max_entry_bytes: %d is more than cache.max_bytes (%d) or than 1 GiB."
                        .formatted(maxEntryBytes, maxBytes));
        return new CacheConfig(
                enabled,
                ttl,
                maxBytes,
                (int) maxEntryBytes,
                byKey ? Scope.KEY : Scope.PROJECT,
                singleFlight,
                semantic);
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new ConfigException(otherwise);
        }
    }
}
