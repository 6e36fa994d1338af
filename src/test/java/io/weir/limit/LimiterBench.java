package io.weir.limit;

import io.weir.call.Principal;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What limits and budgets cost a call: estimate, reserve and settle, without rules, with limits of
 * ten counters, and with those and a budget of three levels; by one thread and by 64 side by side.
 * {@code bench/run limits} runs it.
 */
public final class LimiterBench {
    private static final InstantSource CLOCK = () -> Instant.now().truncatedTo(ChronoUnit.MICROS);
    private static final int ROUNDS = 5;
    private static final int CALLS = 400_000;
    private static final int MANY = 64;
    private static final ZoneId UTC = ZoneId.of("UTC");

    private LimiterBench() {}

    /** Rules under a name. */
    private record Load(String name, List<LimitRule> limits, List<BudgetRule> budgets) {}

    public static void main(String[] arguments) throws InterruptedException {
        List<Load> loads =
                List.of(
                        new Load("no rules", List.of(), List.of()),
                        new Load("10 counters", limits(), List.of()),
                        new Load("10 counters, 3 budgets", limits(), budgets()),
                        new Load("the same, and 100,000 keys' own", manyLimits(), budgets()));
        System.out.printf("%-32s %8s %14s %14s%n", "rules", "threads", "ns/call", "bytes/call");
        for (int round = 0; round <= ROUNDS; round++) {
            for (Load load : loads) {
                for (int threads : new int[] {1, MANY}) {
                    measure(load, threads, round);
                }
            }
        }
    }

    private static void measure(Load load, int threads, int round) throws InterruptedException {
        Limiter limiter = new Limiter(System::nanoTime, CLOCK, Duration.ofHours(1), true);
        for (Budget budget : limiter.rules(load.limits, load.budgets)) {
            budget.opened(budget.begin(Instant.now()), -1, Map.of());
        }
        Estimator estimator = new Estimator();
        AtomicLong bytes = new AtomicLong();
        CountDownLatch ready = new CountDownLatch(threads);
        CountDownLatch go = new CountDownLatch(1);
        List<Thread> all = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            int number = i;
            Runnable work =
                    () -> {
                        ready.countDown();
                        try {
                            go.await();
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                            return;
                        }
                        bytes.addAndGet(calls(limiter, estimator, number, CALLS / threads));
                    };
            // Virtual threads do not tell what they allocate; one thread alone does.
            all.add(
                    threads == 1
                            ? Thread.ofPlatform().start(work)
                            : Thread.ofVirtual().start(work));
        }
        ready.await();
        long begun = System.nanoTime();
        go.countDown();
        for (Thread thread : all) {
            thread.join();
        }
        long nanos = System.nanoTime() - begun;
        if (limiter.open().calls() != 0 || limiter.open().reserved() != 0) {
            throw new IllegalStateException("something is left: " + limiter.open());
        }
        if (round > 0) {
            System.out.printf(
                    "%-32s %8d %14.0f %14s%n",
                    load.name,
                    threads,
                    (double) nanos / CALLS,
                    threads == 1 ? Long.toString(bytes.get() / CALLS) : "-");
        }
    }

    private static long calls(Limiter limiter, Estimator estimator, int thread, int calls) {
        Principal principal = new Principal("key_" + thread % 8, "k", "shop", List.of("team-a"));
        long before = allocated();
        for (int i = 0; i < calls; i++) {
            UUID id = new UUID(thread, i);
            Caller caller = new Caller(principal, "gpt-4o", "user " + i % 50);
            Instant now = CLOCK.instant();
            long tokens = estimator.of(principal.keyId(), caller.model(), 2_000, 300, 1).total();
            Decision decision =
                    limiter.reserve(new Asked(id, caller, now, tokens, 2_500 * tokens, false));
            if (!(decision instanceof Decision.Admitted)) {
                throw new IllegalStateException("refused: " + decision);
            }
            limiter.ended(id, new Spending(i, caller, now, 2_000 * tokens), tokens - 10);
            estimator.learn(principal.keyId(), caller.model(), 2_000, 450, 100 + i % 200);
        }
        return allocated() - before;
    }

    private static long allocated() {
        return Thread.currentThread().isVirtual()
                        || !(ManagementFactory.getThreadMXBean()
                                instanceof com.sun.management.ThreadMXBean threads)
                ? 0
                : threads.getCurrentThreadAllocatedBytes();
    }

    /** Two limits of four measures and one of two: ten counters. */
    private static List<LimitRule> limits() {
        Map<Measure, Long> four = new EnumMap<>(Measure.class);
        four.put(Measure.REQUESTS_PER_MINUTE, 1_000_000_000L);
        four.put(Measure.REQUESTS_PER_DAY, 1_000_000_000_000L);
        four.put(Measure.TOKENS_PER_MINUTE, 1_000_000_000_000L);
        four.put(Measure.TOKENS_PER_DAY, 1_000_000_000_000L);
        Map<Measure, Long> two = new EnumMap<>(Measure.class);
        two.put(Measure.REQUESTS_PER_MINUTE, 1_000_000_000L);
        two.put(Measure.PARALLEL, 1_000L);
        return List.of(
                new LimitRule("each-key", new Which(Map.of(), Set.of(Dimension.KEY)), four),
                new LimitRule("all", Which.ALL, four),
                new LimitRule("users", new Which(Map.of(), Set.of(Dimension.USER)), two));
    }

    private static List<LimitRule> manyLimits() {
        List<LimitRule> rules = new ArrayList<>(limits());
        for (int i = 0; i < 100_000; i++) {
            rules.add(
                    new LimitRule(
                            "own-" + i,
                            new Which(Map.of(Dimension.KEY, "key_" + i), Set.of()),
                            Map.of(Measure.REQUESTS_PER_MINUTE, 1_000_000_000L)));
        }
        return rules;
    }

    private static List<BudgetRule> budgets() {
        return List.of(
                budget("each key", new Which(Map.of(), Set.of(Dimension.KEY))),
                budget("shop", new Which(Map.of(Dimension.PROJECT, "shop"), Set.of())),
                budget("all", Which.ALL));
    }

    private static BudgetRule budget(String name, Which which) {
        return new BudgetRule(
                name.replace(' ', '-'),
                which,
                900_000_000_000_000_000L,
                Period.MONTH,
                UTC,
                BudgetRule.Mode.HARD,
                null,
                BudgetRule.Unpriced.BLOCK,
                0,
                List.of());
    }
}
