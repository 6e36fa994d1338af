package io.weir.outbound;

import io.weir.wire.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * How a receiver knows that a body is Weir's: {@code t=UNIX,v1=HEX}, where HEX is the HMAC-SHA256
 * of the time's digits, a dot and the body.
 */
public final class Signature {
    /** The field of the head that it is in. */
    public static final String FIELD = "x-weir-signature";

    private Signature() {}

    /** The signature of a body that is sent at a time. */
    public static String of(Secret secret, long unixSeconds, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            byte[] key = secret.reveal().getBytes(StandardCharsets.UTF_8);
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            mac.update((unixSeconds + ".").getBytes(StandardCharsets.UTF_8));
            return "t=" + unixSeconds + ",v1=" + HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }
}
