package io.weir.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** On a small disk, a tmpfs, which only root can mount: skipped, and said so, for anybody else. */
class DiskFullIT {
    private static final int DISK_MIB = 96;
    private static final int STORE_NEEDS_MIB = 24;
    private static final int ENOUGH_CALLS = 20_000;
    private static final String CHAT = "/v1/chat/completions";
    private static final String SMALL =
            "store: {min_free_disk: %dMiB, memory: 128MiB}\njournal: {segment: 1MiB}\nserver: {drain: 1s}\n"
                    .formatted(STORE_NEEDS_MIB);
    private static final String RELAYING =
            SMALL.replace("{segment", "{when_unavailable: relay, segment");

    private final ScriptedUpstream upstream = new ScriptedUpstream();
    private final List<Message> acknowledged = new ArrayList<>();

    @TempDir private Path disk;

    DiskFullIT() throws IOException {}

    @BeforeEach
    void mount() throws IOException, InterruptedException {
        int mounted =
                run(
                        "mount",
                        "-t",
                        "tmpfs",
                        "-o",
                        "size=" + DISK_MIB + "m",
                        "tmpfs",
                        disk.toString());
        if (mounted != 0) {
            System.out.println("SKIPPED: the disk-full tests need the right to mount a tmpfs");
        }
        assumeThat(mounted).as("the right to mount a tmpfs").isZero();
        upstream.answers(
                "{\"id\":\"c\",\"model\":\"gpt-4o\",\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":1,\"total_tokens\":2}}");
    }

    @AfterEach
    void unmount() throws IOException, InterruptedException {
        upstream.close();
        run("umount", "-l", disk.toString());
    }

    @Test
    void aStoreWithoutRoomStopsNoCallAndCatchesUp() throws IOException {
        try (LiveGateway gateway = start(SMALL)) {
            fill(STORE_NEEDS_MIB / 2);
            for (int i = 0; i < 50; i++) {
                acknowledge(gateway);
            }
            await().atMost(Duration.ofMinutes(1))
                    .until(() ->
                            !gateway.admin("/admin/api/status")
                                    .path("store")
                                    .path("ok")
                                    .asBoolean());
            assertThat(gateway.admin("/admin/api/status").path("store").path("problem").asString())
                    .isNotEmpty();
            assertThat(ready(gateway)).isEqualTo(200);
            free();
            acknowledged.forEach(gateway::record);
            await().atMost(Duration.ofMinutes(1))
                    .until(() ->
                            gateway.admin("/admin/api/status")
                                    .path("store")
                                    .path("ok")
                                    .asBoolean());
        }
    }

    @Test
    void aJournalWithoutRoomRefusesCallsUntilThereIsSome() throws IOException {
        try (LiveGateway gateway = start(SMALL)) {
            fill(0);
            Message refused = callUntil(gateway, 503);
            assertThat(refused.body()).contains("\"record_unavailable\"");
            assertThat(ready(gateway)).isEqualTo(503);
            free();
            await().atMost(Duration.ofMinutes(1)).until(() -> ready(gateway) == 200);
            acknowledge(gateway);
            acknowledged
                    .subList(Math.max(0, acknowledged.size() - 50), acknowledged.size())
                    .forEach(gateway::record);
            await().atMost(Duration.ofMinutes(2))
                    .until(() -> stored(gateway) >= acknowledged.size());
            System.out.printf(
                    "journal full after %d calls, none of them lost%n", acknowledged.size());
        }
    }

    @Test
    void aJournalWithoutRoomIsDoneWithoutWhereThatIsThePolicy() throws IOException {
        try (LiveGateway gateway = start(RELAYING)) {
            fill(0);
            for (int i = 0; i < ENOUGH_CALLS && unrecorded(gateway) == 0; i++) {
                for (int more = 0; more < 50; more++) {
                    acknowledge(gateway);
                }
            }
            assertThat(unrecorded(gateway)).isPositive();
            assertThat(ready(gateway)).isEqualTo(200);
            free();
            await().atMost(Duration.ofMinutes(1))
                    .until(() ->
                            gateway.admin("/admin/api/status")
                                    .path("journal")
                                    .path("ok")
                                    .asBoolean());
            long before = unrecorded(gateway);
            gateway.record(acknowledge(gateway));
            assertThat(unrecorded(gateway)).isEqualTo(before);
        }
    }

    @Test
    void aRuinedDatabaseStopsNoCall() throws IOException {
        start(SMALL).close();
        List<Path> ruined;
        try (Stream<Path> files = Files.walk(disk.resolve("data/store"))) {
            ruined = files.filter(Files::isRegularFile).toList();
        }
        for (Path file : ruined) {
            Files.writeString(file, "this is no database".repeat(1_000));
        }
        try (LiveGateway gateway = LiveGateway.start(disk.resolve("data"), upstream.url(), SMALL)) {
            acknowledge(gateway);
            await().atMost(Duration.ofMinutes(1))
                    .until(() ->
                            !gateway.admin("/admin/api/status")
                                    .path("store")
                                    .path("ok")
                                    .asBoolean());
            acknowledge(gateway);
            assertThat(ready(gateway)).isEqualTo(200);
            assertThat(gateway.admin("/admin/api/status").path("store").path("problem").asString())
                    .isNotEmpty();
            assertThat(gateway.admin("/admin/api/calls").path("error").path("code").asString())
                    .isEqualTo("store_unavailable");
            for (Path file : ruined) {
                Files.delete(file);
            }
            acknowledged.subList(1, acknowledged.size()).forEach(gateway::record);
        }
    }

    private LiveGateway start(String yaml) throws IOException {
        LiveGateway gateway = LiveGateway.start(disk.resolve("data"), upstream.url(), yaml);
        gateway.record(acknowledge(gateway));
        return gateway;
    }

    private Message acknowledge(LiveGateway gateway) throws IOException {
        Message answer = gateway.ask(gateway.post(CHAT, "{}"));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        acknowledged.add(answer);
        return answer;
    }

    private Message callUntil(LiveGateway gateway, int status) throws IOException {
        Message answer = gateway.ask(gateway.post(CHAT, "{}"));
        while (answer.status() == 200 && acknowledged.size() < ENOUGH_CALLS) {
            acknowledged.add(answer);
            answer = gateway.ask(gateway.post(CHAT, "{}"));
        }
        assertThat(answer.status()).isEqualTo(status);
        return answer;
    }

    private static int ready(LiveGateway gateway) throws IOException {
        return gateway.ask("GET /health/ready HTTP/1.1\r\nhost: weir\r\n\r\n").status();
    }

    private static long stored(LiveGateway gateway) throws IOException {
        return gateway.admin("/admin/api/status").path("store").path("calls").asLong();
    }

    private static long unrecorded(LiveGateway gateway) throws IOException {
        JsonNode status = gateway.admin("/admin/api/status");
        return status.path("records_unrecorded").asLong();
    }

    /** Fills the disk but for so many MiB. */
    private void fill(int freeMib) throws IOException {
        byte[] piece = new byte[4_096];
        try (OutputStream out = Files.newOutputStream(disk.resolve("ballast"))) {
            while (Files.getFileStore(disk).getUsableSpace() > ((long) freeMib << 20)) {
                out.write(piece);
            }
        } catch (IOException full) {
            assertThat(Files.getFileStore(disk).getUsableSpace()).isZero();
        }
    }

    private void free() throws IOException {
        Files.delete(disk.resolve("ballast"));
    }

    private static int run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).inheritIO().start().waitFor();
    }
}
