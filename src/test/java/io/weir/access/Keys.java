package io.weir.access;

import java.time.Instant;
import java.util.List;

/** Keys for tests. */
public final class Keys {
    private Keys() {}

    /** One that may do everything. */
    public static GatewayKey of(String secret, String name, String project) {
        return bounded(secret, name, project, Bounds.NONE);
    }

    /** One that may do some things. */
    public static GatewayKey bounded(String secret, String name, String project, Bounds bounds) {
        KeyHash hash = KeyHash.of(secret);
        return new GatewayKey(
                hash.keyId(),
                name,
                project,
                "",
                List.of(),
                bounds,
                Instant.EPOCH,
                null,
                false,
                hash,
                null,
                null);
    }
}
