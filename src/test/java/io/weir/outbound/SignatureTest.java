package io.weir.outbound;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.wire.Secret;
import org.junit.jupiter.api.Test;

class SignatureTest {
    /** The expected value is of {@code openssl dgst -sha256 -hmac}. */
    @Test
    void theSignatureIsWhatOthersCompute() {
        assertThat(Signature.of(new Secret("key"), 1_700_000_000L, "[]".getBytes(UTF_8)))
                .isEqualTo(
                        "t=1700000000,v1=2afce10b4f37880815b715635811bcfa4d5334e7213eea5bc2e130e1008055c3");
    }
}
