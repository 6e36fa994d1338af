package io.weir.limit;

import io.weir.turn.Waiter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A limit with what was taken of it. */
public final class Limit {
    private final Slots<Meters> meters = new Slots<>(Slots.MOST);
    private volatile LimitRule rule;

    Limit(LimitRule rule) {
        this.rule = rule;
    }

    LimitRule rule() {
        return rule;
    }

    /** Whether it can go on by that rule: the same calls and measures, other amounts perhaps. */
    boolean continuesBy(LimitRule other) {
        return rule.name().equals(other.name())
                && rule.which().equals(other.which())
                && rule.amounts().keySet().equals(other.amounts().keySet());
    }

    void rule(LimitRule changed) {
        rule = changed;
        meters.all().values().forEach(each -> each.allow(changed.amounts()));
    }

    /**
     * Takes for a call of those it counts.
     *
     * @param waiter the call where it waits; null where it has just come
     */
    Claim take(Caller caller, long now, long tokens, @Nullable Waiter waiter) {
        Slot slot = rule.which().slot(caller);
        Long parallel = rule.amounts().get(Measure.PARALLEL);
        while (true) {
            Meters counter = meters.get(slot, () -> new Meters(rule.amounts(), now));
            if (!counter.lets(waiter)) {
                return new Claim.Refused(counter, othersWait(counter, now, tokens));
            }
            boolean entered =
                    parallel == null
                            ? counter.enter()
                            : counter.enterBelow((int) Math.min(parallel, Integer.MAX_VALUE));
            if (entered) {
                return took(counter, now, tokens);
            }
            if (!counter.isGone() && parallel != null) {
                return new Claim.Refused(
                        counter,
                        new Meters.Taking.TooLittle(
                                Measure.PARALLEL, 0, parallel, counter.present(), 1));
            }
        }
    }

    private Meters.Taking.TooLittle othersWait(Meters counter, long now, long tokens) {
        Meters.Taking.TooLittle tightest = counter.tightest(now, tokens);
        return tightest != null
                ? tightest
                : new Meters.Taking.TooLittle(
                        Measure.PARALLEL,
                        0,
                        rule.amounts().getOrDefault(Measure.PARALLEL, 0L),
                        counter.present(),
                        1);
    }

    private static Claim took(Meters counter, long now, long tokens) {
        return switch (counter.take(now, tokens)) {
            case Meters.Taking.Taken taken -> new Claim.Held(counter, taken);
            case Meters.Taking.TooLittle tooLittle -> {
                counter.leave();
                yield new Claim.Refused(counter, tooLittle);
            }
        };
    }

    /** What a call has of a limit. */
    sealed interface Claim {
        /** It holds this. */
        record Held(Meters meters, Meters.Taking.Taken taken) implements Claim {
            void giveBack(long now) {
                meters.giveBack(now, taken);
                meters.leave();
                meters.wake();
            }

            void settle(long now, long tokens) {
                meters.settle(now, taken, tokens);
                meters.leave();
                meters.wake();
            }
        }

        /** Nothing. */
        record Refused(Meters meters, Meters.Taking.TooLittle why) implements Claim {}
    }

    /** How it stands, by slot. */
    List<Standing> standings(long now) {
        List<Standing> standings = new ArrayList<>();
        meters.all()
                .forEach((slot, each) ->
                        standings.add(
                                new Standing(
                                        rule,
                                        slot,
                                        each.present(),
                                        each.waiting(),
                                        Quota.NONE.and(
                                                each.left(now, false), each.left(now, true)))));
        return standings;
    }

    /** How a limit stands for one slot. */
    public record Standing(LimitRule rule, Slot slot, int parallel, int waiting, Quota quota) {}

    void sweep(Moment now) {
        meters.sweep(now);
    }
}
