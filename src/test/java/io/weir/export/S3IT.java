package io.weir.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.call.CallRecords;
import io.weir.it.RunningWeir;
import io.weir.outbound.GuardedHttp;
import io.weir.outbound.HttpSettings;
import io.weir.outbound.Resolver;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** A server of S3 that checks signatures takes what is sent. */
@NeedsServer(variable = S3ProxyServer.VARIABLE)
class S3IT {
    private static final Resolver LOOPBACK =
            host -> new InetAddress[] {InetAddress.getLoopbackAddress()};

    @TempDir private Path directory;
    private S3ProxyServer server;

    @SuppressWarnings("NullAway.Init")
    S3IT() {}

    @BeforeEach
    void start() throws Exception {
        server = S3ProxyServer.in(directory);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void filesAreTakenWhicheverWayTheBucketIsNamed(boolean asPath) throws Exception {
        List<Event> events = calls(10_000);
        URI bucket = S3Settings.bucket(server.endpoint(), S3ProxyServer.BUCKET, asPath);
        try (S3Destination destination = destination(bucket, "s3cret-key")) {
            assertThat(destination.send(events.subList(0, 100))).isEqualTo(Sent.DELIVERED);
            long before = System.nanoTime();
            assertThat(destination.send(events.subList(100, 10_000))).isEqualTo(Sent.DELIVERED);
            System.out.printf("S3: %.0f a second%n", 9_900 / ((System.nanoTime() - before) / 1e9));
        }
        assertThat(server.keys())
                .hasSize(2)
                .allMatch(key -> key.startsWith("weir/day=2026-11-26/"));
        Tally tally = Tally.of(Events.ids(events), server.ids()).said("S3");
        assertThat(tally).isEqualTo(new Tally(10_000, 10_000, 0, 0));
    }

    @Test
    void aWrongSecretAndAMissingBucketAreFailuresThatSayWhatToDo() throws Exception {
        URI bucket = S3Settings.bucket(server.endpoint(), S3ProxyServer.BUCKET, true);
        try (S3Destination destination = destination(bucket, "wr0ng-key")) {
            Sent.Failed failed = (Sent.Failed) destination.send(Events.of(0, 1));
            assertThat(failed.reason()).contains("403", "Check secret_key").doesNotContain("wr0ng");
        }
        URI missing = S3Settings.bucket(server.endpoint(), "missing", true);
        try (S3Destination destination = destination(missing, "s3cret-key")) {
            Sent.Failed failed = (Sent.Failed) destination.send(Events.of(0, 1));
            assertThat(failed.reason()).contains("NoSuchBucket", "Make the bucket");
        }
        assertThat(server.keys()).isEmpty();
    }

    @Test
    void nothingIsLostOrTwiceThoughTheServerIsKilledInBetween() throws Exception {
        URI bucket = S3Settings.bucket(server.endpoint(), S3ProxyServer.BUCKET, true);
        List<Event> events = Events.of(0, 1_000);
        try (S3Destination destination = destination(bucket, "s3cret-key")) {
            Events.untilDelivered(destination, events.subList(0, 300));
            server.server().kill9();
            assertThat(destination.send(events.subList(300, 600))).isInstanceOf(Sent.Failed.class);
            server.server().start();
            Events.untilDelivered(destination, events.subList(300, 600));
            Events.untilDelivered(destination, events.subList(600, 1_000));
        }
        Tally tally = Tally.of(Events.ids(events), server.ids()).said("S3 killed");
        assertThat(tally).isEqualTo(new Tally(1_000, 1_000, 0, 0));
    }

    @Test
    void everyCallIsThereThoughWeirIsKilledInBetween() throws Exception {
        RunningWeir.Start start =
                RunningWeir.in(directory.resolve("data"))
                        .variable("S3_ACCESS", "AKIDEXAMPLE")
                        .variable("S3_SECRET", "s3cret-key")
                        .config(
                                """
                                exporters:
                                  - name: lake
                                    kind: s3
                                    url: %s
                                    bucket: %s
                                    access_key: env:S3_ACCESS
                                    secret_key: env:S3_SECRET
                                    allow: [localhost]
                                    batch: {events: 7, age: 20ms}
                                    retry: {first: 20ms}
                                """
                                        .formatted(server.endpoint(), S3ProxyServer.BUCKET));
        Set<UUID> calls = KilledWeir.calls(start, server::ids);
        Tally tally = Tally.of(calls, server.ids()).said("S3, from the jar");
        assertThat(tally).isEqualTo(new Tally(calls.size(), calls.size(), 0, 0));
        assertThat(server.rows().stream().map(row -> row.path("status").asInt()))
                .contains(200, 500);
        assertThat(server.rows().stream().map(JsonNode::toString).toList().toString())
                .doesNotContain("a secret question");
    }

    private S3Destination destination(URI bucket, String secret) {
        HttpSettings http = server.settings(bucket);
        S3Settings settings =
                new S3Settings(
                        http,
                        S3ProxyServer.signature(secret),
                        "weir",
                        Optional.empty(),
                        Optional.empty(),
                        S3Settings.columns(Fields.ALL));
        return new S3Destination(
                settings, new GuardedHttp(http, LOOPBACK, Instant::now), Instant::now);
    }

    private static List<Event> calls(int count) {
        Random random = new Random(20261126);
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Instant time = Instant.parse("2026-11-26T01:02:03Z").plusMillis(i);
            events.add(Fields.ALL.event(i, CallRecords.any(random, time)));
        }
        return events;
    }
}
