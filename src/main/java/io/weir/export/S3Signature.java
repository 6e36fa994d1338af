package io.weir.export;

import io.weir.wire.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * AWS's signature version 4, as S3 wants it: the path as it is sent, and the hash of the body in a
 * field of its own.
 *
 * @param sessionToken of temporary credentials
 */
record S3Signature(
        String region, Secret accessKey, Secret secretKey, Optional<Secret> sessionToken) {
    private static final String ALGORITHM = "AWS4-HMAC-SHA256";
    private static final String SHA256 = "x-amz-content-sha256";

    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    /**
     * The fields to send, signed.
     *
     * @param host as the {@code host} field shows it
     * @param path encoded, without a query
     * @param fields to be signed, their names in lower case
     */
    Map<String, String> signed(
            String method, String host, String path, Map<String, String> fields, Body body) {
        Map<String, String> all = new TreeMap<>(fields);
        String moment = MOMENT.format(body.now());
        all.put("x-amz-date", moment);
        all.put(SHA256, hex(sha256(body.bytes())));
        sessionToken.ifPresent(token -> all.put("x-amz-security-token", token.reveal()));
        Map<String, String> named = new TreeMap<>(all);
        named.put("host", host);
        String names = String.join(";", named.keySet());
        String request = method + "\n" + path + "\n\n" + lines(named) + "\n" + names;
        String scope = moment.substring(0, 8) + "/" + region + "/s3/aws4_request";
        String hash = hex(sha256(utf8(request + "\n" + all.get(SHA256))));
        String signature =
                hex(
                        hmac(
                                key(moment.substring(0, 8)),
                                "%s\n%s\n%s\n%s".formatted(ALGORITHM, moment, scope, hash)));
        all.put(
                "authorization",
                "%s Credential=%s/%s,SignedHeaders=%s,Signature=%s"
                        .formatted(ALGORITHM, accessKey.reveal(), scope, names, signature));
        return all;
    }

    /** What is sent, and when. */
    record Body(byte[] bytes, Instant now) {}

    /** A path with everything encoded but its slashes and RFC 3986's unreserved characters. */
    static String encoded(String path) {
        StringBuilder encoded = new StringBuilder();
        for (byte each : utf8(path)) {
            char character = (char) (each & 0xff);
            boolean plain =
                    character < 0x80
                            && (Character.isLetterOrDigit(character)
                                    || "-_.~/".indexOf(character) >= 0);
            if (plain) {
                encoded.append(character);
            } else {
                encoded.append('%').append(HexFormat.of().withUpperCase().toHexDigits(each));
            }
        }
        return encoded.toString();
    }

    private byte[] key(String day) {
        byte[] first = utf8("AWS4" + secretKey.reveal());
        return hmac(hmac(hmac(hmac(first, day), region), "s3"), "aws4_request");
    }

    private static String lines(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field ->
                        field.getKey().toLowerCase(Locale.ROOT)
                                + ":"
                                + field.getValue().strip()
                                + "\n")
                .collect(Collectors.joining());
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(utf8(text));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
