package io.weir.access;

import io.weir.wire.Secret;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
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

    /** How long a hash's text is. */
    static final int TEXT_CHARS = 43;

    private static final byte[] DIGITS = digits();

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
        byte[] ascii = text.getBytes(StandardCharsets.US_ASCII);
        if (ascii.length != TEXT_CHARS) {
            throw new IllegalArgumentException(
                    "a key's hash has %d characters".formatted(TEXT_CHARS));
        }
        return parse(ascii, 0);
    }

    /** From its {@link #text()}, which begins there; a start does so for every key. */
    static KeyHash parse(byte[] text, int from) {
        long first = 0;
        long second = 0;
        long third = 0;
        long fourth = 0;
        for (int i = 0; i < TEXT_CHARS; i++) {
            int digit = text[from + i] < 0 ? -1 : DIGITS[text[from + i]];
            // The last one holds four bits, and two that say nothing.
            boolean last = i == TEXT_CHARS - 1;
            int bits = last ? 4 : 6;
            if (digit < 0 || (last && (digit & 3) != 0)) {
                throw new IllegalArgumentException("a key's hash is in base64url");
            }
            first = first << bits | second >>> (Long.SIZE - bits);
            second = second << bits | third >>> (Long.SIZE - bits);
            third = third << bits | fourth >>> (Long.SIZE - bits);
            fourth = fourth << bits | (last ? digit >> 2 : digit);
        }
        return new KeyHash(first, second, third, fourth);
    }

    /** As it is kept. */
    String text() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes());
    }

    /** The public id of a key that begins with this hash. */
    public String keyId() {
        return "key_" + HexFormat.of().formatHex(bytes()).substring(0, ID_CHARS);
    }

    private static byte[] digits() {
        byte[] digits = new byte[128];
        Arrays.fill(digits, (byte) -1);
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        for (int i = 0; i < alphabet.length(); i++) {
            digits[alphabet.charAt(i)] = (byte) i;
        }
        return digits;
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
