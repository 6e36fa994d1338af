package io.weir.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weir.it.RunningWeir;
import io.weir.outbound.Certificate;
import io.weir.outbound.GuardedStream;
import io.weir.outbound.Resolver;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A real rsyslogd takes what is sent. */
@NeedsServer(variable = RsyslogServer.VARIABLE, usually = RsyslogServer.USUALLY)
class SyslogIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir private Path directory;

    @ParameterizedTest
    @CsvSource({"false, false", "false, true", "true, false", "true, true"})
    void everyPartOfAMessageIsUnderstood(boolean tls, boolean confirm) throws Exception {
        Fields fields = new Fields(List.of("id"), Map.of(), false);
        List<Event> events =
                Events.of(0, 2_000).stream()
                        .map(it -> new Event(it.sequence(), it.call(), fields, it.json()))
                        .toList();
        try (RsyslogServer server = server(tls);
                SyslogDestination destination = destination(server, confirm)) {
            long before = System.nanoTime();
            for (int i = 0; i < 2_000; i += 500) {
                assertThat(destination.send(events.subList(i, i + 500))).isEqualTo(Sent.DELIVERED);
            }
            double seconds = (System.nanoTime() - before) / 1e9;
            await().atMost(PATIENCE).until(() -> server.ids().size() >= 2_000);
            System.out.printf(
                    "syslog, tls %s, confirm %s: %.0f a second%n", tls, confirm, 2_000 / seconds);
            assertThat(server.ids()).isEqualTo(Events.ids(events));
            assertThat(server.lines().get(3))
                    .isEqualTo(
                            "134|gateway|weir|call|[weir@32473 id=\"%1$s\"]|2026-09-21T14:13:23.120345Z|%2$s"
                                    .formatted(
                                            events.get(3).callId(),
                                            "{\"id\":\"%s\",\"model\":\"gpt-5 \\u00fc \\u00fc\",\"n\":3}"
                                                    .formatted(events.get(3).callId())));
        }
    }

    @Test
    void aBatchThatTheServerHadNotReadWhenItDiedIsSentAgain() throws Exception {
        List<Event> first = Events.of(0, 500);
        List<Event> second = Events.of(500, 500);
        try (RsyslogServer server = server(false);
                SyslogDestination destination = destination(server, true)) {
            Events.untilDelivered(destination, first);
            await().atMost(PATIENCE).until(() -> server.ids().size() == 500);
            server.freeze();
            AtomicReference<Sent> became = new AtomicReference<>();
            Thread sending = Thread.ofVirtual().start(() -> became.set(sent(destination, second)));
            server.kill9();
            sending.join();
            assertThat(became.get()).isInstanceOf(Sent.Failed.class);
            assertThat(destination.send(second)).isInstanceOf(Sent.Failed.class);
            server.start();
            Events.untilDelivered(destination, second);
            await().atMost(PATIENCE).until(() -> server.ids().size() >= 1_000);
            Tally tally = Tally.of(Events.ids(Events.of(0, 1_000)), server.ids());
            assertThat(tally.said("rsyslogd killed")).isEqualTo(new Tally(1_000, 1_000, 0, 0));
        }
    }

    @Test
    void withoutConfirmationWhatTheServerHadNotReadIsLostWhenItDies() throws Exception {
        try (RsyslogServer server = server(false);
                SyslogDestination destination = destination(server, false)) {
            Events.untilDelivered(destination, Events.of(0, 500));
            await().atMost(PATIENCE).until(() -> server.ids().size() == 500);
            server.freeze();
            assertThat(destination.send(Events.of(500, 500))).isEqualTo(Sent.DELIVERED);
            server.kill9();
            server.start();
            Events.untilDelivered(destination, Events.of(1_000, 500));
            await().atMost(PATIENCE).until(() -> server.ids().size() >= 1_000);
            Tally tally = Tally.of(Events.ids(Events.of(0, 1_500)), server.ids());
            assertThat(tally.said("rsyslogd killed, confirm false"))
                    .isEqualTo(new Tally(1_500, 1_000, 500, 0));
        }
    }

    @Test
    void everyCallIsThereThoughWeirIsKilledInBetween() throws Exception {
        try (RsyslogServer server = server(true)) {
            RunningWeir.Start start =
                    RunningWeir.in(directory.resolve("data"))
                            .config(
                                    """
                                    exporters:
                                      - name: syslog
                                        kind: syslog
                                        url: %s
                                        allow: [127.0.0.1]
                                        certificates: %s
                                        batch: {events: 7, age: 20ms}
                                        retry: {first: 20ms}
                                    """
                                            .formatted(
                                                    server.settings(PATIENCE).url(),
                                                    directory.resolve("server.pem")));
            Set<UUID> calls = KilledWeir.calls(start, server::ids);
            Tally tally = Tally.of(calls, server.ids()).said("syslog, from the jar");
            assertThat(tally.lost()).isZero();
            assertThat(server.lines().toString())
                    .contains("131|", "status=\"500\"", "model=\"gpt-4o\"")
                    .doesNotContain("a secret question");
        }
    }

    private static Sent sent(SyslogDestination destination, List<Event> events) {
        try {
            return destination.send(events);
        } catch (InterruptedException e) {
            return new Sent.Failed("interrupted");
        }
    }

    private SyslogDestination destination(RsyslogServer server, boolean confirm) {
        SyslogSettings settings =
                new SyslogSettings(
                        server.settings(Duration.ofSeconds(5)),
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

    private RsyslogServer server(boolean tls) throws Exception {
        return RsyslogServer.in(
                directory,
                tls ? Optional.of(Certificate.of(directory, "ip:127.0.0.1")) : Optional.empty());
    }
}
