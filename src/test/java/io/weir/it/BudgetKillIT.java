package io.weir.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A dollar, five hundred clients, and a Weir that is killed again and again. */
class BudgetKillIT {
    private static final int CLIENTS = 500;
    private static final int KILLS = 4;
    private static final long DOLLAR = 1_000_000_000L;

    /** gpt-4o at $10 a million: what the answer of a call costs at most, of 120 tokens. */
    private static final long MOST_OF_AN_ANSWER = 1_200_000L;

    private static final String CONFIG =
            """
            budgets: [{name: dollar, where: {key: app}, usd: 1, period: total}]
            emulator: {first_token: 5ms, per_token: 1ms}
            """;

    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicInteger broken = new AtomicInteger();
    private final AtomicInteger cancelled = new AtomicInteger();

    @Test
    void noMoreThanADollarIsSpentAndNothingStaysReserved(@TempDir Path directory)
            throws IOException, InterruptedException {
        RunningWeir.Start start =
                RunningWeir.in(directory.resolve("data"))
                        .config(CONFIG)
                        .jvm("-XX:TieredStopAtLevel=1");
        for (int kill = 0; kill < KILLS; kill++) {
            try (RunningWeir weir = start.start()) {
                List<Thread> clients = clients(weir, kill);
                int before = answered.get();
                await().atMost(Duration.ofMinutes(2))
                        .pollInterval(Duration.ofMillis(5))
                        .until(() -> answered.get() - before >= 80);
                weir.kill9();
                join(clients);
            }
        }
        try (RunningWeir weir = start.start()) {
            join(clients(weir, KILLS));
            await().atMost(Duration.ofMinutes(2)).until(() -> weir.hasStoredAll());
            check(weir);
        }
    }

    private List<Thread> clients(RunningWeir weir, int seed) throws IOException {
        String key = weir.appKey();
        int port = weir.origin().getPort();
        return IntStream.range(0, CLIENTS)
                .mapToObj(n ->
                        Thread.ofVirtual()
                                .start(() -> spend(port, key, new Random(1_000L * seed + n))))
                .toList();
    }

    /** Calls until the money is spent or the connection breaks; some go away in the middle. */
    private void spend(int port, String key, Random random) {
        try {
            while (true) {
                boolean stream = random.nextBoolean();
                boolean leaves = stream && random.nextInt(4) == 0;
                try (Wire wire = new Wire(new Socket(InetAddress.getLoopbackAddress(), port))) {
                    String head = wire.say(request(key, stream, random)).head();
                    if (leaves) {
                        cancelled.incrementAndGet();
                        continue;
                    }
                    String answer = wire.body(head);
                    if (new Message(head, answer).status() == 429) {
                        assertThat(answer).contains("insufficient_quota");
                        return;
                    }
                    answered.incrementAndGet();
                }
            }
        } catch (IOException killed) {
            broken.incrementAndGet();
        }
    }

    /** Now and then one that fails, for which nothing is spent. */
    private static String request(String key, boolean stream, Random random) {
        String model = random.nextInt(10) == 0 ? "error-500" : "gpt-4o";
        String body =
                "{\"model\":\"%s\",\"max_tokens\":120,\"stream\":%b,\"messages\":[{\"role\":\"user\",\"content\":\"Tell me of rivers.\"}]}"
                        .formatted(model, stream);
        return "POST /v1/chat/completions HTTP/1.1\r\nhost: weir\r\nauthorization: Bearer %s\r\ncontent-length: %d\r\n\r\n%s"
                .formatted(key, body.length(), body);
    }

    private static void join(List<Thread> clients) throws InterruptedException {
        for (Thread client : clients) {
            client.join();
        }
    }

    private void check(RunningWeir weir) throws IOException, InterruptedException {
        JsonNode standing =
                weir.admin("/budgets").path("budgets").path(0).path("standings").path(0);
        long spent = nanoUsd(standing, "spent_usd");
        long reserved = nanoUsd(standing, "reserved_usd");
        List<JsonNode> calls = weir.calls();
        long ledger = calls.stream().mapToLong(call -> call.path("cost_nano_usd").asLong(0)).sum();
        long interrupted =
                calls.stream()
                        .filter(call -> call.path("outcome").asString().equals("interrupted"))
                        .count();
        System.out.printf(
                "a dollar: %d clients, %d kills, %d calls answered, %d cut, %d clients gone, %d interrupted; %,d nano-dollars spent, the ledger says %,d, %,d reserved%n",
                CLIENTS,
                KILLS,
                answered.get(),
                broken.get(),
                cancelled.get(),
                interrupted,
                spent,
                ledger,
                reserved);
        assertThat(spent).isEqualTo(ledger).isLessThanOrEqualTo(DOLLAR);
        assertThat(DOLLAR - spent).isLessThan(CLIENTS * MOST_OF_AN_ANSWER);
        assertThat(reserved).isZero();
        assertThat(interrupted).isPositive();
    }

    private static long nanoUsd(JsonNode json, String name) {
        return new BigDecimal(json.path(name).asString()).movePointRight(9).longValueExact();
    }
}
