package io.weir.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.weir.export.SyslogDouble.Trouble;
import io.weir.outbound.Certificate;
import io.weir.outbound.GuardedStream;
import io.weir.outbound.HttpSettings;
import io.weir.outbound.Resolver;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class SyslogDestinationTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final SyslogDouble server = SyslogDouble.plain();

    @TempDir private Path directory;

    SyslogDestinationTest() throws IOException {}

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void eventsComeInOrderOverAConnectionABatchOrOneForAll(boolean confirm) throws Exception {
        List<Event> events = Events.of(0, 300);
        try (SyslogDestination destination = destination(server, confirm)) {
            for (int i = 0; i < 300; i += 100) {
                assertThat(destination.send(events.subList(i, i + 100))).isEqualTo(Sent.DELIVERED);
            }
        }
        await().until(() -> server.received().size() == 300);
        assertThat(server.ids()).isEqualTo(Events.ids(events));
        assertThat(server.connections()).isEqualTo(confirm ? 3 : 1);
    }

    @ParameterizedTest
    @EnumSource(
            value = Trouble.class,
            names = {"CUT", "CONFIRMATION_LOST"})
    void aBatchThatIsNotConfirmedIsAFailureAndNothingIsLost(Trouble trouble) throws Exception {
        server.next(trouble, trouble);
        List<Event> events = Events.of(0, 10);
        try (SyslogDestination destination = destination(server, true)) {
            assertThat(Events.untilDelivered(destination, events)).isEqualTo(3);
        }
        int twice = trouble == Trouble.CUT ? 6 : 20;
        Tally tally = Tally.of(Events.ids(events), server.ids()).said("syslog, " + trouble);
        assertThat(tally).isEqualTo(new Tally(10, 10 + twice, 0, twice));
    }

    @Test
    void aServerThatDoesNotConfirmInTimeIsAFailureThatSaysSo() throws Exception {
        server.next(Trouble.NEVER_CLOSED);
        try (SyslogDestination destination = destination(server, true, Duration.ofMillis(300))) {
            Sent.Failed failed = (Sent.Failed) destination.send(Events.of(0, 1));
            assertThat(failed.reason())
                    .contains("tcp://127.0.0.1", "has not shown that it read", "300 ms");
        }
    }

    @Test
    void aKeptConnectionThatTheServerHasClosedIsNotWrittenTo() throws Exception {
        server.next(Trouble.CUT);
        try (SyslogDestination destination = destination(server, false)) {
            assertThat(destination.send(Events.of(0, 3))).isEqualTo(Sent.DELIVERED);
            await().until(() -> server.received().size() == 3);
            Events.untilDelivered(destination, Events.of(3, 3));
        }
        await().until(() -> server.received().size() == 6);
        assertThat(server.ids()).isEqualTo(Events.ids(Events.of(0, 6)));
    }

    @Test
    void anOutageIsAFailure() throws Exception {
        server.close();
        try (SyslogDestination destination = destination(server, true)) {
            Sent.Failed failed = (Sent.Failed) destination.send(Events.of(0, 1));
            assertThat(failed.reason()).contains("cannot be reached");
        }
    }

    @Test
    void whatIsTooLargeIsRefusedAndWhatIsBeforeItIsSent() throws Exception {
        List<Event> events = new ArrayList<>(Events.of(0, 5));
        events.set(3, Events.with(3, "{\"a\":\"" + "x".repeat(8_000) + "\"}"));
        try (SyslogDestination destination = destination(server, true)) {
            Sent.Refused refused = (Sent.Refused) destination.send(events);
            assertThat(refused.position()).isEqualTo(OptionalInt.of(3));
            assertThat(refused.reason()).contains("max_bytes is 8,096");
            assertThat(server.ids()).isEqualTo(Events.ids(Events.of(0, 3)));
            refused = (Sent.Refused) destination.send(events.subList(3, 5));
            assertThat(refused.position()).isEqualTo(OptionalInt.of(0));
        }
        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void whatIsBeforeATooLargeOneMayFail() throws Exception {
        server.next(Trouble.CUT);
        List<Event> events = new ArrayList<>(Events.of(0, 5));
        events.set(4, Events.with(4, "\"" + "x".repeat(8_096) + "\""));
        try (SyslogDestination destination = destination(server, true)) {
            assertThat(destination.send(events)).isInstanceOf(Sent.Failed.class);
        }
    }

    @Test
    void talksTls() throws Exception {
        Certificate certificate = Certificate.of(directory, "ip:127.0.0.1");
        try (SyslogDouble secure = SyslogDouble.tls(certificate);
                SyslogDestination destination = destination(secure, true)) {
            assertThat(destination.send(Events.of(0, 10))).isEqualTo(Sent.DELIVERED);
            assertThat(secure.ids()).hasSize(10);
        }
    }

    @Test
    void aCertificateOfAnotherNameIsAFailure() throws Exception {
        Certificate certificate = Certificate.of(directory, "dns:other.test");
        try (SyslogDouble secure = SyslogDouble.tls(certificate);
                SyslogDestination destination = destination(secure, true)) {
            assertThat(destination.send(Events.of(0, 1))).isInstanceOf(Sent.Failed.class);
            assertThat(secure.received()).isEmpty();
        }
    }

    @Test
    void plainTcpIsForAllowedHostsOnly() {
        HttpSettings plain =
                new HttpSettings(
                        URI.create("tcp://logs.example.com"),
                        List.of(),
                        Optional.empty(),
                        PATIENCE,
                        PATIENCE,
                        false);
        assertThatThrownBy(() -> new GuardedStream(plain, SyslogSettings.SCHEME, Resolver.SYSTEM))
                .hasMessageContaining("begins with tls://");
    }

    private static SyslogDestination destination(SyslogDouble server, boolean confirm) {
        return destination(server, confirm, PATIENCE);
    }

    private static SyslogDestination destination(
            SyslogDouble server, boolean confirm, Duration whole) {
        SyslogSettings settings =
                new SyslogSettings(
                        server.settings(whole),
                        "local0",
                        "gateway",
                        "weir",
                        "weir@32473",
                        8_096,
                        confirm);
        return new SyslogDestination(
                settings,
                new GuardedStream(settings.server(), SyslogSettings.SCHEME, Resolver.SYSTEM));
    }
}
