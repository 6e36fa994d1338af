package io.weir.export.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weir.export.Event;
import io.weir.export.Sent;
import io.weir.export.Tally;
import io.weir.export.otlp.OtlpDouble.Trouble;
import io.weir.export.otlp.OtlpServer.Protocol;
import io.weir.outbound.Certificate;
import io.weir.outbound.GuardedGrpc;
import io.weir.outbound.GuardedHttp;
import io.weir.outbound.HttpSettings;
import io.weir.outbound.Resolver;
import io.weir.wire.Secret;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of batches, over HTTP and over gRPC. */
class OtlpDestinationTest {
    private static final Duration PATIENT = Duration.ofSeconds(20);
    private static final List<Signal> TRACES = List.of(Signal.TRACES);

    private final OtlpDouble minded = new OtlpDouble();

    @TempDir private Path directory;

    @ParameterizedTest
    @EnumSource
    void everySignalArrivesWithTheHeaders(Protocol protocol) throws Exception {
        List<Event> events = new ArrayList<>(TracedCalls.of(0, 10));
        events.add(TracedCalls.event(10, TracedCalls.call(10).outcome("completed", 500).build()));
        try (OtlpServer server = protocol.serve(minded, Optional.empty());
                OtlpDestination destination =
                        destination(protocol, server.port(), List.of(Signal.values()))) {
            assertThat(destination.send(events)).isEqualTo(Sent.DELIVERED);
            assertThat(destination.send(TracedCalls.of(11, 2))).isEqualTo(Sent.DELIVERED);
        }
        assertThat(minded.calls()).hasSize(13);
        assertThat(minded.logs()).as("a batch without failures has none").hasSize(1);
        assertThat(minded.metrics()).hasSize(2);
        assertThat(minded.heads())
                .hasSize(5)
                .allSatisfy(head ->
                        assertThat(head)
                                .containsEntry("authorization", "Bearer " + OtlpDouble.TOKEN)
                                .containsEntry("x-scope-orgid", "42"));
    }

    @ParameterizedTest
    @EnumSource
    void anOutageLosesNothing(Protocol protocol) throws Exception {
        OtlpServer first = protocol.serve(minded, Optional.empty());
        int port = first.port();
        first.close();
        List<Event> events = TracedCalls.of(0, 10);
        try (OtlpDestination destination = destination(protocol, port, TRACES)) {
            Sent.Failed failed = (Sent.Failed) destination.send(events);
            assertThat(failed.reason()).contains("cannot be reached");
            try (OtlpServer again = protocol.serve(minded, Optional.empty(), port)) {
                assertThat(again.port()).isEqualTo(port);
                assertThat(destination.send(events)).isEqualTo(Sent.DELIVERED);
            }
        }
        assertThat(tally(events, protocol, "outage")).isEqualTo(new Tally(10, 10, 0, 0));
    }

    @ParameterizedTest
    @EnumSource
    void whatMayPassIsAFailureAndNothingIsLost(Protocol protocol) throws Exception {
        List<Event> events = TracedCalls.of(0, 10);
        List<Trouble> troubles = new ArrayList<>();
        for (Trouble each : Trouble.values()) {
            if (each.refuses() && each != Trouble.TOO_LARGE) {
                troubles.add(each);
            }
        }
        minded.next(troubles.toArray(Trouble[]::new));
        try (OtlpServer server = protocol.serve(minded, Optional.empty());
                OtlpDestination destination = destination(protocol, server.port(), TRACES)) {
            for (Trouble each : troubles) {
                Sent.Failed failed = (Sent.Failed) destination.send(events);
                assertThat(failed.retryAfter())
                        .as(each.name())
                        .isEqualTo(
                                each.asksToWait()
                                        ? Optional.of(Duration.ofSeconds(7))
                                        : Optional.empty());
                assertThat(failed.reason()).doesNotContain(OtlpDouble.TOKEN, "not now");
            }
            assertThat(destination.send(events)).isEqualTo(Sent.DELIVERED);
        }
        assertThat(tally(events, protocol, troubles.toString())).isEqualTo(new Tally(10, 10, 0, 0));
    }

    @ParameterizedTest
    @EnumSource
    void aBatchThatIsTooLargeIsRefused(Protocol protocol) throws Exception {
        minded.next(Trouble.TOO_LARGE);
        try (OtlpServer server = protocol.serve(minded, Optional.empty());
                OtlpDestination destination = destination(protocol, server.port(), TRACES)) {
            assertThat(destination.send(TracedCalls.of(0, 2))).isInstanceOf(Sent.Refused.class);
        }
    }

    @ParameterizedTest
    @EnumSource
    void badDataIsRefusedAndWhoeverHalvesFindsIt(Protocol protocol) throws Exception {
        List<Event> events = TracedCalls.of(0, 4);
        String bad = events.get(2).callId().toString();
        minded.dislikes(span ->
                OtlpDouble.text(span.getAttributesList(), "weir.call.id").anyMatch(bad::equals));
        try (OtlpServer server = protocol.serve(minded, Optional.empty());
                OtlpDestination destination = destination(protocol, server.port(), TRACES)) {
            assertThat(destination.send(events)).isInstanceOf(Sent.Refused.class);
            assertThat(destination.send(events.subList(0, 2))).isEqualTo(Sent.DELIVERED);
            assertThat(destination.send(events.subList(2, 3))).isInstanceOf(Sent.Refused.class);
            assertThat(destination.send(events.subList(3, 4))).isEqualTo(Sent.DELIVERED);
        }
        Tally tally = tally(events, protocol, "an event it will never take");
        assertThat(tally).isEqualTo(new Tally(4, 3, 1, 0));
    }

    @ParameterizedTest
    @EnumSource
    void whatIsRejectedInPartIsCountedAndNeverSentAgain(Protocol protocol) throws Exception {
        List<Event> events = TracedCalls.of(0, 10);
        minded.next(Trouble.PARTIAL);
        try (OtlpServer server = protocol.serve(minded, Optional.empty());
                OtlpDestination destination =
                        destination(protocol, server.port(), List.of(Signal.values()))) {
            assertThat(destination.send(events)).isEqualTo(new Sent.Delivered(2));
            assertThat(destination.send(TracedCalls.of(10, 1))).isEqualTo(new Sent.Delivered(0));
        }
        assertThat(minded.traces()).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource
    void aConnectionThatIsCutMakesDuplicatesWithTheSameSpansAndLosesNothing(Protocol protocol)
            throws Exception {
        List<Event> events = TracedCalls.of(0, 10);
        minded.next(Trouble.CUT);
        OtlpServer server = protocol.serve(minded, Optional.empty());
        int port = server.port();
        try (OtlpDestination destination = destination(protocol, port, TRACES)) {
            assertThat(destination.send(events)).isInstanceOf(Sent.Failed.class);
            server.close();
            try (OtlpServer again = protocol.serve(minded, Optional.empty(), port)) {
                assertThat(again.port()).isEqualTo(port);
                assertThat(destination.send(events)).isEqualTo(Sent.DELIVERED);
            }
        }
        assertThat(tally(events, protocol, "cut")).isEqualTo(new Tally(10, 20, 0, 10));
        assertThat(minded.traces().getFirst()).isEqualTo(minded.traces().getLast());
    }

    @ParameterizedTest
    @EnumSource
    void whatWasTakenIsNotSentAgainWhereOnlyTheRestFailed(Protocol protocol) throws Exception {
        List<Event> events = TracedCalls.of(0, 10);
        try (OtlpServer server = protocol.serve(minded, Optional.empty());
                OtlpDestination destination =
                        destination(
                                protocol, server.port(), List.of(Signal.METRICS, Signal.TRACES))) {
            minded.next(Trouble.PARTIAL, Trouble.UNAVAILABLE);
            assertThat(destination.send(events)).isInstanceOf(Sent.Failed.class);
            assertThat(destination.send(events)).isEqualTo(new Sent.Delivered(2));
            assertThat(destination.send(events)).as("a batch anew").isEqualTo(Sent.DELIVERED);
        }
        assertThat(minded.traces()).hasSize(2);
        assertThat(minded.metrics()).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource
    void anAnswerThatDoesNotComeIsAFailure(Protocol protocol) throws Exception {
        minded.next(Trouble.SILENT);
        try (OtlpServer server = protocol.serve(minded, Optional.empty());
                OtlpDestination destination =
                        destination(
                                protocol,
                                OtlpServer.settings(
                                        server.port(), Optional.empty(), Duration.ofMillis(500)),
                                TRACES)) {
            Sent.Failed failed = (Sent.Failed) destination.send(TracedCalls.of(0, 1));
            assertThat(failed.reason()).contains("did not answer");
            assertThat(destination.send(TracedCalls.of(0, 1))).isEqualTo(Sent.DELIVERED);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whoeverWaitsCanBeInterrupted(Protocol protocol) throws Exception {
        minded.next(Trouble.SILENT);
        AtomicBoolean interrupted = new AtomicBoolean();
        try (OtlpServer server = protocol.serve(minded, Optional.empty());
                OtlpDestination destination = destination(protocol, server.port(), TRACES)) {
            Thread sender =
                    Thread.ofVirtual()
                            .start(() -> {
                                try {
                                    destination.send(TracedCalls.of(0, 1));
                                } catch (InterruptedException e) {
                                    interrupted.set(true);
                                }
                            });
            await().until(() -> minded.heads().size() == 1);
            sender.interrupt();
            sender.join();
        }
        assertThat(interrupted).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void tlsIsSpokenToWhomItsCertificateNames(Protocol protocol) throws Exception {
        Certificate certificate = Certificate.of(directory, "ip:127.0.0.1");
        try (OtlpServer server = protocol.serve(minded, Optional.of(certificate));
                OtlpDestination destination =
                        destination(
                                protocol,
                                OtlpServer.settings(
                                        server.port(), Optional.of(certificate), PATIENT),
                                TRACES)) {
            assertThat(destination.send(TracedCalls.of(0, 2))).isEqualTo(Sent.DELIVERED);
            assertThat(destination.send(TracedCalls.of(2, 2))).isEqualTo(Sent.DELIVERED);
        }
        assertThat(minded.calls()).hasSize(4);
    }

    @ParameterizedTest
    @EnumSource
    void aCertificateThatIsNotBelievedOrNamesAnotherIsAFailure(Protocol protocol) throws Exception {
        Certificate certificate = Certificate.of(directory, "dns:other.test");
        try (OtlpServer server = protocol.serve(minded, Optional.of(certificate))) {
            HttpSettings trusting =
                    OtlpServer.settings(server.port(), Optional.of(certificate), PATIENT);
            HttpSettings wary =
                    new HttpSettings(
                            trusting.url(),
                            trusting.allow(),
                            Optional.empty(),
                            PATIENT,
                            PATIENT,
                            true);
            for (HttpSettings each : List.of(trusting, wary)) {
                try (OtlpDestination destination = destination(protocol, each, TRACES)) {
                    assertThat(destination.send(TracedCalls.of(0, 1)))
                            .isInstanceOf(Sent.Failed.class);
                }
            }
        }
        assertThat(minded.heads()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void theAddressThatWasCheckedIsTheOneThatIsConnectedTo(Protocol protocol) throws Exception {
        try (OtlpServer server = protocol.serve(minded, Optional.empty())) {
            HttpSettings named =
                    new HttpSettings(
                            URI.create("http://collector.test:" + server.port()),
                            List.of("collector.test"),
                            Optional.empty(),
                            PATIENT,
                            PATIENT,
                            false);
            Resolver resolver = host -> new InetAddress[] {InetAddress.getLoopbackAddress()};
            try (OtlpDestination destination = destination(protocol, named, TRACES, resolver)) {
                assertThat(destination.send(TracedCalls.of(0, 1))).isEqualTo(Sent.DELIVERED);
            }
            HttpSettings secure =
                    new HttpSettings(
                            URI.create("https://collector.test:" + server.port()),
                            List.of(),
                            Optional.empty(),
                            PATIENT,
                            PATIENT,
                            false);
            try (OtlpDestination destination = destination(protocol, secure, TRACES, resolver)) {
                Sent.Failed failed = (Sent.Failed) destination.send(TracedCalls.of(0, 1));
                assertThat(failed.reason()).contains("not public");
            }
        }
        assertThat(minded.heads()).hasSize(1);
    }

    private Tally tally(List<Event> events, Protocol protocol, String scenario) {
        return Tally.of(TracedCalls.ids(events), minded.calls())
                .said("OTLP over " + protocol + ", " + scenario);
    }

    private static OtlpDestination destination(Protocol protocol, int port, List<Signal> signals) {
        return destination(protocol, OtlpServer.settings(port, Optional.empty(), PATIENT), signals);
    }

    private static OtlpDestination destination(
            Protocol protocol, HttpSettings http, List<Signal> signals) {
        return destination(protocol, http, signals, Resolver.SYSTEM);
    }

    private static OtlpDestination destination(
            Protocol protocol, HttpSettings http, List<Signal> signals, Resolver resolver) {
        boolean grpc = protocol == Protocol.GRPC;
        OtlpSettings settings =
                new OtlpSettings(
                        http,
                        grpc,
                        signals,
                        Map.of(
                                "authorization",
                                List.of(new Secret("Bearer"), new Secret(OtlpDouble.TOKEN)),
                                "x-scope-orgid",
                                List.of(new Secret("42"))),
                        Map.of("service.name", "weir"));
        assertThat(settings.toString()).doesNotContain(OtlpDouble.TOKEN);
        Carrier carrier =
                grpc
                        ? new GrpcCarrier(new GuardedGrpc(http, resolver), settings.revealed())
                        : new HttpCarrier(
                                new GuardedHttp(http, resolver, Instant::now), settings.revealed());
        return new OtlpDestination(settings, carrier);
    }
}
