package io.weir.limit;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What limits and budgets mean, written to be obviously right: sums over lists of everything that
 * ever happened, exact, one call at a time.
 */
final class SlowLimits {
    private final List<LimitRule> limits = new ArrayList<>();
    private final List<BudgetRule> budgets = new ArrayList<>();
    private final Map<String, List<Event>> buckets = new HashMap<>();
    private final List<Spending> spent = new ArrayList<>();
    private final Map<UUID, Open> open = new LinkedHashMap<>();

    /**
     * Something that changed a bucket: units taken, or given back where they are negative.
     *
     * @param of the call that took, and gives back
     */
    private record Event(long at, BigInteger units, UUID of) {}

    private record Open(Asked asked, List<BudgetRule> reservedIn) {}

    void rules(Collection<LimitRule> newLimits, Collection<BudgetRule> newBudgets) {
        limits.clear();
        limits.addAll(newLimits);
        budgets.clear();
        budgets.addAll(newBudgets);
    }

    /** The name of the rule that refuses; empty where none does. */
    String reserve(Asked asked, long nanos, Instant now) {
        for (LimitRule rule : ordered(limits, LimitRule::which, asked.caller())) {
            Slot slot = rule.which().slot(asked.caller());
            Long parallel = rule.amounts().get(Measure.PARALLEL);
            if (parallel != null && underWay(rule, slot) >= parallel) {
                return rule.name();
            }
            for (Measure measure : rule.amounts().keySet()) {
                long units = measure.countsTokens() ? asked.tokens() : 1;
                if (measure != Measure.PARALLEL && !fits(rule, slot, measure, nanos, units)) {
                    return rule.name();
                }
            }
        }
        for (BudgetRule rule : budgets) {
            Which counted =
                    asked.caller().model().isEmpty()
                            ? without(Dimension.MODEL, rule.which())
                            : rule.which();
            if (asked.nanoUsd() == Asked.UNMETERED
                    && rule.mode() == BudgetRule.Mode.HARD
                    && !rule.unmetered()
                    && counted.counts(asked.caller())) {
                return rule.name();
            }
        }
        List<BudgetRule> reservedIn = new ArrayList<>();
        for (BudgetRule rule : ordered(budgets, BudgetRule::which, asked.caller())) {
            boolean binds = rule.mode() == BudgetRule.Mode.HARD;
            if (asked.nanoUsd() == Asked.UNKNOWN
                    && binds
                    && rule.unpriced() == BudgetRule.Unpriced.BLOCK) {
                return rule.name();
            }
            BigInteger taken =
                    spentIn(rule, asked.caller(), now)
                            .add(reservedIn(rule, asked.caller(), now))
                            .add(price(rule, asked));
            if (binds && taken.compareTo(BigInteger.valueOf(rule.allowed(now))) > 0) {
                return rule.name();
            }
            reservedIn.add(rule);
        }
        for (LimitRule rule : limits) {
            if (rule.which().counts(asked.caller())) {
                take(rule, asked, nanos, asked.tokens(), 1);
            }
        }
        open.put(asked.call(), new Open(asked, reservedIn));
        return "";
    }

    void ended(UUID call, @Nullable Spending spending, long nanos, long tokens) {
        Open lease = open.remove(call);
        if (lease != null) {
            for (LimitRule rule : limits) {
                if (rule.which().counts(lease.asked().caller())) {
                    take(rule, lease.asked(), nanos, tokens - lease.asked().tokens(), 0);
                }
            }
        }
        if (spending != null) {
            spent.add(spending);
        }
    }

    BigInteger spentIn(BudgetRule rule, Caller caller, Instant now) {
        Period.Span span = rule.period().at(now, rule.zone());
        Slot slot = rule.which().slot(caller);
        BigInteger sum = BigInteger.ZERO;
        for (Spending each : spent) {
            if (rule.which().counts(each.caller())
                    && rule.which().slot(each.caller()).equals(slot)
                    && span.holds(each.at())) {
                sum = sum.add(BigInteger.valueOf(each.counted(rule)));
            }
        }
        return sum;
    }

    /** By calls that belong to the same period. */
    BigInteger reservedIn(BudgetRule rule, Caller caller, Instant now) {
        Period.Span span = rule.period().at(now, rule.zone());
        Slot slot = rule.which().slot(caller);
        BigInteger sum = BigInteger.ZERO;
        for (Open each : open.values()) {
            boolean holds =
                    each.reservedIn().stream().anyMatch(it -> it.name().equals(rule.name()));
            if (holds
                    && rule.which().slot(each.asked().caller()).equals(slot)
                    && span.holds(each.asked().at())) {
                sum = sum.add(price(rule, each.asked()));
            }
        }
        return sum;
    }

    Collection<UUID> open() {
        return List.copyOf(open.keySet());
    }

    private static Which without(Dimension dimension, Which which) {
        Map<Dimension, String> where = new HashMap<>(which.where());
        where.remove(dimension);
        return new Which(where, which.per());
    }

    private static BigInteger price(BudgetRule rule, Asked asked) {
        if (asked.nanoUsd() >= 0) {
            return BigInteger.valueOf(asked.nanoUsd());
        }
        boolean assumes = rule.unpriced() == BudgetRule.Unpriced.ASSUME;
        return BigInteger.valueOf(assumes ? rule.assumedNanoUsd() : 0);
    }

    private long underWay(LimitRule rule, Slot slot) {
        return open.values().stream()
                .filter(it -> rule.which().counts(it.asked().caller()))
                .filter(it -> rule.which().slot(it.asked().caller()).equals(slot))
                .count();
    }

    private void take(LimitRule rule, Asked asked, long nanos, long tokens, long requests) {
        Slot slot = rule.which().slot(asked.caller());
        for (Measure measure : rule.amounts().keySet()) {
            long units = measure.countsTokens() ? tokens : requests;
            if (measure != Measure.PARALLEL && (units != 0 || requests > 0)) {
                buckets.computeIfAbsent(id(rule, slot, measure), unseen -> new ArrayList<>())
                        .add(new Event(nanos, BigInteger.valueOf(units), asked.call()));
            }
        }
    }

    /**
     * The bucket's level, in units times nanoseconds of the period, falls evenly and never below 0.
     * A call gives back no more than what time has left of the level that it left behind.
     */
    private boolean fits(LimitRule rule, Slot slot, Measure measure, long now, long units) {
        BigInteger period = BigInteger.valueOf(measure.period().toNanos());
        BigInteger allowance = BigInteger.valueOf(rule.amounts().getOrDefault(measure, 0L));
        BigInteger level = BigInteger.ZERO;
        long at = Long.MIN_VALUE;
        Map<UUID, Event> takings = new HashMap<>();
        Map<UUID, BigInteger> leftBehind = new HashMap<>();
        for (Event event : buckets.getOrDefault(id(rule, slot, measure), List.of())) {
            if (at != Long.MIN_VALUE) {
                level = fallen(level, allowance, event.at - at);
            }
            BigInteger change = event.units.multiply(period);
            Event taking = takings.get(event.of);
            if (taking == null) {
                takings.put(event.of, event);
                leftBehind.put(event.of, level.add(change));
            } else if (change.signum() < 0) {
                BigInteger left =
                        fallen(
                                leftBehind.getOrDefault(event.of, BigInteger.ZERO),
                                allowance,
                                event.at - taking.at);
                change = change.max(left.negate());
            }
            level = level.add(change);
            at = event.at;
        }
        level = at == Long.MIN_VALUE ? level : fallen(level, allowance, now - at);
        return level.add(BigInteger.valueOf(units).multiply(period))
                        .compareTo(allowance.multiply(period))
                <= 0;
    }

    private static BigInteger fallen(BigInteger level, BigInteger allowance, long nanos) {
        return level.subtract(allowance.multiply(BigInteger.valueOf(nanos))).max(BigInteger.ZERO);
    }

    private static String id(LimitRule rule, Slot slot, Measure measure) {
        return rule.name() + slot + measure;
    }

    /** Rules of a key come first, then those of a project, then the others. */
    private static <R> List<R> ordered(List<R> rules, Function<R, Which> which, Caller caller) {
        List<R> ordered = new ArrayList<>();
        for (int rank = 0; rank < 3; rank++) {
            for (R rule : rules) {
                Which its = which.apply(rule);
                int own =
                        its.exactly(Dimension.KEY) != null
                                ? 0
                                : its.exactly(Dimension.PROJECT) != null ? 1 : 2;
                if (own == rank && its.counts(caller)) {
                    ordered.add(rule);
                }
            }
        }
        return ordered;
    }
}
