package io.weir.app;

import io.weir.access.Bounds;
import io.weir.access.GatewayKey;
import io.weir.access.KeyHash;
import io.weir.access.Project;
import io.weir.wire.Secret;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** The gateway keys that nobody has to create: app.key, and those of the configuration. */
final class Keys {
    private Keys() {}

    static List<GatewayKey> configured(Secret appKey, List<WeirConfig.GatewayKey> others) {
        return Stream.concat(
                        Stream.of(key(appKey, "app", Project.DEFAULT)),
                        others.stream().map(it -> key(it.key(), it.name(), it.project())))
                .toList();
    }

    private static GatewayKey key(Secret key, String name, String project) {
        KeyHash hash = KeyHash.of(key.reveal());
        return new GatewayKey(
                hash.keyId(),
                name,
                project,
                "",
                List.of(),
                Bounds.NONE,
                Instant.EPOCH,
                null,
                false,
                hash,
                null,
                null);
    }
}
