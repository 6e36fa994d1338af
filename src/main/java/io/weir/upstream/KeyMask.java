package io.weir.upstream;

import io.weir.wire.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Hides the provider's key where an upstream repeats it in an error: the client it is sent to, and
 * whoever reads the record, must not learn it. A star a byte, so that nothing moves.
 */
final class KeyMask {
    private final byte[] key;

    KeyMask(@Nullable Secret key) {
        this.key = key == null ? new byte[0] : key.reveal().getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Masks the key wherever it stands, in place. */
    byte[] hide(byte[] body) {
        for (int at = 0; key.length > 0 && at + key.length <= body.length; at++) {
            if (Arrays.equals(body, at, at + key.length, key, 0, key.length)) {
                Arrays.fill(body, at, at + key.length, (byte) '*');
            }
        }
        return body;
    }
}
