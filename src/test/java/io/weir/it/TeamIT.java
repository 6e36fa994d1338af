package io.weir.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The README's team of five with a hundred dollars, its commands as they stand there. */
class TeamIT {
    private static final String TITLE = "### A team of five with a hundred dollars";
    private static final BigDecimal SHARE = new BigDecimal(30);
    private static final BigDecimal ALL = new BigDecimal(100);

    /** o1-pro at $600 a million: what an answer of 200 tokens costs, and its question. */
    private static final BigDecimal MOST_OF_A_CALL = new BigDecimal("0.13");

    @TempDir private Path directory;

    @Test
    void spendsAHundredDollarsAndNobodyMoreThanThirty() throws Exception {
        try (RunningWeir weir = RunningWeir.in(directory.resolve("data")).config("").start()) {
            String listed = follow(weir);
            assertThat(listed).contains("team", "share", "100.00", "30.00", "project=shop");

            for (String name : List.of("ann", "bob", "cem")) {
                Message last = spend(weir, name);
                assertThat(last.status()).as(name).isEqualTo(429);
                assertThat(last.body()).contains("insufficient_quota", "'share' is spent");
                assertThat(last.field("x-should-retry")).isEqualTo("false");
            }
            assertThat(spend(weir, "dua").field("x-weir-degraded-to"))
                    .isEqualTo("gpt-4o-mini; budget=team; from=o1-pro");
            assertThat(call(weir, "eve").field("x-weir-degraded-to")).startsWith("gpt-4o-mini");

            await().atMost(Duration.ofMinutes(1)).until(() -> weir.hasStoredAll());
            check(weir);
        }
    }

    /** Runs what the README says; what the last command printed. */
    private String follow(RunningWeir weir) throws Exception {
        String last = "";
        for (String line : commands()) {
            String[] parts = line.split(" > ", 2);
            ChildProcess.Ended ended = weir.command(parts[0].split(" "));
            assertThat(ended.exitCode()).as("%s: %s", line, ended.stderr()).isZero();
            last = ended.stdout();
            if (parts.length == 2) {
                Files.writeString(directory.resolve(parts[1]), last);
            }
        }
        return last;
    }

    private static List<String> commands() throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        String section = readme.substring(readme.indexOf(TITLE) + TITLE.length());
        return section.substring(0, section.indexOf("\n## "))
                .lines()
                .filter(line -> line.startsWith("$ ./weir "))
                .map(line -> line.substring("$ ./weir ".length()))
                .toList();
    }

    /** Calls until that changes anything; the first answer that is not the usual one. */
    private Message spend(RunningWeir weir, String name) throws IOException {
        Message answer = call(weir, name);
        while (answer.status() == 200 && answer.field("x-weir-degraded-to").isEmpty()) {
            answer = call(weir, name);
        }
        return answer;
    }

    private Message call(RunningWeir weir, String name) throws IOException {
        String key = Files.readString(directory.resolve(name + ".key")).strip();
        String body =
                "{\"model\":\"o1-pro\",\"max_completion_tokens\":200,\"messages\":[{\"role\":\"user\",\"content\":\"Tell me of rivers.\"}]}";
        try (Wire wire =
                new Wire(new Socket(InetAddress.getLoopbackAddress(), weir.origin().getPort()))) {
            return wire.say(
                            "POST /v1/chat/completions HTTP/1.1\r\nhost: weir\r\nauthorization: Bearer %s\r\ncontent-length: %d\r\n\r\n%s"
                                    .formatted(key, body.getBytes(UTF_8).length, body))
                    .message();
        }
    }

    private static void check(RunningWeir weir) throws IOException, InterruptedException {
        Map<String, BigDecimal> byKey = new TreeMap<>();
        BigDecimal dear = BigDecimal.ZERO;
        for (JsonNode call : weir.calls()) {
            BigDecimal cost = BigDecimal.valueOf(call.path("cost_nano_usd").asLong(0), 9);
            byKey.merge(call.path("key_name").asString(), cost, BigDecimal::add);
            boolean isDear = call.path("request_model").asString().equals("o1-pro");
            dear = isDear ? dear.add(cost) : dear;
        }
        BigDecimal all = byKey.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        BigDecimal counted = BigDecimal.ZERO;
        for (JsonNode budget : weir.admin("/budgets").path("budgets")) {
            for (JsonNode standing : budget.path("standings")) {
                assertThat(standing.path("reserved_usd").asString()).isEqualTo("0.00");
            }
            if (budget.path("name").asString().equals("team")) {
                counted = usd(budget.path("standings").path(0));
            }
        }
        System.out.printf("a team with $100: %s, all together %s%n", byKey, all);
        assertThat(byKey).containsOnlyKeys("ann", "bob", "cem", "dua", "eve");
        assertThat(byKey.values()).allMatch(spent -> spent.compareTo(SHARE) <= 0);
        assertThat(List.of(byKey.get("ann"), byKey.get("bob"), byKey.get("cem")))
                .allMatch(spent -> spent.compareTo(SHARE.subtract(MOST_OF_A_CALL)) > 0);
        assertThat(dear).isBetween(ALL.subtract(MOST_OF_A_CALL), ALL);
        assertThat(counted).isEqualByComparingTo(all);
    }

    private static BigDecimal usd(JsonNode standing) {
        return new BigDecimal(standing.path("spent_usd").asString());
    }
}
