package io.weir.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AnswerWatchTest {
    private static final AnswerHead STREAM = new AnswerHead(200, -1, true, true, true);
    private static final String EVENTS =
            """
            data: {"choices":[{"delta":{"role":"assistant","content":""}}],"usage":null}

            data: {"choices":[{"delta":{"content": "Hé"}}],"usage":null}

            data: {"choices":[],"usage":{"prompt_tokens":9,"completion_tokens":4}}

            data: [DONE]

            """;

    @Test
    void findsFirstTokenUsageAndEndHoweverTheStreamIsCut() {
        byte[] bytes = EVENTS.getBytes(UTF_8);
        String untilToken = EVENTS.substring(0, EVENTS.indexOf("data: {\"choices\":[],"));
        int firstTokenEnds = untilToken.getBytes(UTF_8).length - 1;
        for (int size = 1; size <= bytes.length; size++) {
            FakeTicker ticker = new FakeTicker();
            AnswerWatch watch = new AnswerWatch(true, ticker);
            watch.head(STREAM);
            for (int from = 0; from < bytes.length; from += size) {
                ticker.pass(1);
                watch.accept(bytes, from, Math.min(size, bytes.length - from));
            }
            assertThat(watch.broken()).isFalse();
            assertThat(watch.firstTokenAfter(0)).isEqualTo((firstTokenEnds + size - 1) / size);
            assertThat(SeenUsage.in(watch.json())).contains(new SeenUsage(9, 4));
        }
    }

    @Test
    void noticesAStreamWithoutEnd() {
        assertThat(watched(EVENTS.replace("data: [DONE]", "")).broken()).isTrue();
    }

    @Test
    void noticesAnErrorInTheStream() {
        String error = "data: {\"error\":{\"message\":\"overloaded\"}}\n\n";
        assertThat(watched(error + EVENTS).broken()).isTrue();
    }

    @Test
    void readsTheTextOfCompletionsToo() {
        assertThat(watched("data: {\"choices\":[{\"text\":\" hi\"}]}\n\n").firstTokenAfter(0))
                .isPositive();
        assertThat(watched("data: {\"choices\":[{\"text\":\"\"}]}\n\n").firstTokenAfter(0))
                .isZero();
    }

    @Test
    void keepsAWholeBody() {
        AnswerWatch watch = new AnswerWatch(true, new FakeTicker());
        watch.head(new AnswerHead(200, 10, false, true, false));
        byte[] body = "{\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":2}}".getBytes(UTF_8);
        watch.accept(body, 0, 9);
        watch.accept(body, 9, body.length - 9);
        assertThat(SeenUsage.in(watch.json())).contains(new SeenUsage(1, 2));
        assertThat(watch.broken()).isFalse();
    }

    @Test
    void findsNoUsageInRubbish() {
        assertThat(SeenUsage.in("{\"usage\":".getBytes(UTF_8))).isEmpty();
        assertThat(SeenUsage.in("[1]".getBytes(UTF_8))).isEmpty();
        assertThat(SeenUsage.in("{\"usage\":{\"prompt_tokens\":\"x\"}}".getBytes(UTF_8))).isEmpty();
    }

    private static AnswerWatch watched(String events) {
        FakeTicker ticker = new FakeTicker();
        ticker.pass(1);
        AnswerWatch watch = new AnswerWatch(true, ticker);
        watch.head(STREAM);
        watch.accept(events.getBytes(UTF_8), 0, events.getBytes(UTF_8).length);
        return watch;
    }
}
