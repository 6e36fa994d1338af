package io.weir.access;

import io.weir.wire.Secret;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * Seals secrets that have to be read again: AES-256 in Galois/Counter Mode, with a key derived from
 * the master key and a random nonce each. What is sealed under one name cannot be opened under
 * another.
 */
public final class Vault {
    private static final String FORM = "v1:";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int KEY_BYTES = 32;
    private static final int LEAST_MASTER_CHARS = 32;
    private static final byte[] PURPOSE = "weir vault v1".getBytes(StandardCharsets.US_ASCII);

    private final SecretKey key;
    private final SecureRandom random;

    /**
     * A vault.
     *
     * @param master random, of at least 32 characters
     * @throws IllegalArgumentException where it is shorter
     */
    public Vault(Secret master, SecureRandom random) {
        this.random = random;
        String text = master.reveal();
        if (text.length() < LEAST_MASTER_CHARS) {
            throw new IllegalArgumentException(
                    "a master key has at least %d characters, of random; 'openssl rand -base64 32' makes one"
                            .formatted(LEAST_MASTER_CHARS));
        }
        try {
            this.key =
                    KDF.getInstance("HKDF-SHA256")
                            .deriveKey(
                                    "AES",
                                    HKDFParameterSpec.ofExtract()
                                            .addIKM(text.getBytes(StandardCharsets.US_ASCII))
                                            .thenExpand(PURPOSE, KEY_BYTES));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HKDF", e);
        }
    }

    /** A secret, sealed under a name. */
    public String seal(String name, Secret secret) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] sealed =
                    cipher(Cipher.ENCRYPT_MODE, name, nonce)
                            .doFinal(secret.reveal().getBytes(StandardCharsets.US_ASCII));
            return FORM
                    + Base64.getEncoder()
                            .encodeToString(
                                    ByteBuffer.allocate(NONCE_BYTES + sealed.length)
                                            .put(nonce)
                                            .put(sealed)
                                            .array());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has AES-GCM", e);
        }
    }

    /**
     * The secret that was sealed under that name.
     *
     * @throws IllegalArgumentException where it was sealed by another master key, or under another
     *     name, or was altered
     */
    public Secret open(String name, String sealed) {
        try {
            if (!sealed.startsWith(FORM)) {
                throw new IllegalArgumentException("it is of no form that is known");
            }
            byte[] bytes = Base64.getDecoder().decode(sealed.substring(FORM.length()));
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            byte[] nonce = new byte[NONCE_BYTES];
            buffer.get(nonce);
            byte[] plain =
                    cipher(Cipher.DECRYPT_MODE, name, nonce)
                            .doFinal(bytes, NONCE_BYTES, bytes.length - NONCE_BYTES);
            return new Secret(new String(plain, StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException | RuntimeException e) {
            throw new IllegalArgumentException(
                    "'%s' cannot be opened with this master key".formatted(name), e);
        }
    }

    private Cipher cipher(int mode, String name, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(name.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
