package io.weir.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.weir.alert.ServiceDouble.Answer;
import io.weir.export.Sent;
import io.weir.outbound.Certificate;
import io.weir.outbound.HttpSettings;
import io.weir.outbound.LoopbackServer;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What all channels that post have in common, over a double of each. */
@Timeout(60)
class PostingChannelTest {
    @TempDir private Path directory;

    /** A kind of channel, and what it speaks with. */
    record Kind(String name, String path, ServiceDouble.Protocol protocol, String yaml) {
        Channel open(LoopbackServer server) {
            return open(server.settings(path, false));
        }

        @Override
        public String toString() {
            return name;
        }

        Channel open(HttpSettings http) {
            Map<String, String> environment = new HashMap<>(Services.ENVIRONMENT);
            environment.put("URL", http.url().toString());
            String kind = "kind: " + name + "\n";
            String its = yaml.replace("url: URL", "url: " + http.url());
            return Channels.open(kind + its + Channels.reaching(http), environment);
        }
    }

    private static Stream<Kind> kinds() {
        return Stream.of(
                new Kind(
                        "webhook",
                        "/hook/S3CRET",
                        Services::webhook,
                        "url: URL\nsecret: env:SECRET\n"),
                new Kind("slack", "/services/S3CRET", Services::slack, "url: env:URL\n"),
                new Kind(
                        "pagerduty",
                        "/v2/enqueue",
                        Services::pagerDuty,
                        "url: URL\nrouting_key: env:KEY\n"),
                new Kind(
                        "template",
                        "/in/S3CRET",
                        Services::tokened,
                        "url: env:URL\nheaders: {Authorization: 'Bearer env:TOKEN'}\nbody: {a: '{{text}}'}\n"));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void eachNotificationIsToldOnce(Kind kind) throws IOException, InterruptedException {
        ServiceDouble service = new ServiceDouble(kind.protocol);
        try (LoopbackServer server = LoopbackServer.plain(service);
                Channel channel = kind.open(server)) {
            for (int i = 0; i < 20; i++) {
                assertThat(channel.tell(Notifications.of(i))).isEqualTo(Sent.DELIVERED);
            }
        }
        assertThat(tally(20, service, kind, "all well")).isEqualTo(new Tally(20, 20, 0, 0));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void whatMayPassIsAFailureAndNothingIsLost(Kind kind) throws IOException, InterruptedException {
        ServiceDouble service = new ServiceDouble(kind.protocol);
        try (LoopbackServer server = LoopbackServer.plain(service);
                Channel channel = kind.open(server)) {
            int told = 0;
            for (int status : new int[] {302, 401, 403, 404, 408, 410, 429, 500, 502, 503, 504}) {
                service.next(new Answer(status, "S3CRET"));
                Sent.Failed failed = (Sent.Failed) channel.tell(Notifications.of(told));
                assertThat(failed.reason())
                        .contains(Integer.toString(status))
                        .doesNotContain("S3CRET");
                if (status == 429 || status == 503) {
                    assertThat(failed.retryAfter()).contains(Duration.ofSeconds(7));
                } else {
                    assertThat(failed.retryAfter()).isEmpty();
                }
                assertThat(channel.tell(Notifications.of(told++))).isEqualTo(Sent.DELIVERED);
            }
        }
        assertThat(tally(11, service, kind, "429, 5xx and others"))
                .isEqualTo(new Tally(11, 11, 0, 0));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void anAnswerThatIsLostIsToldTwiceAndLosesNothing(Kind kind)
            throws IOException, InterruptedException {
        ServiceDouble service = new ServiceDouble(kind.protocol);
        service.next(ServiceDouble.ANSWER_LOST);
        try (LoopbackServer server = LoopbackServer.plain(service);
                Channel channel = kind.open(server)) {
            assertThat(channel.tell(Notifications.of(0))).isInstanceOf(Sent.Failed.class);
            assertThat(channel.tell(Notifications.of(0))).isEqualTo(Sent.DELIVERED);
        }
        assertThat(tally(1, service, kind, "answer lost")).isEqualTo(new Tally(1, 2, 0, 1));
        assertThat(service.received().getFirst().path())
                .isEqualTo(service.received().getLast().path());
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void anOutageIsAFailureThatDoesNotShowThePath(Kind kind)
            throws IOException, InterruptedException {
        LoopbackServer server = LoopbackServer.plain(new ServiceDouble(kind.protocol));
        try (Channel channel = kind.open(server)) {
            server.close();
            Sent.Failed failed = (Sent.Failed) channel.tell(Notifications.of(0));
            assertThat(failed.reason()).contains("cannot be reached").doesNotContain("S3CRET");
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aServiceThatDoesNotAnswerIsGivenUp(Kind kind) throws IOException, InterruptedException {
        ServiceDouble service = new ServiceDouble(kind.protocol);
        service.next(ServiceDouble.SILENT);
        try (LoopbackServer server = LoopbackServer.plain(service);
                Channel channel =
                        kind.open(server.settings(kind.path, false, Duration.ofMillis(300)))) {
            Sent.Failed failed = (Sent.Failed) channel.tell(Notifications.of(0));
            assertThat(failed.reason()).contains("nothing within");
        } finally {
            service.end();
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void whoTellsCanBeInterrupted(Kind kind) throws IOException, InterruptedException {
        ServiceDouble service = new ServiceDouble(kind.protocol);
        service.next(ServiceDouble.SILENT);
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        try (LoopbackServer server = LoopbackServer.plain(service);
                Channel channel = kind.open(server)) {
            Thread teller =
                    Thread.ofVirtual()
                            .start(() ->
                                    thrown.set(
                                            catchThrowable(
                                                    () -> channel.tell(Notifications.of(0)))));
            service.awaitPost();
            teller.interrupt();
            teller.join();
        } finally {
            service.end();
        }
        assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aCertificateThatIsNotBelievedIsAFailure(Kind kind)
            throws IOException, InterruptedException, GeneralSecurityException {
        ServiceDouble service = new ServiceDouble(kind.protocol);
        Certificate other = Certificate.of(directory, "dns:other.test");
        try (LoopbackServer server = LoopbackServer.tls(other, service);
                Channel channel = kind.open(server)) {
            assertThat(channel.tell(Notifications.of(0))).isInstanceOf(Sent.Failed.class);
        }
        assertThat(service.received()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void itIsToldOverTlsOfAnAuthorityThatIsNamed(Kind kind)
            throws IOException, InterruptedException, GeneralSecurityException {
        ServiceDouble service = new ServiceDouble(kind.protocol);
        Certificate own = Certificate.of(directory, "ip:127.0.0.1");
        try (LoopbackServer server = LoopbackServer.tls(own, service);
                Channel channel = kind.open(server)) {
            assertThat(channel.tell(Notifications.of(0))).isEqualTo(Sent.DELIVERED);
        }
        assertThat(tally(1, service, kind, "TLS")).isEqualTo(new Tally(1, 1, 0, 0));
    }

    private static Tally tally(int told, ServiceDouble service, Kind kind, String when) {
        return Tally.of(told, service.bodies()).said(kind.name() + ", " + when);
    }
}
