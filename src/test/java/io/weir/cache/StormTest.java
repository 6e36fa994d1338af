package io.weir.cache;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.call.Outcome;
import io.weir.call.Source;
import io.weir.call.UpstreamFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Sixty-four clients at once, with failures, cuts, clients that leave, evictions and clearings,
 * held to what a slow and simple model says: an answer that is given again is one that an upstream
 * has given whole to that question; a question that can be shared is asked by one call at a time;
 * and in the end nobody waits and nothing is under way.
 */
class StormTest {
    private static final int CLIENTS = 64;
    private static final int CALLS = 150;
    private static final int QUESTIONS = 6;

    /** Answers to this one are never kept, so that everybody asks for himself. */
    private static final int UNSHARED = 5;

    /** Room for two answers or so, so that most go again. */
    private static final CacheConfig CONFIG =
            new CacheConfig(
                    true,
                    Duration.ofHours(1),
                    1_600,
                    200,
                    CacheConfig.Scope.PROJECT,
                    true,
                    SemanticConfig.OFF);

    private final AnswerCache cache = new AnswerCache(CONFIG, "openai", System::nanoTime);
    private final Map<Integer, Set<String>> givenWhole = new ConcurrentHashMap<>();
    private final Map<Time, AtomicInteger> askers = new ConcurrentHashMap<>();

    /** Odd while the cache is being cleared. */
    private final AtomicInteger clearings = new AtomicInteger();

    private final AtomicReferenceArray<Asking> current = new AtomicReferenceArray<>(CLIENTS);
    private final AtomicInteger answers = new AtomicInteger();
    private final AtomicInteger hits = new AtomicInteger();
    private final AtomicInteger stopped = new AtomicInteger();
    private final Set<String> wrong = ConcurrentHashMap.newKeySet();

    /** A question, between two clearings. */
    private record Time(int question, int clearings) {}

    private static final class Bug extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void nobodyIsLeftWaitingAndNothingIsAskedTwiceAtATime(long seed) throws InterruptedException {
        List<Thread> clients = new ArrayList<>();
        for (int client = 0; client < CLIENTS; client++) {
            int number = client;
            Random random = new Random(seed * 1_000 + client);
            clients.add(Thread.ofVirtual().start(() -> calls(number, random)));
        }
        Thread troubles = Thread.ofVirtual().start(() -> trouble(new Random(seed)));
        for (Thread client : clients) {
            assertThat(client.join(Duration.ofMinutes(2))).as("a client that ends").isTrue();
        }
        troubles.interrupt();
        troubles.join();
        assertThat(wrong).isEmpty();
        assertThat(cache.standing().underWay()).isZero();
        assertThat(hits).hasPositiveValue();
        assertThat(stopped).hasPositiveValue();
        assertThat(cache.standing().evictions()).isPositive();
    }

    private void calls(int client, Random random) {
        for (int i = 0; i < CALLS; i++) {
            int question = random.nextInt(QUESTIONS);
            Asking asking = new Asking(cache, "q" + question);
            current.set(client, asking);
            try {
                call(asking, question, random);
            } catch (Bug asPlanned) {
                pause(random);
            } catch (UpstreamFailure | RuntimeException | AssertionError e) {
                wrong.add(e.toString());
            }
        }
    }

    private void call(Asking asking, int question, Random random) throws UpstreamFailure {
        int before = clearings.get();
        CachedAnswer found = cache.find(asking.key, CacheControl.NONE);
        AnswerCache.Step step =
                found == null ? asking.enter() : new AnswerCache.Step.Answered(found);
        switch (step) {
            case AnswerCache.Step.Answered(CachedAnswer answer) -> {
                hits.incrementAndGet();
                String body = new String(answer.body(), UTF_8);
                if (!givenWhole.getOrDefault(question, Set.of()).contains(body)) {
                    wrong.add("nobody has given " + body + " to " + question);
                }
            }
            case AnswerCache.Step.Asks(Filling filling) -> {
                boolean quiet = before % 2 == 0 && before == clearings.get();
                Time time = new Time(question, quiet ? before : -1);
                ask(asking, filling, time, random);
            }
            case AnswerCache.Step.Stopped gone -> {
                stopped.incrementAndGet();
                if (!asking.call.abort().hasClientLeft()) {
                    wrong.add("stopped without a reason");
                }
            }
        }
    }

    /** After a clearing a second may ask while the first one's answer is still to come. */
    private void ask(Asking asking, Filling filling, Time time, Random random)
            throws UpstreamFailure {
        int question = time.question();
        AtomicInteger asked = askers.computeIfAbsent(time, unseen -> new AtomicInteger());
        if (asked.incrementAndGet() > 1 && question != UNSHARED && time.clearings() >= 0) {
            wrong.add("two ask " + question);
        }
        boolean breaks = random.nextInt(8) == 0;
        pause(random);
        // Before it tells: the next may ask as soon as it has.
        asked.decrementAndGet();
        if (breaks) {
            filling.failed();
            throw new Bug();
        }
        answer(asking, filling, question, random);
    }

    private void answer(Asking asking, Filling filling, int question, Random random)
            throws UpstreamFailure {
        String body = "answer %d to %d".formatted(answers.incrementAndGet(), question);
        if (question == UNSHARED) {
            filling.keeping(Asking.whole(400, body), asking.call, () -> 1L);
            return;
        }
        switch (random.nextInt(6)) {
            case 0 -> filling.keeping(Asking.whole(500, body), asking.call, () -> 1L);
            case 1 -> filling.keeping(Asking.refused(), asking.call, () -> 1L);
            case 2 -> {
                Source half = asking.stream(filling, body.substring(0, 3), body.substring(3));
                half.read(new byte[100], 0, 100);
                half.close(new Outcome.ClientGone());
            }
            case 3 -> {
                givenWhole(question, body);
                Source whole = asking.stream(filling, body);
                byte[] piece = new byte[100];
                while (whole.read(piece, 0, 100) >= 0) {
                    pause(random);
                }
                whole.close(new Outcome.Completed());
            }
            default -> {
                givenWhole(question, body);
                asking.answer(filling, body);
            }
        }
    }

    private void givenWhole(int question, String body) {
        givenWhole.computeIfAbsent(question, q -> ConcurrentHashMap.newKeySet()).add(body);
    }

    /** Clients leave while they wait, and what is kept is forgotten. */
    private void trouble(Random random) {
        while (!Thread.currentThread().isInterrupted()) {
            Asking unlucky = current.get(random.nextInt(CLIENTS));
            if (unlucky != null && random.nextInt(3) == 0) {
                unlucky.call.abort().clientLeft();
            }
            if (random.nextInt(20) == 0) {
                clearings.incrementAndGet();
                cache.clear(null);
                clearings.incrementAndGet();
            }
            LockSupport.parkNanos(20_000);
        }
    }

    private static void pause(Random random) {
        LockSupport.parkNanos(random.nextInt(100_000));
    }
}
