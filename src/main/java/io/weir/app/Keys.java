package io.weir.app;

import io.weir.call.Principal;
import io.weir.wire.Secret;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** The gateway keys there are, by their hash. A key's public id is the beginning of its hash. */
final class Keys {
    private static final int ID_BYTES = 6;

    private Keys() {}

    static Map<ByteBuffer, Principal> principals(
            Secret appKey, List<WeirConfig.GatewayKey> configured) {
        Map<ByteBuffer, Principal> principals = new HashMap<>();
        add(principals, appKey, "app", "default");
        configured.forEach(key -> add(principals, key.key(), key.name(), key.project()));
        return principals;
    }

    private static void add(
            Map<ByteBuffer, Principal> principals, Secret key, String name, String project) {
        byte[] hash = Secret.sha256(key.reveal());
        String id = "key_" + HexFormat.of().formatHex(hash, 0, ID_BYTES);
        principals.put(ByteBuffer.wrap(hash), new Principal(id, name, project, List.of()));
    }
}
