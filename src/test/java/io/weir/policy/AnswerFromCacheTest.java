package io.weir.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.it.LiveGateway;
import io.weir.it.Message;
import io.weir.it.ScriptedUpstream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The cache of answers, seen from a client. */
class AnswerFromCacheTest {
    private static final String CHAT =
            "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";

    /** At $2.50 and $10 a million: 40 x 2,500 + 90 x 10,000 nano-dollars. */
    private static final String ANSWER =
            "{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion\",\"model\":\"gpt-4o\",\"choices\":[{\"index\":0,\"finish_reason\":\"stop\",\"message\":{\"role\":\"assistant\",\"content\":\"Hello\"}}],\"usage\":{\"prompt_tokens\":40,\"completion_tokens\":90,\"total_tokens\":130}}";

    private static final long COST = 1_000_000;

    @TempDir private Path data;

    private final ScriptedUpstream upstream = new ScriptedUpstream().answers(ANSWER);

    AnswerFromCacheTest() throws IOException {}

    @AfterEach
    void stop() throws IOException {
        upstream.close();
    }

    @Test
    void theSecondTimeNobodyIsAskedAndTheRecordSaysWhatThatSaved() throws IOException {
        try (LiveGateway weir = start("")) {
            Message first = chat(weir, CHAT);
            Message second = chat(weir, CHAT);
            assertThat(first.field("x-weir-cache")).isEqualTo("miss");
            assertThat(second.field("x-weir-cache")).isEqualTo("hit");
            assertThat(second.field("age")).isEqualTo("0");
            assertThat(second.body()).isEqualTo(first.body()).isEqualTo(ANSWER);
            assertThat(upstream.requests()).hasSize(1);

            JsonNode asked = weir.record(first);
            assertThat(asked.path("cache").asString()).isEqualTo("miss");
            assertThat(asked.has("cache_saved_nano_usd")).isFalse();
            assertThat(asked.path("cost_nano_usd").longValue()).isEqualTo(COST);
            JsonNode given = weir.record(second);
            assertThat(given.path("cache").asString()).isEqualTo("hit");
            assertThat(given.path("cache_saved_nano_usd").longValue()).isEqualTo(COST);
            assertThat(given.path("cost_state").asString()).isEqualTo("free");
            assertThat(given.path("cost_nano_usd").longValue(-1)).isZero();
            assertThat(given.path("output_tokens").longValue(-1)).isZero();
            assertThat(given.path("usage_confidence").asString()).isEqualTo("none");
            assertThat(given.path("response_id").asString()).isEqualTo("chatcmpl-1");
            assertThat(given.path("response_bytes").longValue()).isEqualTo(ANSWER.length());
            assertThat(given.path("attempts")).isEmpty();
            assertThat(given.has("upstream")).isFalse();
        }
    }

    @Test
    void whatDoesNotChangeAnAnswerMakesNoDifferenceAndWhatMayDoes() throws IOException {
        try (LiveGateway weir = start("")) {
            chat(weir, CHAT);
            for (String same :
                    List.of(
                            CHAT.replace("}]}", "}],\"user\":\"u-1\"}"),
                            CHAT.replace("}]}", "}],\"metadata\":{\"a\":\"b\"},\"user\":\"u-2\"}"),
                            CHAT.replace("}]}", "}],\"prompt_cache_key\":\"k\"}"))) {
                assertThat(chat(weir, same).field("x-weir-cache")).as(same).isEqualTo("hit");
            }
            for (String other :
                    List.of(
                            CHAT.replace("gpt-4o", "gpt-4o-mini"),
                            CHAT.replace("}]}", "}],\"seed\":1}"),
                            CHAT.replace("}]}", "}],\"stream\":true}"),
                            CHAT.replace("}]}", "}],\"tools\":[]}"),
                            CHAT.replace(":[{", ": [{"))) {
                assertThat(chat(weir, other).field("x-weir-cache")).as(other).isEqualTo("miss");
            }
            assertThat(chat(weir, CHAT, "openai-beta: x").field("x-weir-cache")).isEqualTo("miss");
        }
    }

    @Test
    void whatIsKeptElsewhereOrIsNoAnswerOfThatKindBypassesIt() throws IOException {
        try (LiveGateway weir = start("")) {
            String stored = CHAT.replace("}]}", "}],\"store\":true}");
            String response = "{\"model\":\"gpt-4o\",\"input\":\"Hi\"%s}";
            for (int time = 0; time < 2; time++) {
                assertThat(chat(weir, stored).field("x-weir-cache")).isEqualTo("bypass");
                assertThat(post(weir, "/v1/responses", response.formatted(""))).isEqualTo("bypass");
                assertThat(
                                post(
                                        weir,
                                        "/v1/responses",
                                        response.formatted(
                                                ",\"store\":false,\"previous_response_id\":\"r\"")))
                        .isEqualTo("bypass");
                assertThat(post(weir, "/v1/moderations", response.formatted("")))
                        .isEqualTo("bypass");
            }
            String alone = response.formatted(",\"store\":false");
            assertThat(post(weir, "/v1/responses", alone)).isEqualTo("miss");
            assertThat(post(weir, "/v1/responses", alone)).isEqualTo("hit");
            assertThat(post(weir, "/v1/embeddings", alone)).isEqualTo("miss");
            assertThat(post(weir, "/v1/completions", alone)).isEqualTo("miss");
        }
    }

    @Test
    void theRequestsOwnWordsAboutTheCacheCount() throws IOException {
        try (LiveGateway weir = start("")) {
            Message none = chat(weir, CHAT, "cache-control: only-if-cached");
            assertThat(none.status()).isEqualTo(504);
            assertThat(none.body()).contains("not_cached", "only-if-cached");
            assertThat(none.field("x-should-retry")).isEqualTo("false");
            assertThat(upstream.requests()).isEmpty();

            assertThat(chat(weir, CHAT, "cache-control: no-store").field("x-weir-cache"))
                    .isEqualTo("bypass");
            assertThat(chat(weir, CHAT, "cache-control: no-cache").field("x-weir-cache"))
                    .isEqualTo("miss");
            assertThat(chat(weir, CHAT, "cache-control: no-cache").field("x-weir-cache"))
                    .isEqualTo("miss");
            assertThat(upstream.requests()).hasSize(3);
            assertThat(chat(weir, CHAT, "cache-control: only-if-cached").field("x-weir-cache"))
                    .isEqualTo("hit");
            assertThat(chat(weir, CHAT, "cache-control: max-age=3600").field("x-weir-cache"))
                    .isEqualTo("hit");
            assertThat(chat(weir, CHAT, "cache-control: no-store").field("x-weir-cache"))
                    .isEqualTo("bypass");
        }
    }

    @Test
    void errorsAndWhatIsNoAnswerAreNotKept() throws IOException {
        try (LiveGateway weir = start("")) {
            for (String answer :
                    List.of(
                            "HTTP/1.1 500 Oops\r\ncontent-length: 2\r\n\r\n{}",
                            "HTTP/1.1 400 No\r\ncontent-length: 2\r\n\r\n{}",
                            "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 9\r\n\r\n<p>Log in",
                            "HTTP/1.1 200 OK\r\ncache-control: no-store\r\ncontent-length: %d\r\n\r\n%s"
                                    .formatted(ANSWER.length(), ANSWER))) {
                upstream.does(peer -> {
                    peer.request();
                    peer.wire().say(answer);
                });
                assertThat(chat(weir, CHAT).field("x-weir-cache")).as(answer).isEqualTo("miss");
            }
            upstream.answers(ANSWER);
            assertThat(chat(weir, CHAT).field("x-weir-cache")).isEqualTo("miss");
            assertThat(chat(weir, CHAT).field("x-weir-cache")).isEqualTo("hit");
        }
    }

    @Test
    void aDegradedAnswerIsNotTheDearerModels() throws IOException {
        try (LiveGateway weir =
                start("budgets: [{name: app, usd: 0, mode: degrade, degrade_to: gpt-4o-mini}]\n")) {
            for (int time = 0; time < 2; time++) {
                Message answer = chat(weir, CHAT);
                assertThat(answer.field("x-weir-cache")).isEqualTo("miss");
                assertThat(answer.field("x-weir-degraded-to")).startsWith("gpt-4o-mini");
            }
        }
    }

    @Test
    void aHitCountsForNoLimit() throws IOException {
        try (LiveGateway weir =
                start("limits: [{name: everyone, per: [key], requests_per_minute: 1}]\n")) {
            for (int time = 0; time < 3; time++) {
                Message answer = chat(weir, CHAT);
                assertThat(answer.status()).isEqualTo(200);
                assertThat(answer.field("x-weir-cache")).isEqualTo(time == 0 ? "miss" : "hit");
            }
        }
    }

    private LiveGateway start(String more) throws IOException {
        return LiveGateway.start(data, upstream.url(), more + "cache: {enabled: true}");
    }

    private static Message chat(LiveGateway weir, String body) throws IOException {
        return weir.ask(weir.post("/v1/chat/completions", body));
    }

    private static Message chat(LiveGateway weir, String body, String field) throws IOException {
        return weir.ask(
                weir.post("/v1/chat/completions", body)
                        .replace("\r\nhost:", "\r\n" + field + "\r\nhost:"));
    }

    private static String post(LiveGateway weir, String path, String body) throws IOException {
        return weir.ask(weir.post(path, body)).field("x-weir-cache");
    }
}
