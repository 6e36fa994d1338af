package io.weir.wire;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * A key or a password. It cannot be printed, compared by accident or serialised: whoever needs it
 * must write {@link #reveal()}, and that word can be searched for.
 */
public final class Secret {
    private static final String MASK = "***";

    private final String value;

    /** Wraps a secret; surrounding white space, which files and shells add, is not part of it. */
    public Secret(String value) {
        this.value = value.strip();
        if (this.value.isEmpty()) {
            throw new IllegalArgumentException("a secret is empty");
        }
        for (int i = 0; i < this.value.length(); i++) {
            if (this.value.charAt(i) < 0x21 || this.value.charAt(i) > 0x7e) {
                throw new IllegalArgumentException(
                        "a secret holds a character that cannot stand in a header, at position "
                                + i);
            }
        }
    }

    /** The secret itself, for the header it goes into and for nothing else. */
    public String reveal() {
        return value;
    }

    /** SHA-256 of a text's UTF-8 bytes: what a random key is stored and looked up by. */
    public static byte[] sha256(String text) {
        return sha256(text.getBytes(StandardCharsets.UTF_8));
    }

    /** SHA-256 of bytes. */
    public static byte[] sha256(byte[] bytes) {
        return sha256().digest(bytes);
    }

    /** SHA-256, for whoever takes it of several things. */
    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return MASK;
    }
}
