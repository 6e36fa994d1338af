package io.weir.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.wire.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * The examples of Amazon S3's API reference, "Signature Calculations for the Authorization Header".
 */
class S3SignatureTest {
    private static final String HOST = "examplebucket.s3.amazonaws.com";
    private static final Instant WHEN = Instant.parse("2013-05-24T00:00:00Z");
    private static final S3Signature SIGNATURE =
            new S3Signature(
                    "us-east-1",
                    new Secret("AKIAIOSFODNN7EXAMPLE"),
                    new Secret("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"),
                    Optional.empty());

    @Test
    void signsTheGetOfTheReference() {
        assertThat(authorization("GET", "/test.txt", Map.of("range", "bytes=0-9"), ""))
                .isEqualTo(
                        "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,SignedHeaders=host;range;x-amz-content-sha256;x-amz-date,Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41");
    }

    @Test
    void signsThePutOfTheReference() {
        Map<String, String> fields =
                Map.of(
                        "date",
                        "Fri, 24 May 2013 00:00:00 GMT",
                        "x-amz-storage-class",
                        "REDUCED_REDUNDANCY");
        String path = S3Signature.encoded("/test$file.text");
        assertThat(authorization("PUT", path, fields, "Welcome to Amazon S3."))
                .isEqualTo(
                        "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,SignedHeaders=date;host;x-amz-content-sha256;x-amz-date;x-amz-storage-class,Signature=98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd");
    }

    @Test
    void encodesAllButSlashesAndWhatIsUnreserved() {
        assertThat(S3Signature.encoded("/a-Z_9.~/day=1 +ü"))
                .isEqualTo("/a-Z_9.~/day%3D1%20%2B%C3%BC");
    }

    @Test
    void theTokenOfTemporaryCredentialsIsSentAndSigned() {
        S3Signature temporary =
                new S3Signature(
                        "us-east-1",
                        SIGNATURE.accessKey(),
                        SIGNATURE.secretKey(),
                        Optional.of(new Secret("t0ken")));
        Map<String, String> fields =
                temporary.signed(
                        "PUT", HOST, "/", Map.of(), new S3Signature.Body(new byte[0], WHEN));
        assertThat(fields).containsEntry("x-amz-security-token", "t0ken");
        assertThat(fields.get("authorization")).contains("x-amz-date;x-amz-security-token");
        assertThat(temporary.toString()).doesNotContain("t0ken", "wJalr");
    }

    private static String authorization(
            String method, String path, Map<String, String> fields, String body) {
        return SIGNATURE
                .signed(
                        method,
                        HOST,
                        path,
                        fields,
                        new S3Signature.Body(body.getBytes(StandardCharsets.UTF_8), WHEN))
                .getOrDefault("authorization", "");
    }
}
