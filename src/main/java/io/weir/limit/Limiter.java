package io.weir.limit;

import io.weir.call.Abort;
import io.weir.call.Principal;
import io.weir.turn.Line;
import io.weir.turn.Waiter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Says which calls may be made. What a call may use is reserved by an estimate before, and settled
 * by what it used afterwards, whatever became of it. No call waits for another here: every counter
 * is a number that is compared and set.
 *
 * <p>A call that several rules count takes from all of them or from none. A third call that looks
 * between a taking and its giving back may see less than there is, and is refused for it; more than
 * there is it never sees.
 */
public final class Limiter {
    private static final System.Logger LOG = System.getLogger(Limiter.class.getName());

    /** When another call is likely to have ended. */
    private static final Duration PARALLEL_WAIT = Duration.ofSeconds(1);

    private static final Duration UNKNOWN_WAIT = Duration.ofSeconds(2);

    private final LongSupplier ticker;
    private final InstantSource clock;
    private final long longest;
    private final boolean refuseUnknown;
    private final ReentrantLock changing = new ReentrantLock();
    private final Map<UUID, Lease> open = new ConcurrentHashMap<>();
    private final LongAdder swept = new LongAdder();
    private final Map<String, LongAdder> refusals = new ConcurrentHashMap<>();
    private volatile RuleIndex<Limit> limits = new RuleIndex<>(List.of(), it -> it.rule().which());
    private volatile RuleIndex<Budget> budgets =
            new RuleIndex<>(List.of(), it -> it.rule().which());

    /**
     * Without rules.
     *
     * @param ticker nanoseconds of a monotonic clock
     * @param longest that a call can take; what one has reserved that takes longer is given back
     * @param refuseUnknown whether a call is refused while it is not known what was spent of a hard
     *     budget
     */
    public Limiter(
            LongSupplier ticker, InstantSource clock, Duration longest, boolean refuseUnknown) {
        this.ticker = ticker;
        this.clock = clock;
        this.longest = longest.toNanos();
        this.refuseUnknown = refuseUnknown;
    }

    /**
     * Goes by those rules from now on. Counters of rules that stay the same but for their amounts
     * go on.
     *
     * @return budgets that have begun, of which the ledger has to say what was spent
     */
    public List<Budget> rules(
            Collection<LimitRule> limitRules, Collection<BudgetRule> budgetRules) {
        changing.lock();
        try {
            Map<String, Limit> knownLimits = byName(limits.all(), limit -> limit.rule().name());
            limits =
                    new RuleIndex<>(
                            limitRules.stream()
                                    .map(rule -> limit(rule, knownLimits.get(rule.name())))
                                    .toList(),
                            it -> it.rule().which());
            Map<String, Budget> knownBudgets =
                    byName(budgets.all(), budget -> budget.rule().name());
            List<Budget> begun = new ArrayList<>();
            List<Budget> all = new ArrayList<>();
            for (BudgetRule rule : budgetRules) {
                @Nullable Budget known = knownBudgets.get(rule.name());
                if (known != null && rule.continues(known.rule())) {
                    known.rule(rule);
                    all.add(known);
                } else {
                    Budget fresh = new Budget(rule);
                    all.add(fresh);
                    begun.add(fresh);
                }
            }
            budgets = new RuleIndex<>(all, it -> it.rule().which());
            return begun;
        } finally {
            changing.unlock();
        }
    }

    /** Reserves for a call, or says why it may not be made; at once. */
    public Decision reserve(Asked asked) {
        return attempt(asked, null).decision();
    }

    /**
     * Reserves for a call, or says why it may not be made. Where limits allow it the call waits for
     * its turn on this thread, until its client goes.
     */
    public Decision reserve(Asked asked, Abort abort) {
        Attempt attempt = attempt(asked, null);
        Decision decision = attempt.mayWait() ? waiting(asked, abort, attempt) : attempt.decision();
        if (decision instanceof Decision.Refused refused) {
            refusals.computeIfAbsent(refused.rule(), unseen -> new LongAdder()).increment();
        }
        return decision;
    }

    private Decision waiting(Asked asked, Abort abort, Attempt first) {
        Principal principal = asked.caller().principal();
        Waiter waiter = new Waiter(asked.call(), principal.keyId(), principal.priority());
        abort.onClientLeft(waiter::stop);
        try {
            long began = ticker.getAsLong();
            Turn turn = new Turn(asked, waiter, first);
            Line.End end = Line.End.TRIED;
            while (end == Line.End.TRIED && turn.last.mayWait()) {
                Meters at = turn.last.obstacle();
                long until = began + turn.last.patience();
                end = at.line(ticker).await(waiter, until, () -> turn.attempt(at));
            }
            return turn.last.decision();
        } finally {
            abort.onClientLeft(null);
        }
    }

    private Attempt attempt(Asked asked, @Nullable Waiter waiter) {
        long now = ticker.getAsLong();
        Lease lease = new Lease(asked.call(), now + longest, asked.tokens());
        Attempt attempt = new Attempt(asked, lease, waiter, now);
        boolean admitted =
                limits.every(asked.caller(), attempt::takes)
                        && (!asked.unmetered() || attempt.passesUnmetered(budgets.all()))
                        && budgets.every(asked.caller(), attempt::affords);
        if (admitted) {
            open.put(asked.call(), lease);
            attempt.decision = new Decision.Admitted(lease.quota(now), lease.maybeStopped());
        } else {
            lease.undo(now);
        }
        return attempt;
    }

    /**
     * A call under way is about to spend more than it has reserved: reserves so much more in the
     * budgets that stop streams.
     *
     * @return the name of one that has not so much; null where all have
     */
    public @Nullable String extend(UUID call, long nanoUsd) {
        @Nullable Lease lease = open.get(call);
        return lease == null ? null : lease.extend(nanoUsd, clock.instant());
    }

    /**
     * A call has ended and is recorded: counts what it cost for every budget that counts it, and
     * gives back what it had reserved. Exactly once for each record.
     *
     * @param tokens it used
     */
    public void ended(UUID call, Spending spending, long tokens) {
        if (spending.nanoUsd() != 0) {
            budgets.each(spending.caller(), budget -> budget.spend(spending));
        }
        released(call, tokens);
    }

    /** A call that had no price when it ended has one now: counts it for every budget of its. */
    public void repriced(Spending spending) {
        budgets.each(spending.caller(), budget -> budget.spend(spending));
    }

    /** A call has ended that nobody can be asked to pay for: gives back what it had reserved. */
    public void released(UUID call, long tokens) {
        @Nullable Lease lease = open.remove(call);
        if (lease != null) {
            lease.settle(ticker.getAsLong(), tokens);
        }
    }

    /** Gives back what was reserved by calls that cannot be under way any more. */
    public void sweep() {
        Moment now = new Moment(ticker.getAsLong(), clock.instant());
        for (Lease lease : List.copyOf(open.values())) {
            if (lease.isLate(now.nanos()) && open.remove(lease.call(), lease)) {
                lease.settle(now.nanos(), lease.tokens());
                swept.increment();
                LOG.log(
                        System.Logger.Level.ERROR,
                        "call {0} has never ended: what it had reserved is given back",
                        lease.call());
            }
        }
        limits.all().forEach(limit -> limit.sweep(now));
        budgets.all().forEach(budget -> budget.sweep(now));
    }

    /** Calls that were refused so far, by the rule that did not allow them. */
    public Map<String, Long> refusals() {
        return refusals.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, each -> each.getValue().sum()));
    }

    /** All rules of limits. */
    public List<LimitRule> limitRules() {
        return limits.all().stream().map(Limit::rule).toList();
    }

    /** All budgets, in the order of their rules. */
    public List<Budget> budgets() {
        return budgets.all();
    }

    /** How budgets stand. */
    public List<Budget.Standing> budgetStandings() {
        Instant now = clock.instant();
        return budgets.all().stream().flatMap(budget -> budget.standings(now).stream()).toList();
    }

    /** How limits stand. */
    public List<Limit.Standing> limitStandings() {
        long now = ticker.getAsLong();
        return limits.all().stream().flatMap(limit -> limit.standings(now).stream()).toList();
    }

    /**
     * What calls under way have reserved, by two ways of counting that agree while no call begins
     * or ends.
     *
     * @param calls under way
     * @param leased nano-dollars by the calls
     * @param reserved nano-dollars by the budgets
     * @param swept calls that never ended
     */
    public record Open(long calls, long leased, long reserved, long swept) {}

    /** What is reserved. */
    public Open open() {
        long leased = open.values().stream().mapToLong(Lease::nanoUsd).sum();
        long reserved = budgetStandings().stream().mapToLong(Budget.Standing::reserved).sum();
        return new Open(open.size(), leased, reserved, swept.sum());
    }

    private static Limit limit(LimitRule rule, @Nullable Limit known) {
        if (known != null && known.continuesBy(rule)) {
            known.rule(rule);
            return known;
        }
        return new Limit(rule);
    }

    private static <T> Map<String, T> byName(List<T> all, Function<T, String> name) {
        return all.stream().collect(Collectors.toMap(name, Function.identity()));
    }

    /** The attempts of a call that waits, one after the other. */
    private final class Turn {
        private final Asked asked;
        private final Waiter waiter;
        private Attempt last;

        Turn(Asked asked, Waiter waiter, Attempt first) {
            this.asked = asked;
            this.waiter = waiter;
            this.last = first;
        }

        /** As a line asks for one. */
        long attempt(Meters at) {
            last = Limiter.this.attempt(asked, waiter);
            if (last.decision() instanceof Decision.Admitted) {
                return 0;
            }
            return last.mayWait() && last.obstacle() == at ? last.after() : Line.ELSEWHERE;
        }
    }

    /** One call's way through the rules, once. */
    private final class Attempt {
        private final Asked asked;
        private final Lease lease;
        private final @Nullable Waiter waiter;
        private final long now;
        private @Nullable Decision decision;

        /** Where it was refused by what may be there later. */
        private @Nullable Meters obstacle;

        private long patience;
        private long after;

        Attempt(Asked asked, Lease lease, @Nullable Waiter waiter, long now) {
            this.asked = asked;
            this.lease = lease;
            this.waiter = waiter;
            this.now = now;
        }

        Decision decision() {
            return Objects.requireNonNull(decision, "nothing was decided");
        }

        boolean mayWait() {
            return obstacle != null;
        }

        Meters obstacle() {
            return Objects.requireNonNull(obstacle, "nothing is in the way");
        }

        /** How long it may wait there, in nanoseconds. */
        long patience() {
            return patience;
        }

        /** After how many nanoseconds another attempt is worth while. */
        long after() {
            return after;
        }

        boolean takes(Limit limit) {
            return switch (limit.take(asked.caller(), now, asked.tokens(), waiter)) {
                case Limit.Claim.Held held -> {
                    lease.add(held);
                    yield true;
                }
                case Limit.Claim.Refused(Meters at, Meters.Taking.TooLittle why) -> {
                    decision = refused(limit.rule(), why);
                    patience = limit.rule().patience().toNanos();
                    // Without a time that is known it is there when somebody gives back.
                    after = why.after() == 0 ? Line.WHEN_WOKEN : why.after();
                    obstacle = why.after() < patience ? at : null;
                    yield false;
                }
            };
        }

        boolean passesUnmetered(List<Budget> all) {
            for (Budget budget : all) {
                if (budget.rule().forbidsUnmetered(asked.caller())) {
                    decision = refused(budget.rule(), Decision.Reason.UNMETERED, 0, Duration.ZERO);
                    return false;
                }
            }
            return true;
        }

        boolean affords(Budget budget) {
            BudgetRule rule = budget.rule();
            if (rule.mode() == BudgetRule.Mode.DEGRADE && asked.degraded()) {
                return true;
            }
            boolean binds = rule.mode() != BudgetRule.Mode.SOFT;
            if (binds && !budget.isOpen() && refuseUnknown) {
                decision = refused(rule, Decision.Reason.BUDGET_UNKNOWN, 0, UNKNOWN_WAIT);
                return false;
            }
            long price = asked.nanoUsd();
            if (price < 0) {
                if (!asked.unmetered() && binds && rule.unpriced() == BudgetRule.Unpriced.BLOCK) {
                    decision = refused(rule, Decision.Reason.UNPRICED, 0, Duration.ZERO);
                    return false;
                }
                price = rule.assumed();
            }
            Instant time = clock.instant();
            Budget.@Nullable Reserved reserved =
                    budget.reserve(asked.caller(), asked.at(), time, price);
            if (reserved != null) {
                lease.add(reserved);
                return true;
            }
            Instant until = rule.period().at(time, rule.zone()).until();
            String instead = rule.degradeTo();
            decision =
                    instead != null
                            ? new Decision.Degrade(rule.name(), instead)
                            : refused(rule, Decision.Reason.BUDGET, price, wait(time, until));
            return false;
        }

        private static Duration wait(Instant now, Instant until) {
            return until.equals(Instant.MAX) ? Duration.ofDays(1) : Duration.between(now, until);
        }

        private Decision refused(LimitRule rule, Meters.Taking.TooLittle why) {
            boolean never = why.after() == Gcra.NEVER;
            Duration wait =
                    why.measure() == Measure.PARALLEL
                            ? PARALLEL_WAIT
                            : Duration.ofNanos(never ? 0 : why.after());
            return new Decision.Refused(
                    rule.name(),
                    rule.which().slot(asked.caller()).words(),
                    never ? Decision.Reason.TOO_LARGE : Decision.Reason.LIMIT,
                    why.measure(),
                    why.limit(),
                    why.used(),
                    why.wanted(),
                    wait);
        }

        private Decision refused(
                BudgetRule rule, Decision.Reason reason, long wanted, Duration wait) {
            return new Decision.Refused(
                    rule.name(),
                    rule.which().slot(asked.caller()).words(),
                    reason,
                    null,
                    rule.allowed(clock.instant()),
                    0,
                    wanted,
                    wait);
        }
    }
}
