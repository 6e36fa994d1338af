package io.weir.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.call.CallRecords;
import io.weir.export.KafkaServer.Listener;
import io.weir.it.RunningWeir;
import io.weir.outbound.Certificate;
import io.weir.outbound.GuardedDial;
import io.weir.outbound.Resolver;
import io.weir.wire.Secret;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A real broker takes what is sent. */
@Timeout(180)
@NeedsServer(variable = KafkaServer.VARIABLE)
class KafkaIT {
    private static final Optional<KafkaSettings.Login> NOBODY = Optional.empty();
    private static final Duration GENEROUS = Duration.ofSeconds(20);

    @TempDir private static Path directory;
    private static Certificate certificate;
    private static KafkaServer server;

    @SuppressWarnings("NullAway.Init")
    KafkaIT() {}

    @BeforeAll
    static void start() throws Exception {
        certificate = Certificate.of(directory, "ip:127.0.0.1");
        server = KafkaServer.in(directory, certificate);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "none"})
    void messagesHaveKeyHeaderTimeAndText(String compression) throws Exception {
        String topic = "messages-" + compression;
        server.make(topic, Map.of());
        List<Event> events = Events.of(0, 10_000);
        try (KafkaDestination destination =
                destination(plain(topic, KafkaSettings.Key.ID, compression, 1 << 20))) {
            destination.send(events.subList(0, 500));
            long before = System.nanoTime();
            for (int i = 500; i < 10_000; i += 500) {
                assertThat(destination.send(events.subList(i, i + 500))).isEqualTo(Sent.DELIVERED);
            }
            System.out.printf(
                    "Kafka, %s: %.0f a second%n",
                    compression, 9_500 / ((System.nanoTime() - before) / 1e9));
        }
        Tally tally = Tally.of(Events.ids(events), server.ids(topic)).said("Kafka " + compression);
        assertThat(tally).isEqualTo(new Tally(10_000, 10_000, 0, 0));
        assertThat(server.received(topic))
                .allSatisfy(record -> {
                    Event event = events.get(Integer.parseInt(record.key().substring(24), 16));
                    assertThat(record.key()).isEqualTo(event.callId().toString());
                    assertThat(record.value())
                            .isEqualTo(new String(event.json(), StandardCharsets.UTF_8));
                    assertThat(record.timestamp()).isEqualTo(event.time().toEpochMilli());
                });
    }

    @ParameterizedTest
    @CsvSource({"NONE, true, false", "PROJECT, true, true", "PROJECT, false, false"})
    void theKeyIsWhatIsChosen(KafkaSettings.Key key, boolean known, boolean there)
            throws Exception {
        String topic = "keys-" + key + "-" + known;
        server.make(topic, Map.of());
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            CallRecords call = CallRecords.at(Instant.EPOCH, i).key("k", "key", "p");
            events.add(Fields.ALL.event(i, (known ? call : call.caller(null)).build()));
        }
        try (KafkaDestination destination = destination(plain(topic, key, "none", 1 << 20))) {
            assertThat(destination.send(events)).isEqualTo(Sent.DELIVERED);
        }
        assertThat(server.received(topic).stream().map(ConsumerRecord::key).toList())
                .hasSize(20)
                .allMatch(each -> there == (each != null));
    }

    @Test
    void whatIsTooLargeIsRefusedAndWhatIsBeforeItIsSent() throws Exception {
        server.make("large", Map.of());
        List<Event> events = new ArrayList<>(Events.of(0, 5));
        events.set(3, large(3, 20_000));
        try (KafkaDestination destination =
                destination(plain("large", KafkaSettings.Key.ID, "none", 16 << 10))) {
            Sent.Refused refused = (Sent.Refused) destination.send(events);
            assertThat(refused.position()).isEqualTo(OptionalInt.of(3));
            assertThat(refused.reason()).contains("max_request");
        }
        assertThat(new HashSet<>(server.ids("large")))
                .isEqualTo(new HashSet<>(Events.ids(Events.of(0, 3))));
    }

    @Test
    void whatTheTopicFindsTooLargeIsRefusedWithItsPosition() throws Exception {
        server.make("small", Map.of("max.message.bytes", "4000"));
        List<Event> events = new ArrayList<>(Events.of(0, 5));
        events.set(3, large(3, 20_000));
        try (KafkaDestination destination =
                destination(plain("small", KafkaSettings.Key.ID, "none", 1 << 20))) {
            Sent.Refused refused = (Sent.Refused) destination.send(events);
            assertThat(refused.position()).isEqualTo(OptionalInt.of(3));
            assertThat(refused.reason()).contains("max.message.bytes");
        }
        assertThat(server.ids("small")).containsAll(Events.ids(Events.of(0, 3)));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void whatTheTopicFindsTooNewIsRefusedThoughItIsAmongOthers(int many) throws Exception {
        String topic = "new-" + many;
        server.make(topic, Map.of());
        Instant future = Instant.parse("2099-01-01T00:00:00Z");
        List<Event> events = new ArrayList<>(Events.of(0, 5));
        for (int i = 1; i <= many; i++) {
            events.set(i, Events.with(i, new UUID(7, i), future, "{}"));
        }
        try (KafkaDestination destination =
                destination(plain(topic, KafkaSettings.Key.NONE, "none", 1 << 20))) {
            assertThat(destination.send(events)).isInstanceOf(Sent.Refused.class);
            assertThat(destination.send(events.subList(0, 1))).isEqualTo(Sent.DELIVERED);
            Sent.Refused refused = (Sent.Refused) destination.send(events.subList(1, 2));
            assertThat(refused.reason()).contains("older or newer than the topic allows");
        }
        assertThat(server.ids(topic)).isEqualTo(Events.ids(events.subList(0, 1)));
    }

    @ParameterizedTest
    @CsvSource({"PLAIN", "SCRAM-SHA-512"})
    void logsInOverTls(String mechanism) throws Exception {
        String topic = "login-" + mechanism;
        server.make(topic, Map.of());
        boolean plain = mechanism.equals("PLAIN");
        KafkaSettings.Login login =
                new KafkaSettings.Login(
                        mechanism,
                        plain ? KafkaServer.USER : KafkaServer.SCRAM_USER,
                        new Secret(plain ? KafkaServer.PASSWORD : KafkaServer.SCRAM_PASSWORD));
        try (KafkaDestination destination =
                destination(secured(Listener.SASL, topic, Optional.of(login), certificate))) {
            assertThat(destination.send(Events.of(0, 20))).isEqualTo(Sent.DELIVERED);
        }
        assertThat(server.ids(topic)).hasSize(20);
        KafkaSettings.Login wrong =
                new KafkaSettings.Login(mechanism, "scram", new Secret("wr0ng"));
        KafkaSettings settings = secured(Listener.SASL, topic, Optional.of(wrong), certificate);
        assertThat(settings.toString() + settings.client()).doesNotContain("wr0ng");
        try (KafkaDestination destination = destination(settings)) {
            Sent.Failed failed = (Sent.Failed) destination.send(Events.of(0, 20));
            assertThat(failed.reason()).contains("does not let Weir in").doesNotContain("wr0ng");
        }
    }

    @Test
    void aCertificateThatIsNotBelievedIsAFailure() throws Exception {
        server.make("tls", Map.of());
        try (KafkaDestination destination =
                destination(secured(Listener.SSL, "tls", NOBODY, certificate))) {
            assertThat(destination.send(Events.of(0, 20))).isEqualTo(Sent.DELIVERED);
        }
        KafkaSettings unbelieved = secured(Listener.SSL, "tls", NOBODY, null);
        try (KafkaDestination destination = destination(unbelieved)) {
            Sent.Failed failed = (Sent.Failed) destination.send(Events.of(0, 20));
            assertThat(failed.reason()).contains("certificate is not believed");
        }
        assertThat(server.ids("tls")).hasSize(20);
    }

    @Test
    void anAddressThatTheClusterNamesIsCheckedToo() throws Exception {
        server.make("elsewhere", Map.of());
        KafkaSettings settings =
                hasty(secured(Listener.ELSEWHERE, "elsewhere", NOBODY, certificate));
        try (KafkaDestination destination = destination(settings)) {
            Sent.Failed failed = (Sent.Failed) destination.send(Events.of(0, 1));
            assertThat(failed.reason())
                    .contains("'169.254.169.254' is at an address that is not public");
        }
    }

    @Test
    void withoutTlsAHostHasToBeAllowed() throws Exception {
        KafkaSettings usual = hasty(plain("plain", KafkaSettings.Key.NONE, "none", 1 << 20));
        KafkaSettings settings = with(usual, reach(false, List.of(), null, usual.reach().whole()));
        try (KafkaDestination destination = destination(settings)) {
            Sent.Failed failed = (Sent.Failed) destination.send(Events.of(0, 1));
            assertThat(failed.reason()).contains("'127.0.0.1' is not named in allow");
        }
    }

    @Test
    void nothingIsLostThoughTheBrokerIsKilledInBetween() throws Exception {
        server.make("killed", Map.of());
        List<Event> events = Events.of(0, 3_000);
        try (KafkaDestination destination =
                destination(hasty(plain("killed", KafkaSettings.Key.ID, "gzip", 1 << 20)))) {
            Events.untilDelivered(destination, events.subList(0, 1_000));
            server.server().kill9();
            assertThat(destination.send(events.subList(1_000, 2_000)))
                    .isInstanceOf(Sent.Failed.class);
            server.server().start();
            Events.untilDelivered(destination, events.subList(1_000, 2_000));
            Thread killer = Thread.ofVirtual().start(server.server()::kill9);
            destination.send(events.subList(2_000, 3_000));
            killer.join();
            server.server().start();
            Events.untilDelivered(destination, events.subList(2_000, 3_000));
        }
        Tally tally = Tally.of(Events.ids(events), server.ids("killed")).said("Kafka killed");
        assertThat(tally.lost()).isZero();
    }

    @Test
    void whoWaitsForABrokerCanBeInterrupted() throws Exception {
        KafkaSettings usual = plain("absent", KafkaSettings.Key.NONE, "none", 1 << 20);
        KafkaSettings away =
                new KafkaSettings(
                        List.of("127.0.0.1:1"),
                        usual.reach(),
                        "absent",
                        usual.key(),
                        NOBODY,
                        "none",
                        1 << 20);
        List<Object> became = new ArrayList<>();
        Thread sending =
                Thread.ofPlatform()
                        .start(() -> {
                            try (KafkaDestination destination = destination(away)) {
                                became.add(destination.send(Events.of(0, 1)));
                            } catch (InterruptedException e) {
                                became.add(e);
                            }
                        });
        sending.interrupt();
        sending.join();
        assertThat(became.getFirst()).isInstanceOf(InterruptedException.class);
    }

    @Test
    void everyCallIsThereThoughWeirIsKilledInBetween() throws Exception {
        server.make("calls", Map.of());
        RunningWeir.Start start =
                RunningWeir.in(directory.resolve("data"))
                        .variable("KAFKA_PASSWORD", KafkaServer.SCRAM_PASSWORD)
                        .config(
                                """
                                exporters:
                                  - name: bus
                                    kind: kafka
                                    servers: ['%s']
                                    topic: calls
                                    key: project
                                    security: sasl_ssl
                                    username: scram
                                    password: env:KAFKA_PASSWORD
                                    allow: [127.0.0.1]
                                    certificates: %s
                                    batch: {events: 7, age: 20ms}
                                    retry: {first: 20ms}
                                """
                                        .formatted(
                                                server.address(Listener.SASL), certificate.pem()));
        Set<UUID> calls = KilledWeir.calls(start, () -> server.ids("calls"));
        Tally tally = Tally.of(calls, server.ids("calls")).said("Kafka, from the jar");
        assertThat(tally.lost()).isZero();
        assertThat(server.received("calls"))
                .noneMatch(record -> record.value().contains("a secret question"));
    }

    private static KafkaDestination destination(KafkaSettings settings) {
        return new KafkaDestination(
                settings,
                new GuardedDial(
                        settings.reach().allow(),
                        settings.reach().certificates(),
                        Resolver.SYSTEM));
    }

    private static KafkaSettings plain(
            String topic, KafkaSettings.Key key, String compression, int mostBytes) {
        return new KafkaSettings(
                List.of(server.address(Listener.PLAINTEXT)),
                reach(false, List.of("127.0.0.1"), null, GENEROUS),
                topic,
                key,
                NOBODY,
                compression,
                mostBytes);
    }

    private static KafkaSettings secured(
            Listener listener,
            String topic,
            Optional<KafkaSettings.Login> login,
            @Nullable Certificate believed) {
        return new KafkaSettings(
                List.of(server.address(listener)),
                reach(true, List.of("127.0.0.1"), believed, GENEROUS),
                topic,
                KafkaSettings.Key.NONE,
                login,
                "gzip",
                1 << 20);
    }

    private static KafkaSettings hasty(KafkaSettings usual) {
        KafkaSettings.Reach reach = usual.reach();
        return with(
                usual,
                new KafkaSettings.Reach(
                        reach.secured(),
                        reach.allow(),
                        reach.certificates(),
                        Duration.ofSeconds(3),
                        Duration.ofSeconds(4)));
    }

    private static KafkaSettings with(KafkaSettings usual, KafkaSettings.Reach reach) {
        return new KafkaSettings(
                usual.servers(),
                reach,
                usual.topic(),
                usual.key(),
                usual.login(),
                usual.compression(),
                usual.mostBytes());
    }

    private static KafkaSettings.Reach reach(
            boolean secured, List<String> allow, @Nullable Certificate believed, Duration whole) {
        return new KafkaSettings.Reach(
                secured, allow, Optional.ofNullable(believed).map(Certificate::pem), whole, whole);
    }

    private static Event large(int number, int bytes) {
        return Events.with(number, "\"" + "x".repeat(bytes) + "\"");
    }
}
