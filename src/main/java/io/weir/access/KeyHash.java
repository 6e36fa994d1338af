package io.weir.access;

import io.weir.wire.Secret;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.HexFormat;

/**
 * What is kept of a key: its SHA-256. Keys are 256 random bits, so that nothing is learnt of one
 * from the time that it takes to look its hash up.
 */
public record KeyHash(long first, long second, long third, long fourth) {
    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final int ID_CHARS = 12;

    /** Of a key that somebody shows. */
    public static KeyHash of(String key) {
        return of(Secret.sha256(key));
    }

    private static KeyHash of(byte[] hash) {
        return new KeyHash(
                (long) LONGS.get(hash, 0),
                (long) LONGS.get(hash, 8),
                (long) LONGS.get(hash, 16),
                (long) LONGS.get(hash, 24));
    }

    /** From its {@link #text()}. */
    static KeyHash parse(String text) {
        byte[] hash = Base64.getUrlDecoder().decode(text);
        if (hash.length != 4 * Long.BYTES) {
            throw new IllegalArgumentException("a key's hash has 32 bytes");
        }
        return of(hash);
    }

    /** As it is kept. */
    String text() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes());
    }

    /** The public id of a key that begins with this hash. */
    public String keyId() {
        return "key_" + HexFormat.of().formatHex(bytes()).substring(0, ID_CHARS);
    }

    private byte[] bytes() {
        byte[] hash = new byte[4 * Long.BYTES];
        LONGS.set(hash, 0, first);
        LONGS.set(hash, 8, second);
        LONGS.set(hash, 16, third);
        LONGS.set(hash, 24, fourth);
        return hash;
    }

    @Override
    public int hashCode() {
        return (int) first;
    }

    /** The hash is nobody's business. */
    @Override
    public String toString() {
        return keyId();
    }
}
