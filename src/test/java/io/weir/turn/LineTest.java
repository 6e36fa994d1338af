package io.weir.turn;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.call.Priority;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LineTest {
    private static final long HOUR = TimeUnit.HOURS.toNanos(1);

    private static final List<Priority> EACH = List.of(Priority.values());

    private final Line line = new Line(System::nanoTime, 1_000);
    private final AtomicInteger places = new AtomicInteger();
    private final List<String> served = Collections.synchronizedList(new ArrayList<>());
    private final List<Thread> threads = new ArrayList<>();
    private int calls;

    @Test
    void ownersTakeTurns() throws Exception {
        for (int i = 0; i < 4; i++) {
            join("many", Priority.NORMAL);
        }
        join("few", Priority.NORMAL);
        join("other", Priority.NORMAL);

        assertThat(serveAll()).containsExactly("many", "few", "other", "many", "many", "many");
    }

    @Test
    void aHigherPriorityGoesFirstButNotForEver() throws Exception {
        join("patient", Priority.LOW);
        for (int i = 0; i < 12; i++) {
            join("urgent", Priority.HIGH);
        }
        join("usual", Priority.NORMAL);

        List<String> order = serveAll();

        assertThat(order.subList(0, Line.MOST_PASSING)).containsOnly("urgent");
        assertThat(order.subList(Line.MOST_PASSING, Line.MOST_PASSING + 2))
                .containsExactly("usual", "patient");
        assertThat(order.subList(Line.MOST_PASSING + 2, 14)).containsOnly("urgent");
    }

    @Test
    void whoComesWhileOthersWaitIsNotLetThrough() throws Exception {
        assertThat(line.lets(null)).isTrue();
        join("first", Priority.NORMAL);

        assertThat(line.lets(null)).isFalse();

        assertThat(serveAll()).containsExactly("first");
        assertThat(line.lets(null)).isTrue();
    }

    @Test
    void theOldestPassesInEveryLine() throws Exception {
        Waiter older = new Waiter(id(), "older", Priority.LOW);
        join("first", Priority.HIGH);
        Waiter younger = new Waiter(id(), "younger", Priority.HIGH);

        assertThat(line.lets(older)).isTrue();
        assertThat(line.lets(younger)).isFalse();
        serveAll();
    }

    @Test
    void whoIsStoppedIsPassedOver() throws Exception {
        Waiter[] stopped = new Waiter[1];
        Line.End[] end = new Line.End[1];
        Thread thread =
                Thread.ofVirtual()
                        .start(() -> {
                            stopped[0] = new Waiter(id(), "gone", Priority.HIGH);
                            end[0] = line.await(stopped[0], System.nanoTime() + HOUR, this::take);
                        });
        awaitSize(1);
        join("stays", Priority.NORMAL);

        stopped[0].stop();
        thread.join();

        assertThat(end[0]).isEqualTo(Line.End.STOPPED);
        assertThat(serveAll()).containsExactly("stays");
    }

    @Test
    void nobodyWaitsForWhatComesTooLate() {
        Waiter waiter = new Waiter(id(), "hasty", Priority.NORMAL);
        long until = System.nanoTime() + HOUR;

        assertThat(line.await(waiter, until, () -> 2 * HOUR)).isEqualTo(Line.End.IN_VAIN);
        assertThat(line.await(waiter, System.nanoTime() - 1, () -> Line.WHEN_WOKEN))
                .isEqualTo(Line.End.IN_VAIN);
        assertThat(line.size()).isZero();
    }

    @Test
    void aFullLineTakesNobody() throws Exception {
        Line none = new Line(System::nanoTime, 0);

        assertThat(
                        none.await(
                                new Waiter(id(), "late", Priority.NORMAL),
                                System.nanoTime() + HOUR,
                                () -> 0))
                .isEqualTo(Line.End.FULL);
    }

    /** Those who wait, those who only come by, and those who give up, for three places. */
    @Test
    void nobodyIsForgottenAndNoPlaceIsGivenTwice() throws Exception {
        places.set(3);
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicInteger done = new AtomicInteger();
        AtomicInteger stopped = new AtomicInteger();
        for (int i = 0; i < 400; i++) {
            String owner = "owner" + i % 7;
            Priority priority = EACH.get(i % 3);
            boolean givesUp = i % 5 == 0;
            threads.add(
                    Thread.ofVirtual()
                            .start(() -> {
                                Waiter waiter = new Waiter(id(), owner, priority);
                                if (givesUp) {
                                    Thread.ofVirtual().start(waiter::stop);
                                }
                                boolean[] has = new boolean[1];
                                Line.End end =
                                        line.await(
                                                waiter,
                                                System.nanoTime() + HOUR,
                                                () -> {
                                                    has[0] = takePlace();
                                                    return has[0] ? 0 : Line.WHEN_WOKEN;
                                                });
                                if (has[0]) {
                                    most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                                    Thread.onSpinWait();
                                    inside.decrementAndGet();
                                    places.incrementAndGet();
                                    line.wake();
                                    done.incrementAndGet();
                                } else if (end == Line.End.STOPPED) {
                                    stopped.incrementAndGet();
                                }
                            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(done.get() + stopped.get()).isEqualTo(400);
        assertThat(done.get()).isGreaterThanOrEqualTo(320);
        assertThat(most.get()).isLessThanOrEqualTo(3);
        assertThat(places.get()).isEqualTo(3);
        assertThat(line.size()).isZero();
    }

    private void join(String owner, Priority priority) {
        int before = line.size();
        UUID id = id();
        threads.add(
                Thread.ofVirtual()
                        .start(() ->
                                line.await(
                                        new Waiter(id, owner, priority),
                                        System.nanoTime() + HOUR,
                                        () -> {
                                            if (!takePlace()) {
                                                return Line.WHEN_WOKEN;
                                            }
                                            served.add(owner);
                                            return 0;
                                        })));
        awaitSize(before + 1);
    }

    private List<String> serveAll() throws InterruptedException {
        int wanted = served.size() + line.size();
        while (served.size() < wanted) {
            int before = line.size();
            places.incrementAndGet();
            line.wake();
            awaitSize(before - 1);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        return List.copyOf(served);
    }

    private void awaitSize(int size) {
        while (line.size() != size) {
            Thread.onSpinWait();
        }
    }

    private long take() {
        return takePlace() ? 0 : Line.WHEN_WOKEN;
    }

    private boolean takePlace() {
        return places.getAndUpdate(left -> left > 0 ? left - 1 : 0) > 0;
    }

    /** As calls have them: a later one is greater. */
    private synchronized UUID id() {
        return new UUID(++calls, ThreadLocalRandom.current().nextLong());
    }
}
