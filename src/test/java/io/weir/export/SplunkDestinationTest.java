package io.weir.export;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@Timeout(60)
class SplunkDestinationTest {
    private static final Optional<SplunkSettings.Ack> ACK =
            Optional.of(new SplunkSettings.Ack(Duration.ofSeconds(1), Duration.ofSeconds(5)));

    private final SplunkDouble splunk = new SplunkDouble();
    private final LoopbackServer server = LoopbackServer.plain(splunk);
    private final List<Duration> pauses = new ArrayList<>();

    @TempDir private Path directory;

    SplunkDestinationTest() throws IOException {}

    @AfterEach
    void stop() {
        splunk.end();
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "/services/collector", "/services/collector/event"})
    void eventsComeWithTheirTimeAndTheirOrigin(String path) throws InterruptedException {
        List<Event> events = Events.of(0, 100);
        try (SplunkDestination destination = destination(server.settings(path, false))) {
            assertThat(destination.send(events)).isEqualTo(Sent.DELIVERED);
        }
        assertThat(splunk.ids()).isEqualTo(Events.ids(events));
        JsonNode third = splunk.received().get(3);
        assertThat(third.path("time").toString()).isEqualTo("1790000003.120345");
        assertThat(third.path("host").asString()).isEqualTo("gateway \"1\"");
        assertThat(third.path("source").asString()).isEqualTo("weir");
        assertThat(third.path("sourcetype").asString()).isEqualTo("weir:call");
        assertThat(third.path("index").asString()).isEqualTo("llm");
        assertThat(third.path("event").path("model").asString()).isEqualTo("gpt-5 ü ü");
    }

    @Test
    void theTokensOwnIndexIsTakenWhereNoneIsGiven() throws InterruptedException {
        SplunkSettings settings =
                settings(server.settings("/", true), SplunkDouble.TOKEN, Optional.empty());
        SplunkSettings indexless =
                new SplunkSettings(
                        settings.http(),
                        settings.token(),
                        "h",
                        "s",
                        "t",
                        Optional.empty(),
                        Optional.empty());
        try (SplunkDestination destination = destination(indexless)) {
            assertThat(destination.send(Events.of(0, 1))).isEqualTo(Sent.DELIVERED);
        }
        assertThat(splunk.received().getFirst().has("index")).isFalse();
    }

    @ParameterizedTest
    @EnumSource(
            value = SplunkDouble.Trouble.class,
            names = {"TOO_LARGE", "ANSWER_LOST", "SILENT"},
            mode = EnumSource.Mode.EXCLUDE)
    void whatMayPassIsAFailureAndNothingIsLost(SplunkDouble.Trouble trouble)
            throws InterruptedException {
        splunk.next(trouble, trouble);
        List<Event> events = Events.of(0, 10);
        try (SplunkDestination destination = destination(server.settings("/", true))) {
            assertThat(destination.send(events)).isInstanceOf(Sent.Failed.class);
            assertThat(Events.untilDelivered(destination, events)).isEqualTo(2);
        }
        Tally tally = Tally.of(Events.ids(events), splunk.ids()).said("Splunk, " + trouble);
        assertThat(tally).isEqualTo(new Tally(10, 10, 0, 0));
    }

    @ParameterizedTest
    @EnumSource(
            value = SplunkDouble.Trouble.class,
            names = {"BUSY", "SHUTTING_DOWN", "AT_CAPACITY"})
    void howLongToWaitIsPassedOn(SplunkDouble.Trouble trouble) throws InterruptedException {
        splunk.next(trouble);
        try (SplunkDestination destination = destination(server.settings("/", false))) {
            Sent.Failed failed = (Sent.Failed) destination.send(Events.of(0, 1));
            assertThat(failed.retryAfter()).contains(Duration.ofSeconds(7));
        }
    }

    @Test
    void anAnswerThatIsLostMakesDuplicatesAndLosesNothing() throws InterruptedException {
        splunk.next(SplunkDouble.Trouble.ANSWER_LOST, SplunkDouble.Trouble.ANSWER_LOST);
        List<Event> events = Events.of(0, 10);
        try (SplunkDestination destination = destination(server.settings("/", false))) {
            assertThat(Events.untilDelivered(destination, events)).isEqualTo(3);
        }
        Tally tally = Tally.of(Events.ids(events), splunk.ids()).said("Splunk, answers lost");
        assertThat(tally).isEqualTo(new Tally(10, 30, 0, 20));
    }

    @Test
    void anAnswerThatDoesNotComeIsAFailure() throws InterruptedException {
        splunk.next(SplunkDouble.Trouble.SILENT);
        HttpSettings hasty = server.settings("/", false, Duration.ofMillis(300));
        try (SplunkDestination destination = destination(hasty)) {
            assertThat(destination.send(Events.of(0, 1))).isInstanceOf(Sent.Failed.class);
        }
    }

    @Test
    void anOutageIsAFailure() throws InterruptedException {
        server.close();
        try (SplunkDestination destination = destination(server.settings("/", false))) {
            Sent.Failed failed = (Sent.Failed) destination.send(Events.of(0, 1));
            assertThat(failed.reason()).contains("cannot be reached");
        }
    }

    @Test
    void anInvalidEventIsRefusedWithItsPosition() throws InterruptedException {
        List<Event> events = new ArrayList<>(Events.of(0, 5));
        events.set(3, Events.with(3, "{\"a\":"));
        try (SplunkDestination destination = destination(server.settings("/", false))) {
            Sent.Refused refused = (Sent.Refused) destination.send(events);
            assertThat(refused.reason()).contains("position 3", "code 6");
        }
        assertThat(splunk.ids()).as("those before it are taken").hasSize(3);
    }

    @Test
    void aBlankEventAndABatchThatIsTooLargeAreRefused() throws InterruptedException {
        try (SplunkDestination destination = destination(server.settings("/", false))) {
            assertThat(destination.send(List.of(Events.with(0, "\"\""))))
                    .isInstanceOf(Sent.Refused.class);
            splunk.next(SplunkDouble.Trouble.TOO_LARGE);
            Sent.Refused refused = (Sent.Refused) destination.send(Events.of(0, 1));
            assertThat(refused.reason()).contains("413");
        }
    }

    @Test
    void aWrongTokenIsAFailureThatDoesNotShowIt() throws InterruptedException {
        HttpSettings http = server.settings("/", false);
        SplunkSettings settings = settings(http, "s3cret-token", Optional.empty());
        assertThat(settings.toString()).doesNotContain("s3cret");
        try (SplunkDestination destination = destination(settings)) {
            Sent.Failed failed = (Sent.Failed) destination.send(Events.of(0, 1));
            assertThat(failed.reason()).contains("403", "Check token").doesNotContain("s3cret");
        }
        assertThat(splunk.received()).isEmpty();
    }

    @Test
    void aWrongIndexIsAFailure() throws InterruptedException {
        SplunkSettings usual =
                settings(server.settings("/", false), SplunkDouble.TOKEN, Optional.empty());
        SplunkSettings settings =
                new SplunkSettings(
                        usual.http(),
                        usual.token(),
                        "h",
                        "s",
                        "t",
                        Optional.of("forbidden"),
                        Optional.empty());
        try (SplunkDestination destination = destination(settings)) {
            Sent.Failed failed = (Sent.Failed) destination.send(Events.of(0, 1));
            assertThat(failed.reason()).contains("incorrect index");
        }
    }

    @Test
    void aCertificateThatIsNotBelievedIsAFailure()
            throws IOException, InterruptedException, GeneralSecurityException {
        Certificate certificate = Certificate.of(directory, "dns:other.test");
        try (LoopbackServer secure = LoopbackServer.tls(certificate, splunk);
                SplunkDestination destination = destination(secure.settings("/", false))) {
            assertThat(destination.send(Events.of(0, 1))).isInstanceOf(Sent.Failed.class);
        }
        assertThat(splunk.received()).isEmpty();
    }

    @Test
    void aBatchIsDeliveredWhenItIsAcknowledged() throws InterruptedException {
        splunk.acknowledgingAfter(3);
        List<Event> events = Events.of(0, 10);
        try (SplunkDestination destination = acknowledged()) {
            assertThat(destination.send(events)).isEqualTo(Sent.DELIVERED);
            assertThat(destination.send(Events.of(10, 1))).isEqualTo(Sent.DELIVERED);
        }
        assertThat(pauses).hasSize(6).containsOnly(Duration.ofSeconds(1));
        assertThat(splunk.questions()).as("one beforehand").isEqualTo(7);
    }

    @Test
    void anAcknowledgementThatNeverComesIsAFailure() throws InterruptedException {
        splunk.acknowledgingAfter(0);
        try (SplunkDestination destination = acknowledged()) {
            Sent.Failed failed = (Sent.Failed) destination.send(Events.of(0, 1));
            assertThat(failed.reason()).contains("not acknowledged", "5 s");
        }
        assertThat(pauses).hasSize(5);
    }

    @Test
    void anAcknowledgementThatComesTooLateMakesDuplicatesAndLosesNothing()
            throws InterruptedException {
        splunk.acknowledgingAfter(6);
        List<Event> events = Events.of(0, 10);
        try (SplunkDestination destination = acknowledged()) {
            assertThat(destination.send(events)).isInstanceOf(Sent.Failed.class);
            splunk.acknowledgingAfter(2);
            assertThat(Events.untilDelivered(destination, events)).isEqualTo(1);
        }
        Tally tally = Tally.of(Events.ids(events), splunk.ids()).said("Splunk, late acks");
        assertThat(tally).isEqualTo(new Tally(10, 20, 0, 10));
    }

    @Test
    void nothingIsSentToATokenThatDoesNotAcknowledge() throws InterruptedException {
        try (SplunkDestination destination = acknowledged()) {
            for (int i = 0; i < 3; i++) {
                Sent.Failed failed = (Sent.Failed) destination.send(Events.of(0, 1));
                assertThat(failed.reason()).contains("code 14", "set ack to false");
            }
        }
        assertThat(splunk.received()).isEmpty();
    }

    @Test
    void aTokenThatAcknowledgesWantsAChannel() throws InterruptedException {
        splunk.acknowledgingAfter(1);
        try (SplunkDestination destination = destination(server.settings("/", false))) {
            Sent.Failed failed = (Sent.Failed) destination.send(Events.of(0, 1));
            assertThat(failed.reason()).contains("code 10", "set ack to true");
        }
    }

    private SplunkDestination acknowledged() {
        return destination(settings(server.settings("/", false), SplunkDouble.TOKEN, ACK));
    }

    private SplunkDestination destination(HttpSettings http) {
        return destination(settings(http, SplunkDouble.TOKEN, Optional.empty()));
    }

    private SplunkDestination destination(SplunkSettings settings) {
        GuardedHttp http = new GuardedHttp(settings.http(), Resolver.SYSTEM, Instant::now);
        return new SplunkDestination(settings, http, new UUID(1, 2), pauses::add);
    }

    private static SplunkSettings settings(
            HttpSettings http, String token, Optional<SplunkSettings.Ack> ack) {
        return new SplunkSettings(
                http,
                new Secret(token),
                "gateway \"1\"",
                "weir",
                "weir:call",
                Optional.of("llm"),
                ack);
    }
}
