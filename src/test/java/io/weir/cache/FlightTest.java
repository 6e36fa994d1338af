package io.weir.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Equal calls under way. */
class FlightTest {
    private static final Duration GENEROUS = Duration.ofSeconds(60);
    private static final CacheConfig CONFIG =
            new CacheConfig(
                    true,
                    Duration.ofHours(1),
                    1 << 20,
                    1_000,
                    CacheConfig.Scope.PROJECT,
                    true,
                    SemanticConfig.OFF);

    private final AtomicLong nanos = new AtomicLong();
    private final AnswerCache cache = new AnswerCache(CONFIG, "openai", nanos::get);
    private final List<Thread> threads = new ArrayList<>();

    private final Asking leader = new Asking(cache, "a");
    private final Filling leading = leader.filling();

    @Test
    void everybodyGetsTheAnswerOfTheFirst() {
        List<CompletableFuture<AnswerCache.Step>> others = List.of(wait(call()), wait(call()));
        leader.answer(leading, "one");
        for (CompletableFuture<AnswerCache.Step> other : others) {
            assertThat(other.join()).isInstanceOf(AnswerCache.Step.Answered.class);
        }
        assertThat(cache.standing().underWay()).isZero();
    }

    @Test
    void whenTheLeaderFailsTheFirstWhoWaitsLeadsAndTheOthersWaitOn() {
        CompletableFuture<AnswerCache.Step> second = wait(call());
        CompletableFuture<AnswerCache.Step> third = wait(call());
        leading.failed();
        assertThat(second.join()).isInstanceOf(AnswerCache.Step.Asks.class);
        assertThat(third).isNotDone();
        ((AnswerCache.Step.Asks) second.join()).filling().failed();
        assertThat(third.join()).isInstanceOf(AnswerCache.Step.Asks.class);
        ((AnswerCache.Step.Asks) third.join()).filling().failed();
        assertThat(cache.standing().underWay()).isZero();
    }

    @Test
    void allAskForThemselvesWhereTheAnswerWillNeverBeKept() {
        List<CompletableFuture<AnswerCache.Step>> others = List.of(wait(call()), wait(call()));
        leading.keeping(Asking.whole(400, "no"), leader.call, () -> 1L);
        for (CompletableFuture<AnswerCache.Step> other : others) {
            assertThat(other.join()).isInstanceOf(AnswerCache.Step.Asks.class);
        }
        assertThat(cache.standing().underWay()).isZero();
    }

    @Test
    void whoseClientLeavesStopsWaitingAtOnceAndLeavesTheTurnToTheNext() {
        Asking leaves = call();
        CompletableFuture<AnswerCache.Step> second = wait(leaves);
        CompletableFuture<AnswerCache.Step> third = wait(call());
        leaves.call.abort().clientLeft();
        assertThat(second.join()).isInstanceOf(AnswerCache.Step.Stopped.class);
        assertThat(third).isNotDone();
        leading.failed();
        assertThat(third.join()).isInstanceOf(AnswerCache.Step.Asks.class);
    }

    @Test
    void whoseTimeIsUpAsksForItself() {
        Asking late = call();
        assertThat(cache.enter(late.key, CacheControl.NONE, late.call.abort(), 0))
                .isInstanceOf(AnswerCache.Step.Asks.class);
        leader.answer(leading, "one");
        assertThat(cache.standing().underWay()).isZero();
    }

    @Test
    void whoCameBetweenTheAnswerAndItsKeepingNeedNotAsk() {
        leader.answer(leading, "one");
        assertThat(call().enter()).isInstanceOf(AnswerCache.Step.Answered.class);
    }

    @Test
    void withoutSingleFlightNobodyWaits() {
        CacheConfig alone =
                new CacheConfig(
                        true,
                        Duration.ofHours(1),
                        1 << 20,
                        9,
                        CacheConfig.Scope.PROJECT,
                        false,
                        SemanticConfig.OFF);
        AnswerCache other = new AnswerCache(alone, "openai", nanos::get);
        new Asking(other, "a").filling();
        new Asking(other, "a").filling();
        assertThat(other.standing().underWay()).isZero();
    }

    private Asking call() {
        return new Asking(cache, "a");
    }

    /** Enters on a thread of its own, and returns once that waits. */
    private CompletableFuture<AnswerCache.Step> wait(Asking asking) {
        CompletableFuture<AnswerCache.Step> step = new CompletableFuture<>();
        Thread thread = Thread.ofVirtual().start(() -> step.complete(asking.enter()));
        threads.add(thread);
        await().atMost(GENEROUS)
                .until(() ->
                        thread.getState() == Thread.State.WAITING
                                || thread.getState() == Thread.State.TIMED_WAITING);
        return step.orTimeout(60, TimeUnit.SECONDS);
    }
}
