package io.weir.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManyAtOnceTest {
    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");
    private static final long DOLLAR = 1_000_000_000L;
    private static final int CLIENTS = 500;
    private static final int CALLS = 400;

    private final AtomicInteger numbers = new AtomicInteger();
    private final Limiter limiter = new Limiter(() -> 0, () -> NOW, Duration.ofHours(1), true);

    /** What becomes of calls. */
    private record Outcome(long admitted, long spent, long mostBeyond) {}

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void fiveHundredClientsSpendADollarAndNoMore(long seed) throws Exception {
        begin(
                List.of(),
                List.of(
                        LimiterTest.budget(
                                "dollar", Which.ALL, DOLLAR, Period.TOTAL, BudgetRule.Mode.HARD)));

        Outcome outcome = run(seed, 1.0);

        System.out.printf(
                "a dollar: seed %d, %,d of %,d calls made, %,d nano-dollars spent%n",
                seed, outcome.admitted, CLIENTS * CALLS, outcome.spent);
        assertThat(outcome.spent).isLessThanOrEqualTo(DOLLAR);
        assertThat(outcome.spent).isGreaterThan(DOLLAR - 2_000_000);
        assertNothingLeft(outcome);
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 5})
    void callsThatCostMoreThanWasReservedGoBeyondByNoMoreThanThat(long seed) throws Exception {
        begin(
                List.of(),
                List.of(
                        LimiterTest.budget(
                                "dollar", Which.ALL, DOLLAR, Period.TOTAL, BudgetRule.Mode.HARD)));

        Outcome outcome = run(seed, 1.5);

        assertThat(outcome.spent).isLessThanOrEqualTo(DOLLAR + outcome.mostBeyond);
        assertNothingLeft(outcome);
    }

    @Test
    void noMoreAreMadeThanLimitsAllowWhoeverCalls() throws Exception {
        begin(
                List.of(
                        LimiterTest.limit("rpm", Which.ALL, Measure.REQUESTS_PER_MINUTE, 12_345),
                        LimiterTest.limit("parallel", Which.ALL, Measure.PARALLEL, 40)),
                List.of());
        Outcome outcome = run(9, 1.0);
        assertThat(outcome.admitted).isLessThanOrEqualTo(12_345);
        assertNothingLeft(outcome);
    }

    private Outcome run(long seed, double most) throws Exception {
        AtomicLong spent = new AtomicLong();
        AtomicLong admitted = new AtomicLong();
        AtomicLong beyond = new AtomicLong();
        AtomicLong mostBeyond = new AtomicLong();
        AtomicLong sequence = new AtomicLong();
        List<Future<?>> clients = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int client = 0; client < CLIENTS; client++) {
                Random random = new Random(seed * 1_000L + client);
                clients.add(
                        threads.submit(() -> {
                            for (int i = 0; i < CALLS; i++) {
                                long estimate = 1_000L + random.nextInt(1_000_000);
                                int number = numbers.incrementAndGet();
                                Asked asked =
                                        new Asked(
                                                LimiterTest.call(number),
                                                LimiterTest.caller("a"),
                                                NOW,
                                                10,
                                                estimate,
                                                false);
                                if (!(limiter.reserve(asked) instanceof Decision.Admitted)) {
                                    continue;
                                }
                                admitted.incrementAndGet();
                                long cost = (long) (estimate * random.nextDouble() * most);
                                long over = Math.max(0, cost - estimate);
                                long now = beyond.addAndGet(over);
                                mostBeyond.accumulateAndGet(now, Math::max);
                                LockSupport.parkNanos(1);
                                switch (random.nextInt(5)) {
                                    case 0 -> limiter.released(asked.call(), 0);
                                    default -> {
                                        spent.addAndGet(cost);
                                        Spending spending =
                                                new Spending(
                                                        sequence.incrementAndGet(),
                                                        asked.caller(),
                                                        NOW,
                                                        cost);
                                        limiter.ended(asked.call(), spending, 10);
                                    }
                                }
                            }
                        }));
            }
            for (Future<?> client : clients) {
                client.get();
            }
        }
        return new Outcome(admitted.get(), spent.get(), mostBeyond.get());
    }

    private void assertNothingLeft(Outcome outcome) {
        assertThat(limiter.open()).isEqualTo(new Limiter.Open(0, 0, 0, 0));
        assertThat(limiter.limitStandings()).allMatch(standing -> standing.parallel() == 0);
        for (Budget.Standing standing : limiter.budgetStandings()) {
            assertThat(standing.spent()).isEqualTo(outcome.spent);
            assertThat(standing.reserved()).isZero();
        }
    }

    private void begin(List<LimitRule> limits, List<BudgetRule> budgets) {
        for (Budget budget : limiter.rules(limits, budgets)) {
            budget.opened(budget.begin(NOW), 0, Map.of());
        }
    }
}
