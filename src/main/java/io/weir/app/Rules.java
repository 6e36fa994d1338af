package io.weir.app;

import io.weir.access.KeyEntry;
import io.weir.access.Keyring;
import io.weir.access.Register;
import io.weir.config.NamePattern;
import io.weir.ledger.RecordLog;
import io.weir.limit.Budget;
import io.weir.limit.BudgetRule;
import io.weir.limit.Dimension;
import io.weir.limit.LimitRule;
import io.weir.limit.Limiter;
import io.weir.limit.Period;
import io.weir.limit.Which;
import io.weir.report.BudgetSums;
import io.weir.store.CallStore;
import io.weir.store.StoreUnavailable;
import java.io.Closeable;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The limits and budgets that count: those of the configuration and those that were added since.
 * What was spent of a budget before it began is asked of the ledger, in the background.
 */
final class Rules implements Closeable {
    private static final System.Logger LOG = System.getLogger(Rules.class.getName());
    private static final Duration LOOK = Duration.ofMillis(20);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);
    private static final Duration SWEEP = Duration.ofSeconds(30);

    private final Limiter limiter;
    private final Configured configured;
    private final Register<LimitRule> limits;
    private final Register<BudgetRule> budgets;
    private final Keyring keys;
    private final CallStore store;
    private final RecordLog log;
    private final StoreProgress stored;
    private final InstantSource clock;
    private final BlockingQueue<Budget> toOpen = new LinkedBlockingQueue<>();
    private final Thread thread =
            Thread.ofPlatform().name("weir-budgets").daemon(true).unstarted(this::run);
    private volatile boolean started;

    /** What stands in the configuration. */
    record Configured(List<LimitRule> limits, List<BudgetRule> budgets) {}

    Rules(
            Limiter limiter,
            Configured configured,
            Register<LimitRule> limits,
            Register<BudgetRule> budgets,
            Keyring keys,
            CallStore store,
            RecordLog log,
            StoreProgress stored,
            InstantSource clock) {
        this.limiter = limiter;
        this.configured = configured;
        this.limits = limits;
        this.budgets = budgets;
        this.keys = keys;
        this.store = store;
        this.log = log;
        this.stored = stored;
        this.clock = clock;
    }

    /**
     * Begins to go by them.
     *
     * @param patience how long to wait until it is known what was spent
     */
    void start(Duration patience) {
        limits.follow((name, before, after) -> changed());
        budgets.follow((name, before, after) -> changed());
        started = true;
        changed();
        thread.start();
        long until = System.nanoTime() + patience.toNanos();
        try {
            while (limiter.budgets().stream().anyMatch(budget -> !budget.isOpen())
                    && System.nanoTime() - until < 0) {
                TimeUnit.NANOSECONDS.sleep(LOOK.toNanos());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    /** Rules of the configuration come first, and none that was added has the name of one. */
    private synchronized void changed() {
        if (!started) {
            return;
        }
        List<LimitRule> allLimits = new ArrayList<>();
        configured.limits.forEach(rule -> allLimits.add(rule.counting(named(rule.which()))));
        allLimits.addAll(limits.all());
        List<BudgetRule> allBudgets = new ArrayList<>();
        configured.budgets.forEach(rule -> allBudgets.add(rule.counting(named(rule.which()))));
        allBudgets.addAll(budgets.all());
        toOpen.addAll(limiter.rules(allLimits, allBudgets));
    }

    /** In the configuration a key may be meant by its name. */
    private Which named(Which which) {
        String key = which.where().get(Dimension.KEY);
        if (key == null || NamePattern.isBeginning(key) || keys.byId(key).isPresent()) {
            return which;
        }
        List<KeyEntry> called =
                keys.all().stream().filter(entry -> entry.key().name().equals(key)).toList();
        if (called.size() != 1) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "a rule is about the key ''{0}'', and {1} keys are called that: it counts nothing",
                    key,
                    called.size());
            return which;
        }
        Map<Dimension, String> where = new EnumMap<>(which.where());
        where.put(Dimension.KEY, called.getFirst().key().id());
        return new Which(where, which.per());
    }

    private void run() {
        try {
            while (true) {
                Budget budget = toOpen.poll(SWEEP.toSeconds(), TimeUnit.SECONDS);
                if (budget != null) {
                    open(budget);
                }
                limiter.sweep();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void open(Budget budget) throws InterruptedException {
        while (limiter.budgets().contains(budget)) {
            try {
                Period.Span span = budget.begin(clock.instant());
                stored.awaitPatiently(log.health().lastSequence());
                BudgetSums sums = BudgetSums.of(store, budget.rule().which(), span);
                if (budget.opened(span, sums.through(), sums.bySlot())) {
                    return;
                }
            } catch (StoreUnavailable e) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "what was spent of the budget {0} is not known yet: {1}",
                        budget.rule().name(),
                        e.getMessage());
                TimeUnit.NANOSECONDS.sleep(PAUSE_AFTER_FAILURE.toNanos());
            }
        }
    }
}
