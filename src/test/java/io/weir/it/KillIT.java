package io.weir.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What an application was given is in the store, whenever Weir is killed. */
class KillIT {
    private static final int CYCLES = 20;
    private static final int CLIENTS = 16;
    private static final int CALLS_BEFORE_THE_KILL = 150;
    private static final String FAST = "emulator: {first_token: 2ms, per_token: 1ms}\n";

    /** The ids of calls whose last byte came. */
    private final Queue<String> delivered = new ConcurrentLinkedQueue<>();

    /** The ids of calls whose head came, but not their end. */
    private final Queue<String> begun = new ConcurrentLinkedQueue<>();

    @Test
    void noDeliveredCallIsLostAndNoneIsThereTwice(@TempDir Path directory)
            throws IOException, InterruptedException {
        RunningWeir.Start start =
                RunningWeir.in(directory.resolve("data"))
                        .config(FAST)
                        .jvm("-XX:TieredStopAtLevel=1");
        for (int cycle = 0; cycle < CYCLES; cycle++) {
            try (RunningWeir weir = start.start()) {
                loadAndKill(weir);
            }
        }
        try (RunningWeir weir = start.start()) {
            await().atMost(Duration.ofMinutes(2)).until(() -> weir.hasStoredAll());
            check(weir.calls());
        }
    }

    private void loadAndKill(RunningWeir weir) throws IOException, InterruptedException {
        int before = delivered.size();
        String auth = weir.appKey();
        List<Thread> clients =
                IntStream.range(0, CLIENTS)
                        .mapToObj(n -> Thread.ofVirtual().start(() -> call(weir, auth, n % 2 == 0)))
                        .toList();
        await().atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> delivered.size() - before >= CALLS_BEFORE_THE_KILL);
        weir.kill9();
        for (Thread client : clients) {
            client.join();
        }
    }

    /** Makes one call after the other until the connection breaks. */
    private void call(RunningWeir weir, String key, boolean stream) {
        String body =
                ("{\"model\":\"gpt-4o-mini\",\"max_tokens\":24,\"stream\":%b,\"messages\":[{\"role\":\"user\",\"content\":\"Tell"
                                + " me of rivers and of weirs.\"}]}")
                        .formatted(stream);
        String request =
                "POST /v1/chat/completions HTTP/1.1\r\nhost: weir\r\nauthorization: Bearer %s\r\ncontent-length: %d\r\n\r\n%s"
                        .formatted(key, body.length(), body);
        try (Wire wire =
                new Wire(new Socket(InetAddress.getLoopbackAddress(), weir.origin().getPort()))) {
            while (true) {
                wire.say(request);
                String head = wire.head();
                String id = new Message(head, "").field("x-weir-call-id");
                begun.add(id);
                String answer = wire.body(head);
                assertThat(answer).contains(stream ? "data: [DONE]" : "\"usage\"");
                delivered.add(id);
                begun.remove(id);
            }
        } catch (IOException killed) {
            // as intended
        }
    }

    private void check(List<JsonNode> calls) {
        List<String> ids = calls.stream().map(call -> call.path("id").asString()).toList();
        Set<String> once = new HashSet<>(ids);
        List<JsonNode> interrupted =
                calls.stream()
                        .filter(call -> call.path("outcome").asString().equals("interrupted"))
                        .toList();
        Set<String> lost = new HashSet<>(delivered);
        lost.removeAll(once);
        System.out.printf(
                "%d kills: %d calls delivered, %d cut, %d stored, %d interrupted, %d lost, %d"
                        + " twice%n",
                CYCLES,
                delivered.size(),
                begun.size(),
                ids.size(),
                interrupted.size(),
                lost.size(),
                ids.size() - once.size());
        assertThat(lost).isEmpty();
        assertThat(ids).doesNotHaveDuplicates();
        assertThat(once).containsAll(begun);
        assertThat(interrupted)
                .isNotEmpty()
                .allSatisfy(call -> {
                    assertThat(call.path("usage_confidence").asString()).isEqualTo("partial");
                    assertThat(call.path("input_tokens").asLong()).isPositive();
                    assertThat(delivered).doesNotContain(call.path("id").asString());
                });
    }
}
