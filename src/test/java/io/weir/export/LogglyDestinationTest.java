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
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class LogglyDestinationTest {
    private final LogglyDouble loggly = new LogglyDouble();
    private final LoopbackServer server = LoopbackServer.plain(loggly);

    @TempDir private Path directory;

    LogglyDestinationTest() throws IOException {}

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void eventsComeLineByLine(boolean gzip) throws InterruptedException {
        List<Event> events = Events.of(0, 100);
        try (LogglyDestination destination = destination(server.settings("/", gzip))) {
            assertThat(destination.send(events)).isEqualTo(Sent.DELIVERED);
        }
        assertThat(loggly.received()).isEqualTo(Events.ids(events));
    }

    @ParameterizedTest
    @ValueSource(ints = {LogglyDouble.NOT_LOGGLY, 204, 302, 401, 403, 404, 429, 500, 502, 503, 504})
    void whatMayPassIsAFailureAndNothingIsLost(int status) throws InterruptedException {
        loggly.next(status, status);
        List<Event> events = Events.of(0, 10);
        try (LogglyDestination destination = destination(server.settings("/", false))) {
            Sent.Failed failed = (Sent.Failed) destination.send(events);
            assertThat(failed.reason()).doesNotContain(LogglyDouble.TOKEN);
            assertThat(failed.retryAfter().isPresent()).isEqualTo(status == 429 || status == 503);
            assertThat(Events.untilDelivered(destination, events)).isEqualTo(2);
        }
        Tally tally = Tally.of(Events.ids(events), loggly.received()).said("Loggly, " + status);
        assertThat(tally).isEqualTo(new Tally(10, 10, 0, 0));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 413})
    void whatLogglyWillNeverTakeIsRefused(int status) throws InterruptedException {
        loggly.next(status);
        try (LogglyDestination destination = destination(server.settings("/", false))) {
            Sent.Refused refused = (Sent.Refused) destination.send(Events.of(0, 1));
            assertThat(refused.reason())
                    .contains(Integer.toString(status))
                    .doesNotContain(LogglyDouble.TOKEN);
        }
    }

    @Test
    void anAnswerThatIsLostMakesDuplicatesAndLosesNothing() throws InterruptedException {
        loggly.next(LogglyDouble.ANSWER_LOST);
        List<Event> events = Events.of(0, 10);
        try (LogglyDestination destination = destination(server.settings("/", false))) {
            assertThat(Events.untilDelivered(destination, events)).isEqualTo(2);
        }
        Tally tally = Tally.of(Events.ids(events), loggly.received()).said("Loggly, answer lost");
        assertThat(tally).isEqualTo(new Tally(10, 20, 0, 10));
    }

    @Test
    void aBatchOfAsMuchAsTheLimitsAllowIsTaken() throws InterruptedException {
        try (LogglyDestination destination = destination(server.settings("/", false))) {
            Limits limits = destination.limits();
            List<Event> events = new ArrayList<>();
            int share = limits.bytes() / limits.events();
            for (int i = 0; i < limits.events(); i++) {
                events.add(filled(i, share));
            }
            assertThat(destination.send(events)).isEqualTo(Sent.DELIVERED);
            assertThat(destination.send(List.of(filled(0, limits.eventBytes()))))
                    .isEqualTo(Sent.DELIVERED);
            assertThat(destination.send(List.of(filled(0, limits.eventBytes() + 1))))
                    .isInstanceOf(Sent.Refused.class);
        }
    }

    @Test
    void aWrongTokenIsAFailureThatDoesNotShowIt() throws InterruptedException {
        LogglySettings settings =
                new LogglySettings(
                        server.settings("/", false), new Secret("s3cret"), List.of("weir", "llm"));
        assertThat(settings.toString()).doesNotContain("s3cret");
        try (LogglyDestination destination = destination(settings)) {
            Sent.Failed failed = (Sent.Failed) destination.send(Events.of(0, 1));
            assertThat(failed.reason()).contains("403", "Check token").doesNotContain("s3cret");
        }
    }

    @Test
    void anOutageIsAFailureThatDoesNotShowTheToken() throws InterruptedException {
        server.close();
        try (LogglyDestination destination = destination(server.settings("/", false))) {
            Sent.Failed failed = (Sent.Failed) destination.send(Events.of(0, 1));
            assertThat(failed.reason())
                    .contains("cannot be reached")
                    .doesNotContain(LogglyDouble.TOKEN);
        }
    }

    @Test
    void anAnswerThatDoesNotComeIsAFailure() throws IOException, InterruptedException {
        CountDownLatch over = new CountDownLatch(1);
        try (LoopbackServer silent =
                        LoopbackServer.plain(exchange -> {
                            try {
                                over.await();
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        });
                LogglyDestination destination =
                        destination(silent.settings("/", false, Duration.ofMillis(300)))) {
            Sent.Failed failed = (Sent.Failed) destination.send(Events.of(0, 1));
            assertThat(failed.reason())
                    .contains("did not answer")
                    .doesNotContain(LogglyDouble.TOKEN);
            over.countDown();
        }
    }

    @Test
    void aCertificateThatIsNotBelievedIsAFailure()
            throws IOException, InterruptedException, GeneralSecurityException {
        Certificate certificate = Certificate.of(directory, "dns:other.test");
        try (LoopbackServer secure = LoopbackServer.tls(certificate, loggly);
                LogglyDestination destination = destination(secure.settings("/", false))) {
            assertThat(destination.send(Events.of(0, 1))).isInstanceOf(Sent.Failed.class);
        }
        assertThat(loggly.received()).isEmpty();
    }

    @Test
    void aTokenOrATagThatWouldBendThePathIsRefusedAtTheStart() {
        HttpSettings http = server.settings("/", false);
        assertThatThrownBy(
                        () -> new LogglySettings(http, new Secret("s3cret/../x"), List.of("weir")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("s3cret");
        for (String tag : List.of("", "a/b", "a b", "..", "a?b", "a,b")) {
            assertThatThrownBy(() -> new LogglySettings(http, new Secret("t"), List.of(tag)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> new LogglySettings(http, new Secret("t"), List.of()))
                .hasMessageContaining("at least one tag");
    }

    private LogglyDestination destination(HttpSettings http) {
        return destination(
                new LogglySettings(http, new Secret(LogglyDouble.TOKEN), List.of("weir", "llm")));
    }

    private static LogglyDestination destination(LogglySettings settings) {
        return new LogglyDestination(
                settings, new GuardedHttp(settings.http(), Resolver.SYSTEM, Instant::now));
    }

    private static Event filled(int number, int bytes) {
        UUID id = new UUID(7, number);
        String begin = "{\"id\":\"%s\",\"text\":\"".formatted(id);
        String json = begin + "x".repeat(bytes - begin.length() - 2) + "\"}";
        return Events.with(number, json);
    }
}
