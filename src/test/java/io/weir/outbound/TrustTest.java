package io.weir.outbound;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class TrustTest {
    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");
    private static final HttpPost POST = new HttpPost("/", Map.of(), "{}".getBytes(UTF_8));

    @TempDir private Path directory;

    @Test
    void aSelfSignedCertificateIsBelievedWithItsAuthorityOnly()
            throws IOException, InterruptedException, GeneralSecurityException {
        Certificate certificate = Certificate.of(directory, "ip:127.0.0.1");
        try (LoopbackServer secure =
                LoopbackServer.tls(
                        certificate, exchange -> LoopbackServer.answer(exchange, 200, "{}"))) {
            HttpSettings believing = secure.settings("/", false);
            try (GuardedHttp http = new GuardedHttp(believing, Resolver.SYSTEM, () -> NOW)) {
                assertThat(http.post(POST).status()).isEqualTo(200);
            }
            HttpSettings doubting =
                    new HttpSettings(
                            believing.url(),
                            believing.allow(),
                            Optional.empty(),
                            believing.connect(),
                            believing.whole(),
                            false);
            try (GuardedHttp http = new GuardedHttp(doubting, Resolver.SYSTEM, () -> NOW)) {
                assertThatThrownBy(() -> http.post(POST))
                        .isInstanceOf(HttpFailure.class)
                        .hasMessageContaining("certification path");
            }
        }
    }

    @Test
    void aCertificateOfAnotherNameIsNotBelieved()
            throws IOException, InterruptedException, GeneralSecurityException {
        Certificate certificate = Certificate.of(directory, "dns:other.test");
        try (LoopbackServer secure =
                        LoopbackServer.tls(
                                certificate,
                                exchange -> LoopbackServer.answer(exchange, 200, "{}"));
                GuardedHttp http =
                        new GuardedHttp(secure.settings("/", false), Resolver.SYSTEM, () -> NOW)) {
            assertThatThrownBy(() -> http.post(POST))
                    .isInstanceOf(HttpFailure.class)
                    .hasMessageContaining("127.0.0.1");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no certificate\n", "-----BEGIN CERTIFICATE-----\nAAAA\n"})
    void aFileWithoutCertificatesIsRefusedAtTheStart(String content) throws IOException {
        Path file = Files.writeString(directory.resolve("ca.pem"), content);
        assertThatThrownBy(() -> Trust.of(Optional.of(file)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ca.pem");
    }
}
