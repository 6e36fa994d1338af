package io.weir.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.call.Call;
import io.weir.call.Calls;
import io.weir.call.UpstreamFailure;
import io.weir.wire.Secret;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class UpstreamKeysTest {
    private static final Duration LONG = Duration.ofHours(1);

    private final AtomicLong now = new AtomicLong(1_000);

    @Test
    void callsTakeTurns() throws Exception {
        UpstreamKeys keys = keys(LONG, "east", "west");

        assertThat(sent(keys)).isEqualTo("Bearer sk-east");
        assertThat(sent(keys)).isEqualTo("Bearer sk-west");
        assertThat(sent(keys)).isEqualTo("Bearer sk-east");
    }

    @Test
    void withoutAKeyNoneIsShown() throws Exception {
        assertThat(keys(LONG).turn(call("gpt-4o")).authorization()).isNull();
        assertThat(keys(LONG).standings()).isEmpty();
    }

    @Test
    void aKeyThatTheProviderDoesNotTakeRestsWhileThereAreOthers() throws Exception {
        UpstreamKeys keys = keys(LONG, "east", "west");
        keys.turn(call("gpt-4o")).answered(new BasicClassicHttpResponse(401));

        assertThat(sent(keys)).isEqualTo("Bearer sk-west");
        assertThat(sent(keys)).isEqualTo("Bearer sk-west");
        assertThat(keys.standings().getFirst().rests()).isTrue();

        now.addAndGet(Duration.ofMinutes(1).toNanos());
        assertThat(List.of(sent(keys), sent(keys))).contains("Bearer sk-east");
    }

    @Test
    void aKeyThatRestsIsBetterThanNone() throws Exception {
        UpstreamKeys keys = keys(LONG, "east");
        keys.turn(call("gpt-4o")).answered(new BasicClassicHttpResponse(401));

        assertThat(sent(keys)).isEqualTo("Bearer sk-east");
    }

    @Test
    void aKeyWhoseLimitIsUsedUpIsPassedOverForThatModelOnly() throws Exception {
        UpstreamKeys keys = keys(LONG, "east", "west");
        keys.turn(call("gpt-4o")).answered(usedUp());

        assertThat(sent(keys)).isEqualTo("Bearer sk-west");
        assertThat(sent(keys)).isEqualTo("Bearer sk-west");
        assertThat(List.of(sent(keys, "o3"), sent(keys, "o3")))
                .containsExactlyInAnyOrder("Bearer sk-east", "Bearer sk-west");
    }

    @Test
    void whereAllAreUsedUpACallWaitsAndGoesOutWithTheFirstThatIsNot() throws Exception {
        UpstreamKeys keys = keys(LONG, "east");
        keys.turn(call("gpt-4o")).answered(usedUp());

        try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<String> waiting = pool.submit(() -> sent(keys));
            awaitWaiting(keys);
            keys.replace(List.of(key("east"), key("north")));

            assertThat(waiting.get()).isEqualTo("Bearer sk-north");
        }
        assertThat(keys.waiting()).isZero();
    }

    @Test
    void whoWouldWaitTooLongIsSentAllTheSame() throws Exception {
        UpstreamKeys keys = keys(Duration.ofSeconds(10), "east");
        keys.turn(call("gpt-4o")).answered(usedUp());

        assertThat(sent(keys)).isEqualTo("Bearer sk-east");
    }

    @Test
    void aRefusalWithATimeHoldsTheKeyForThatLong() throws Exception {
        UpstreamKeys keys = keys(LONG, "east", "west");
        BasicClassicHttpResponse refusal = new BasicClassicHttpResponse(429);
        refusal.addHeader("retry-after", "20");
        keys.turn(call("gpt-4o")).answered(refusal);

        assertThat(List.of(sent(keys), sent(keys))).containsOnly("Bearer sk-west");

        now.addAndGet(Duration.ofSeconds(20).toNanos());
        assertThat(List.of(sent(keys), sent(keys))).contains("Bearer sk-east");
    }

    @Test
    void whoseClientGoesWaitsNoMore() throws Exception {
        UpstreamKeys keys = keys(LONG, "east");
        keys.turn(call("gpt-4o")).answered(usedUp());
        Call call = call("gpt-4o");

        try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<UpstreamKeys.Turn> waiting = pool.submit(() -> keys.turn(call));
            awaitWaiting(keys);
            call.abort().clientLeft();

            assertThatThrownBy(waiting::get)
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(UpstreamFailure.NotReached.class);
        }
        assertThat(keys.waiting()).isZero();
    }

    @Test
    void whatIsKnownOfAKeyThatStaysIsKept() throws Exception {
        UpstreamKeys keys = keys(LONG, "east", "west");
        keys.turn(call("gpt-4o")).answered(usedUp());

        keys.replace(List.of(key("west"), key("east")));

        assertThat(List.of(sent(keys), sent(keys))).containsOnly("Bearer sk-west");
    }

    private UpstreamKeys keys(Duration patience, String... names) {
        return new UpstreamKeys(
                List.of(names).stream().map(UpstreamKeysTest::key).toList(), patience, now::get);
    }

    private static UpstreamKey key(String name) {
        return new UpstreamKey(name, new Secret("sk-" + name));
    }

    private static String sent(UpstreamKeys keys) throws UpstreamFailure {
        return sent(keys, "gpt-4o");
    }

    private static String sent(UpstreamKeys keys, String model) throws UpstreamFailure {
        return String.valueOf(keys.turn(call(model)).authorization());
    }

    private static Call call(String model) {
        return Calls.chat("{\"model\":\"" + model + "\",\"messages\":[]}");
    }

    /** Says that nothing remains, and that an hour has to pass. */
    private static BasicClassicHttpResponse usedUp() {
        BasicClassicHttpResponse answer = new BasicClassicHttpResponse(200);
        answer.addHeader("x-ratelimit-limit-requests", "2");
        answer.addHeader("x-ratelimit-remaining-requests", "0");
        answer.addHeader("x-ratelimit-reset-requests", "50m");
        return answer;
    }

    private static void awaitWaiting(UpstreamKeys keys) {
        while (keys.waiting() == 0) {
            Thread.onSpinWait();
        }
    }
}
