package io.weir.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weir.it.LiveGateway;
import io.weir.it.Message;
import io.weir.it.ScriptedUpstream;
import io.weir.it.Wire;
import io.weir.wire.Json;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Limits and budgets, seen from a client. */
class ReserveTest {
    private static final String CHAT =
            "{\"model\":\"gpt-4o\",\"max_tokens\":100,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";

    private static final String STREAM = "{\"model\":\"gpt-4o\",\"stream\":true,\"messages\":[]}";

    /** At $2.50 and $10 a million: 40 x 2,500 + 90 x 10,000 nano-dollars. */
    private static final String ANSWER =
            "{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion\",\"model\":\"gpt-4o\",\"choices\":[{\"index\":0,\"finish_reason\":\"stop\",\"message\":{\"role\":\"assistant\",\"content\":\"Hello\"}}],\"usage\":{\"prompt_tokens\":40,\"completion_tokens\":90,\"total_tokens\":130}}";

    private static final String BATCH = "{\"input_file_id\":\"file-1\"}";

    @TempDir private Path data;

    private final ScriptedUpstream upstream = new ScriptedUpstream().answers(ANSWER);

    ReserveTest() throws IOException {}

    @AfterEach
    void stop() throws IOException {
        upstream.close();
    }

    @Test
    void aLimitIsToldWithEachAnswerAndThenRefusesAsOpenAiDoes() throws IOException {
        try (LiveGateway weir =
                start("limits: [{name: everyone, per: [key], requests_per_minute: 2}]")) {
            Message first = chat(weir);
            assertThat(first.status()).isEqualTo(200);
            assertThat(first.field("x-ratelimit-limit-requests")).isEqualTo("2");
            assertThat(first.field("x-ratelimit-remaining-requests")).isEqualTo("1");
            assertThat(first.field("x-ratelimit-reset-requests")).matches("[0-9.]+s");
            assertThat(chat(weir).status()).isEqualTo(200);
            Message refused = chat(weir);
            assertThat(refused.status()).isEqualTo(429);
            JsonNode error = Json.MAPPER.readTree(refused.body()).path("error");
            assertThat(error.path("code").asString()).isEqualTo("rate_limit_exceeded");
            assertThat(error.path("type").asString()).isEqualTo("requests");
            assertThat(error.path("message").asString())
                    .startsWith("Rate limit reached for gpt-4o of key key_")
                    .contains("on requests per minute (RPM): Limit 2, Used 2, Requested 1");
            assertThat(Integer.parseInt(refused.field("retry-after"))).isBetween(1, 30);
            assertThat(refused.field("x-should-retry")).isEqualTo("true");
            assertThat(upstream.requests()).hasSize(2);
            assertThat(weir.ask(weir.get("/v1/models")).status()).isEqualTo(200);
        }
    }

    @Test
    void aBudgetIsSpentToTheNanoDollarAndKnownAfterARestart() throws IOException {
        String budget = "budgets: [{name: app, where: {key: app}, usd: 0.0035, period: total}]";
        BigDecimal spent;
        try (LiveGateway weir = start(budget)) {
            int made = 0;
            Message answer = chat(weir);
            while (answer.status() == 200) {
                made++;
                answer = chat(weir);
            }
            assertThat(made).isEqualTo(3);
            assertThat(answer.status()).isEqualTo(429);
            assertThat(answer.body()).contains("insufficient_quota", "the budget 'app' is spent");
            assertThat(answer.field("x-should-retry")).isEqualTo("false");
            spent = spent(weir);
            assertThat(spent).isEqualByComparingTo("0.003");
        }
        for (int restart = 0; restart < 2; restart++) {
            try (LiveGateway weir = start(budget)) {
                assertThat(spent(weir)).isEqualByComparingTo(spent);
                assertThat(chat(weir).status()).isEqualTo(429);
            }
        }
        try (LiveGateway weir = start("")) {
            assertThat(chat(weir).status()).isEqualTo(200);
            assertThat(
                            admin(
                                            weir,
                                            "POST",
                                            "budgets",
                                            "{\"name\":\"late\",\"where\":{\"key\":\"app\"},\"usd\":\"0.0045\"}")
                                    .status())
                    .isEqualTo(200);
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> spent(weir).compareTo(new BigDecimal("0.004")) == 0);
            assertThat(chat(weir).status()).isEqualTo(429);
            assertThat(
                            admin(
                                            weir,
                                            "POST",
                                            "budget-raises/late",
                                            "{\"usd\":\"1\",\"for\":\"1h\"}")
                                    .status())
                    .isEqualTo(200);
            assertThat(chat(weir).status()).isEqualTo(200);
            assertThat(admin(weir, "DELETE", "budgets/late", "").status()).isEqualTo(200);
        }
    }

    @Test
    void aSpentBudgetThatDegradesAsksACheaperModelAndSaysSo() throws IOException {
        try (LiveGateway weir =
                start("budgets: [{name: app, usd: 0, mode: degrade, degrade_to: gpt-4o-mini}]")) {
            Message answer = chat(weir);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.field("x-weir-degraded-to"))
                    .isEqualTo("gpt-4o-mini; budget=app; from=gpt-4o");
            assertThat(upstream.lastRequest().body())
                    .isEqualTo(CHAT.replace("gpt-4o", "gpt-4o-mini"));
            assertThat(weir.record(answer).path("request_model").asString())
                    .isEqualTo("gpt-4o-mini");
        }
    }

    @Test
    void whatIsReservedIsGivenBackWhateverBecomesOfACall() throws IOException {
        try (LiveGateway weir =
                start("limits: [{name: one, parallel: 1}]\nbudgets: [{name: app, usd: 1}]")) {
            upstream.does(peer -> peer.request());
            assertThat(chat(weir).status()).isEqualTo(502);
            upstream.does(peer -> {
                peer.request();
                peer.wire().say("HTTP/1.1 500 Oops\r\ncontent-length: 2\r\n\r\n{}");
            });
            assertThat(chat(weir).status()).isEqualTo(500);
            upstream.answers(ANSWER);
            assertThat(chat(weir).status()).isEqualTo(200);
            JsonNode budget = budget(weir);
            assertThat(budget.path("reserved_usd").asString()).isEqualTo("0.00");
        }
    }

    @Test
    void readingAStoredAnswerIsNotPaidForAgain() throws IOException {
        try (LiveGateway weir = start("budgets: [{name: app, usd: 100}]")) {
            Message read = weir.ask(weir.get("/v1/chat/completions/chatcmpl-1"));
            assertThat(read.body()).isEqualTo(ANSWER);
            assertThat(weir.record(read).path("cost_state").asString()).isEqualTo("free");
            assertThat(spent(weir)).isEqualByComparingTo("0");
            assertThat(weir.record(chat(weir)).path("cost_state").asString()).isEqualTo("priced");
            assertThat(spent(weir)).isEqualByComparingTo("0.001");
        }
    }

    @Test
    void whatIsNotMeteredDoesNotPassAHardBudget() throws IOException {
        try (LiveGateway weir = start("budgets: [{name: app, usd: 100}]")) {
            Message refused = weir.ask(weir.post("/v1/batches", BATCH));
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.body()).contains("\"code\":\"not_metered\"", "budget 'app'");
            assertThat(refused.head()).doesNotContain("retry-after");
            assertThat(upstream.requests()).isEmpty();
            assertThat(weir.ask(weir.get("/v1/batches/batch_1")).status()).isEqualTo(200);
            assertThat(weir.ask(weir.post("/v1/files", "data")).status()).isEqualTo(200);
        }
    }

    @Test
    void anAnswerInTheBackgroundIsNotMetered() throws IOException {
        String later = "{\"model\":\"gpt-4o\",\"input\":\"Hi\",\"background\":true}";
        String queued = "{\"id\":\"resp_1\",\"object\":\"response\",\"usage\":null}";
        String used = queued.replace("null", "{\"input_tokens\":400,\"output_tokens\":0}");
        upstream.does(peer -> {
            peer.request();
            peer.wire().say(ScriptedUpstream.json(queued));
            peer.request();
            peer.wire().say(ScriptedUpstream.json(used));
        });
        try (LiveGateway weir =
                start("budgets: [{name: other, where: {model: gpt-5}, usd: 100}]")) {
            Message answer = weir.ask(weir.post("/v1/responses", later));
            assertThat(answer.status()).isEqualTo(200);
            assertThat(weir.record(answer).path("cost_state").asString()).isEqualTo("unpriced");
            answer = weir.ask(weir.post("/v1/responses", later));
            assertThat(weir.record(answer).path("cost_state").asString()).isEqualTo("priced");
        }
        try (LiveGateway weir = start("budgets: [{name: app, where: {model: gpt-4o}, usd: 100}]")) {
            Message refused = weir.ask(weir.post("/v1/responses", later));
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.body()).contains("\"code\":\"not_metered\"", "budget 'app'");
            String now = later.replace("true", "false");
            assertThat(weir.ask(weir.post("/v1/responses", now)).status()).isEqualTo(200);
        }
    }

    @Test
    void whatIsNotMeteredAndAllowedHasNoPriceAndCountsWhatIsAssumed() throws IOException {
        try (LiveGateway weir =
                start(
                        "budgets: [{name: app, usd: 3, unmetered: allow, unpriced: assume, assumed_usd: 2}]")) {
            Message answer = weir.ask(weir.post("/v1/batches", BATCH));
            assertThat(answer.status()).isEqualTo(200);
            assertThat(weir.record(answer).path("cost_state").asString()).isEqualTo("unpriced");
            assertThat(spent(weir)).isEqualByComparingTo("2");
            Message refused = weir.ask(weir.post("/v1/batches", BATCH));
            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.body()).contains("insufficient_quota");
        }
    }

    @Test
    void aStreamThatWouldSpendMoreThanThereIsIsStopped() throws IOException {
        upstream.does(peer -> {
            peer.request();
            peer.wire().say(ScriptedUpstream.eventsHead());
            for (int i = 0; i < 10_000; i++) {
                peer.wire()
                        .chunk(
                                "data: {\"model\":\"gpt-4o\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\" word\"}}]}\n\n");
            }
        });
        try (LiveGateway weir = start("budgets: [{name: app, usd: 0.02, stop_streams: true}]")) {
            Message answer = toItsEnd(weir, STREAM);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body())
                    .contains("event: error", "\"code\":\"insufficient_quota\"", "'app' is spent")
                    .doesNotContain("[DONE]");
            JsonNode record = weir.record(answer);
            assertThat(record.path("error_type").asString()).isEqualTo("insufficient_quota");
            assertThat(record.path("outcome").asString()).isEqualTo("refused");
            JsonNode budget = budget(weir);
            assertThat(budget.path("reserved_usd").asString()).isEqualTo("0.00");
            assertThat(spent(weir)).isBetween(new BigDecimal("0.015"), new BigDecimal("0.0201"));
        }
    }

    private static Message toItsEnd(LiveGateway weir, String body) throws IOException {
        try (Wire wire = weir.connect()) {
            String head = wire.say(weir.post("/v1/chat/completions", body)).head();
            return new Message(head, wire.rest());
        }
    }

    private Message chat(LiveGateway weir) throws IOException {
        return weir.ask(weir.post("/v1/chat/completions", CHAT));
    }

    private LiveGateway start(String yaml) throws IOException {
        return LiveGateway.start(data, upstream.url(), yaml);
    }

    private static BigDecimal spent(LiveGateway weir) throws IOException {
        return new BigDecimal(budget(weir).path("spent_usd").asString("-1"));
    }

    private static JsonNode budget(LiveGateway weir) throws IOException {
        JsonNode all = Json.MAPPER.readTree(admin(weir, "GET", "budgets", "").body());
        return all.path("budgets").path(0).path("standings").path(0);
    }

    private static Message admin(LiveGateway weir, String method, String path, String body)
            throws IOException {
        return weir.ask(
                "%s /admin/api/%s HTTP/1.1\r\nhost: weir\r\n%scontent-length: %d\r\n\r\n%s"
                        .formatted(method, path, weir.adminAuth(), body.length(), body));
    }
}
