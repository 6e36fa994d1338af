package io.weir.access;

import io.weir.wire.Secret;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * Makes keys and tokens: 256 random bits behind a prefix that tells a leaked one for what it is.
 */
public final class NewSecret {
    /** What every key of this gateway begins with. */
    public static final String PREFIX = "weir-";

    private static final int BYTES = 32;

    private final SecureRandom random;

    /** From that source. */
    public NewSecret(SecureRandom random) {
        this.random = random;
    }

    /** A key for calls. */
    public Secret key() {
        return made("key-");
    }

    /** A token for the admin API. */
    public Secret token() {
        return made("token-");
    }

    private Secret made(String what) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return new Secret(
                PREFIX + what + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }
}
