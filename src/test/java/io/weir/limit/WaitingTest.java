package io.weir.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.call.Abort;
import io.weir.call.Principal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WaitingTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration WAIT = Duration.ofMinutes(9);

    private final AtomicLong numbers = new AtomicLong();
    private final Limiter limiter = new Limiter(System::nanoTime, Instant::now, HOUR, true);

    @Test
    void aCallWaitsForItsTurnInsteadOfBeingRefused() throws Exception {
        limit("one", Which.ALL, Measure.PARALLEL, 1, WAIT);
        Asked first = asked("a", "gpt");
        Asked second = asked("b", "gpt");
        assertThat(limiter.reserve(first)).isInstanceOf(Decision.Admitted.class);

        try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Decision> decision = pool.submit(() -> limiter.reserve(second, new Abort()));
            awaitWaiting(1);
            limiter.released(first.call(), 10);

            assertThat(decision.get()).isInstanceOf(Decision.Admitted.class);
        }
        assertThat(limiter.open().calls()).isEqualTo(1);
    }

    @Test
    void nobodyWaitsForWhatComesTooLate() {
        limit("slow", Which.ALL, Measure.REQUESTS_PER_MINUTE, 1, Duration.ofSeconds(10));
        limiter.reserve(asked("a", "gpt"));

        Decision decision = limiter.reserve(asked("a", "gpt"), new Abort());

        assertThat(decision)
                .isInstanceOfSatisfying(
                        Decision.Refused.class,
                        refused ->
                                assertThat(refused.after()).isGreaterThan(Duration.ofSeconds(10)));
        assertThat(waiting()).isZero();
    }

    @Test
    void aRateIsWaitedForUntilItAllowsTheNext() throws Exception {
        limit("quick", Which.ALL, Measure.REQUESTS_PER_MINUTE, 60_000, WAIT);
        for (int i = 0; i < 60_000; i++) {
            Asked taken = asked("a", "gpt");
            if (limiter.reserve(taken) instanceof Decision.Admitted) {
                limiter.released(taken.call(), 0);
            }
        }
        try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Decision>> all = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                Asked asked = asked("key" + i % 5, "gpt");
                all.add(pool.submit(() -> limiter.reserve(asked, new Abort())));
            }
            for (Future<Decision> each : all) {
                assertThat(each.get()).isInstanceOf(Decision.Admitted.class);
            }
        }
        assertThat(waiting()).isZero();
    }

    @Test
    void whoseClientGoesWaitsNoMore() throws Exception {
        limit("one", Which.ALL, Measure.PARALLEL, 1, WAIT);
        limiter.reserve(asked("a", "gpt"));
        Abort abort = new Abort();

        try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            Asked second = asked("b", "gpt");
            Future<Decision> decision = pool.submit(() -> limiter.reserve(second, abort));
            awaitWaiting(1);
            abort.clientLeft();

            assertThat(decision.get()).isInstanceOf(Decision.Refused.class);
        }
        assertThat(waiting()).isZero();
        assertThat(limiter.open().calls()).isEqualTo(1);
    }

    /**
     * Each call needs a place of its key and one of its model, and those who wait for one hold up
     * those who wait for the other.
     */
    @Test
    void callsThatWaitForTwoThingsComeThroughAll() throws Exception {
        limiter.rules(
                List.of(
                        rule("keys", Set.of(Dimension.KEY), Measure.PARALLEL, 2, WAIT),
                        rule("models", Set.of(Dimension.MODEL), Measure.PARALLEL, 2, WAIT)),
                List.of());
        AtomicInteger admitted = new AtomicInteger();
        try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < 600; i++) {
                Asked asked = asked("key" + i % 4, "model" + i % 3);
                all.add(
                        pool.submit(() -> {
                            if (limiter.reserve(asked, new Abort()) instanceof Decision.Admitted) {
                                admitted.incrementAndGet();
                                LockSupport.parkNanos(1_000);
                                limiter.released(asked.call(), 10);
                            }
                        }));
            }
            for (Future<?> each : all) {
                each.get();
            }
        }
        assertThat(admitted.get()).isEqualTo(600);
        assertThat(waiting()).isZero();
        assertThat(limiter.open().calls()).isZero();
        assertThat(limiter.limitStandings()).allMatch(standing -> standing.parallel() == 0);
    }

    private void limit(String name, Which which, Measure measure, long amount, Duration wait) {
        limiter.rules(
                List.of(new LimitRule(name, which, Map.of(measure, amount), wait)), List.of());
    }

    private static LimitRule rule(
            String name, Set<Dimension> per, Measure measure, long amount, Duration wait) {
        return new LimitRule(name, new Which(Map.of(), per), Map.of(measure, amount), wait);
    }

    private Asked asked(String key, String model) {
        return new Asked(
                new UUID(numbers.incrementAndGet(), 0),
                new Caller(new Principal(key, key, "project", List.of()), model, null),
                Instant.now(),
                10,
                0,
                false);
    }

    private int waiting() {
        return limiter.limitStandings().stream().mapToInt(Limit.Standing::waiting).sum();
    }

    private void awaitWaiting(int many) {
        while (waiting() != many) {
            Thread.onSpinWait();
        }
    }
}
