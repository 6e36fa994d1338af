package io.weir.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.export.S3Double.Trouble;
import io.weir.outbound.Certificate;
import io.weir.outbound.GuardedHttp;
import io.weir.outbound.HttpSettings;
import io.weir.outbound.LoopbackServer;
import io.weir.outbound.Resolver;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class S3DestinationTest {
    private final S3Double store = new S3Double();
    private final LoopbackServer server = LoopbackServer.plain(store);

    @TempDir private Path directory;

    S3DestinationTest() throws IOException {}

    @AfterEach
    void stop() {
        store.end();
        server.close();
    }

    @Test
    void aBatchIsAFileNamedByItsFirstEvent() throws Exception {
        List<Event> events = Events.of(0, 100);
        try (S3Destination destination = destination(server.settings("/bucket", false))) {
            assertThat(destination.send(events)).isEqualTo(Sent.DELIVERED);
        }
        assertThat(store.objects())
                .containsOnlyKeys(
                        "/bucket/weir/day=2026-09-21/weir-0000000000000000-00000000-0000-0007-0000-000000000000.parquet");
        assertThat(store.ids()).isEqualTo(Events.ids(events));
        assertThat(store.fields())
                .containsEntry("X-amz-server-side-encryption", "aws:kms")
                .containsEntry("X-amz-server-side-encryption-aws-kms-key-id", "key-1");
    }

    @Test
    void aBatchAcrossMidnightIsTwoFiles() throws Exception {
        List<Event> events =
                List.of(
                        event(1, "2026-11-26T23:59:59.999999Z"),
                        event(2, "2026-11-27T00:00:00Z"),
                        event(3, "2026-11-26T23:59:58Z"));
        try (S3Destination destination = destination(server.settings("/", false))) {
            assertThat(destination.send(events)).isEqualTo(Sent.DELIVERED);
        }
        assertThat(store.objects()).hasSize(2);
        assertThat(store.ids()).containsExactly(id(1), id(3), id(2));
    }

    @Test
    void aBatchThatIsCutDifferentlyTheSecondTimeLeavesNothingTwice() throws Exception {
        List<Event> events =
                List.of(
                        event(1, "2026-11-26T23:59:58Z"),
                        event(2, "2026-11-27T00:00:01Z"),
                        event(3, "2026-11-26T23:59:59Z"),
                        event(4, "2026-11-27T00:00:02Z"),
                        event(5, "2026-11-26T23:59:59Z"));
        try (S3Destination destination = destination(server.settings("/", false))) {
            store.next(Trouble.ANSWER_LOST);
            assertThat(destination.send(events)).isInstanceOf(Sent.Failed.class);
            destination.send(events);
            for (int cut = 1; cut < 5; cut++) {
                destination.send(events.subList(0, cut));
                destination.send(events.subList(cut, 5));
                Tally tally = Tally.of(Events.ids(events), store.ids()).said("S3, cut at " + cut);
                assertThat(tally).isEqualTo(new Tally(5, 5, 0, 0));
                store.objects().clear();
                destination.send(events);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Trouble.class,
            names = {"TOO_LARGE", "SILENT"},
            mode = EnumSource.Mode.EXCLUDE)
    void whatMayPassIsAFailureAndNothingIsLostOrTwice(Trouble trouble) throws Exception {
        store.next(trouble, trouble);
        List<Event> events = Events.of(0, 10);
        try (S3Destination destination = destination(server.settings("/b", false))) {
            assertThat(destination.send(events)).isInstanceOf(Sent.Failed.class);
            assertThat(Events.untilDelivered(destination, events)).isEqualTo(2);
        }
        Tally tally = Tally.of(Events.ids(events), store.ids()).said("S3, " + trouble);
        assertThat(tally).isEqualTo(new Tally(10, 10, 0, 0));
    }

    @ParameterizedTest
    @CsvSource({
        "NO_BUCKET, Make the bucket",
        "DENIED, s3:PutObject",
        "WRONG_SECRET, Check secret_key",
        "WRONG_REGION, Check region",
        "EXPIRED, session_token",
        "SKEWED, clock",
        "SLOW_DOWN, '503, SlowDown'",
        "REDIRECT, a redirect"
    })
    void aFailureSaysWhatToDoAndNoSecret(Trouble trouble, String advice) throws Exception {
        store.next(trouble);
        try (S3Destination destination = destination(server.settings("/b", false))) {
            Sent.Failed failed = (Sent.Failed) destination.send(Events.of(0, 1));
            assertThat(failed.reason()).contains(advice).doesNotContain("AKID", "s3cret");
        }
    }

    @Test
    void aFileThatIsTooLargeIsRefused() throws Exception {
        store.next(Trouble.TOO_LARGE);
        try (S3Destination destination = destination(server.settings("/b", false))) {
            assertThat(destination.send(Events.of(0, 2))).isInstanceOf(Sent.Refused.class);
        }
    }

    @Test
    void anAnswerThatDoesNotComeIsAFailure() throws Exception {
        store.next(Trouble.SILENT);
        HttpSettings hasty = server.settings("/b", false, Duration.ofMillis(300));
        try (S3Destination destination = destination(hasty)) {
            assertThat(destination.send(Events.of(0, 1))).isInstanceOf(Sent.Failed.class);
        }
    }

    @Test
    void anOutageIsAFailure() throws Exception {
        server.close();
        try (S3Destination destination = destination(server.settings("/b", false))) {
            Sent.Failed failed = (Sent.Failed) destination.send(Events.of(0, 1));
            assertThat(failed.reason()).contains("cannot be reached");
        }
    }

    @Test
    void aCertificateOfAnotherNameIsAFailure() throws Exception {
        Certificate certificate = Certificate.of(directory, "dns:other.test");
        try (LoopbackServer secure = LoopbackServer.tls(certificate, store);
                S3Destination destination = destination(secure.settings("/b", false))) {
            assertThat(destination.send(Events.of(0, 1))).isInstanceOf(Sent.Failed.class);
        }
        assertThat(store.objects()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "https://s3.eu-central-1.amazonaws.com, false, https://calls.s3.eu-central-1.amazonaws.com/",
        "https://s3.eu-central-1.amazonaws.com, true, https://s3.eu-central-1.amazonaws.com/calls",
        "https://minio.example.com:9000/s3/, true, https://minio.example.com:9000/s3/calls"
    })
    void aBucketIsNamedInTheHostOrInThePath(URI endpoint, boolean asPath, URI bucket) {
        assertThat(S3Settings.bucket(endpoint, "calls", asPath)).isEqualTo(bucket);
    }

    @ParameterizedTest
    @CsvSource({
        "weir/, us-east-1, AES256, , prefix",
        "weir, 'us east', AES256, , region",
        "weir, us-east-1, none, , encryption",
        "weir, us-east-1, AES256, key, kms_key"
    })
    void whatS3DoesNotTakeIsNoSetting(
            String prefix, String region, String encryption, String kmsKey, String key) {
        HttpSettings http = server.settings("/b", false);
        S3Signature signature = S3ProxyServer.signature("x");
        S3Signature elsewhere =
                new S3Signature(
                        region, signature.accessKey(), signature.secretKey(), Optional.empty());
        assertThatThrownBy(() ->
                        new S3Settings(
                                http,
                                elsewhere,
                                prefix,
                                Optional.of(encryption),
                                Optional.ofNullable(kmsKey),
                                List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(key);
    }

    private static S3Destination destination(HttpSettings http) {
        S3Settings settings =
                new S3Settings(
                        http,
                        S3ProxyServer.signature("s3cret-key"),
                        "weir",
                        Optional.of("aws:kms"),
                        Optional.of("key-1"),
                        S3Settings.columns(Fields.ALL));
        return new S3Destination(
                settings, new GuardedHttp(http, Resolver.SYSTEM, Instant::now), Instant::now);
    }

    private static UUID id(int number) {
        return new UUID(7, number);
    }

    private static Event event(int number, String time) {
        String json = "{\"id\":\"%s\"}".formatted(id(number));
        return Events.with(number, id(number), Instant.parse(time), json);
    }
}
