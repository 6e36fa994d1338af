package io.weir.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.outbound.Certificate;
import io.weir.outbound.GuardedHttp;
import io.weir.outbound.HttpSettings;
import io.weir.outbound.LoopbackServer;
import io.weir.outbound.Resolver;
import io.weir.wire.Secret;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class WebhookDestinationTest {
    private static final Instant NOW = Instant.ofEpochSecond(WebhookDouble.NOW);

    private final WebhookDouble receiver = new WebhookDouble();
    private final LoopbackServer server = LoopbackServer.plain(receiver);

    @TempDir private Path directory;

    WebhookDestinationTest() throws IOException {}

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 100})
    void eventsComeAsASignedArray(int count) throws InterruptedException {
        List<Event> events = Events.of(0, count);
        try (WebhookDestination destination = destination(WebhookDouble.SECRET, NOW)) {
            assertThat(destination.send(events)).isEqualTo(Sent.DELIVERED);
        }
        assertThat(receiver.received()).isEqualTo(Events.ids(events));
    }

    @Test
    void aSignatureByAnotherSecretOrOfAnotherTimeIsAFailure() throws InterruptedException {
        try (WebhookDestination other = destination("s3cret", NOW);
                WebhookDestination late =
                        destination(WebhookDouble.SECRET, NOW.minusSeconds(301))) {
            Sent.Failed failed = (Sent.Failed) other.send(Events.of(0, 1));
            assertThat(failed.reason()).contains("401", "Check secret").doesNotContain("s3cret");
            assertThat(late.send(Events.of(0, 1))).isInstanceOf(Sent.Failed.class);
        }
        assertThat(receiver.received()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 401, 403, 404, 408, 410, 429, 500, 502, 503, 504})
    void whatMayPassIsAFailureAndNothingIsLost(int status) throws InterruptedException {
        receiver.next(status);
        List<Event> events = Events.of(0, 10);
        try (WebhookDestination destination = destination(WebhookDouble.SECRET, NOW)) {
            Sent.Failed failed = (Sent.Failed) destination.send(events);
            assertThat(failed.reason()).contains(Integer.toString(status)).doesNotContain("S3CRET");
            assertThat(failed.retryAfter().isPresent()).isEqualTo(status == 429 || status == 503);
            assertThat(Events.untilDelivered(destination, events)).isEqualTo(1);
        }
        Tally tally = Tally.of(Events.ids(events), receiver.received()).said("Webhook, " + status);
        assertThat(tally).isEqualTo(new Tally(10, 10, 0, 0));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 413, 422})
    void whatItWillNeverTakeIsRefused(int status) throws InterruptedException {
        receiver.next(status);
        try (WebhookDestination destination = destination(WebhookDouble.SECRET, NOW)) {
            assertThat(destination.send(Events.of(0, 1))).isInstanceOf(Sent.Refused.class);
        }
    }

    @Test
    void anAnswerThatIsLostMakesDuplicatesAndLosesNothing() throws InterruptedException {
        receiver.next(WebhookDouble.ANSWER_LOST);
        List<Event> events = Events.of(0, 10);
        try (WebhookDestination destination = destination(WebhookDouble.SECRET, NOW)) {
            assertThat(Events.untilDelivered(destination, events)).isEqualTo(2);
        }
        Tally tally =
                Tally.of(Events.ids(events), receiver.received()).said("Webhook, answer lost");
        assertThat(tally).isEqualTo(new Tally(10, 20, 0, 10));
    }

    @Test
    void anOutageIsAFailureThatDoesNotShowThePath() throws InterruptedException {
        server.close();
        try (WebhookDestination destination = destination(WebhookDouble.SECRET, NOW)) {
            Sent.Failed failed = (Sent.Failed) destination.send(Events.of(0, 1));
            assertThat(failed.reason()).contains("cannot be reached").doesNotContain("S3CRET");
        }
    }

    @Test
    void aCertificateThatIsNotBelievedIsAFailure()
            throws IOException, InterruptedException, GeneralSecurityException {
        Certificate certificate = Certificate.of(directory, "dns:other.test");
        try (LoopbackServer secure = LoopbackServer.tls(certificate, receiver)) {
            HttpSettings http = secure.settings("/", false);
            WebhookSettings settings = new WebhookSettings(http, new Secret(WebhookDouble.SECRET));
            try (WebhookDestination destination = destination(settings, NOW)) {
                assertThat(destination.send(Events.of(0, 1))).isInstanceOf(Sent.Failed.class);
            }
        }
        assertThat(receiver.received()).isEmpty();
    }

    @Test
    void itDoesNotStartWithoutASecretOrWithCompression() {
        HttpSettings http = server.settings("/", false, Duration.ofSeconds(1));
        assertThatThrownBy(() -> new WebhookSettings(http, new Secret(" ")))
                .isInstanceOf(IllegalArgumentException.class);
        HttpSettings packed = server.settings("/", true);
        assertThatThrownBy(() -> new WebhookSettings(packed, new Secret("s")))
                .hasMessageContaining("gzip");
    }

    private WebhookDestination destination(String secret, Instant now) {
        HttpSettings http = server.settings("/hooks/S3CRET?a=S3CRET", false);
        return destination(new WebhookSettings(http, new Secret(secret)), now);
    }

    private static WebhookDestination destination(WebhookSettings settings, Instant now) {
        GuardedHttp http = new GuardedHttp(settings.http(), Resolver.SYSTEM, () -> now);
        return new WebhookDestination(settings, http, () -> now);
    }
}
