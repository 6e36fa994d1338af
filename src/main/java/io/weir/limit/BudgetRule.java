package io.weir.limit;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A rule of how much money may be spent.
 *
 * @param name by which it is known
 * @param which calls it counts
 * @param nanoUsd what each of its counters may spend in a period, in billionths of a dollar
 * @param zone whose days its periods follow
 * @param mode what happens to a call that would spend more
 * @param degradeTo the model that is asked instead; null unless it degrades
 * @param unpriced what happens to a call whose price is not known
 * @param assumedNanoUsd what such a call is taken to cost, where it is assumed
 * @param raises more money for a while
 * @param stopStreams whether a stream under way is stopped that would spend more than there is
 * @param unmetered whether calls may be made of which Weir does not see what they cost
 */
public record BudgetRule(
        String name,
        Which which,
        long nanoUsd,
        Period period,
        ZoneId zone,
        Mode mode,
        @Nullable String degradeTo,
        Unpriced unpriced,
        long assumedNanoUsd,
        List<Raise> raises,
        boolean stopStreams,
        boolean unmetered) {
    private static final long MOST = 1_000_000_000L * 1_000_000_000L;

    /** What happens to a call that would spend more than there is. */
    public enum Mode {
        /** It is made; whoever watches is told. */
        SOFT,
        /** It is refused. */
        HARD,
        /** It is made with a cheaper model. */
        DEGRADE;

        /** Its name in rules. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What happens to a call whose price is not known. */
    public enum Unpriced {
        /** It is made and counts nothing; it stands in the report of what has no price. */
        ALLOW,
        /** It is refused. */
        BLOCK,
        /** It is made, and counts what the rule assumes. */
        ASSUME;

        /** Its name in rules. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * More money for a while.
     *
     * @param by in billionths of a dollar
     * @param why for whoever wonders
     */
    public record Raise(long by, Instant until, String why) {}

    public BudgetRule {
        raises = List.copyOf(raises);
        LimitRule.requireName(name);
        if (nanoUsd < 0 || nanoUsd > MOST || assumedNanoUsd < 0 || assumedNanoUsd > MOST) {
            throw new IllegalArgumentException(
                    "an amount is between nothing and a billion dollars");
        }
        if ((mode == Mode.DEGRADE) != (degradeTo != null)) {
            throw new IllegalArgumentException(
                    "a budget that degrades names the model to ask instead, and no other does");
        }
        if (stopStreams && mode == Mode.SOFT) {
            throw new IllegalArgumentException("a soft budget stops nothing, streams neither");
        }
    }

    /** One that lets streams under way come to their end, and nothing pass that is not metered. */
    public BudgetRule(
            String name,
            Which which,
            long nanoUsd,
            Period period,
            ZoneId zone,
            Mode mode,
            @Nullable String degradeTo,
            Unpriced unpriced,
            long assumedNanoUsd,
            List<Raise> raises) {
        this(
                name,
                which,
                nanoUsd,
                period,
                zone,
                mode,
                degradeTo,
                unpriced,
                assumedNanoUsd,
                raises,
                false,
                false);
    }

    /** What may be spent at that time, raises included. */
    public long allowed(Instant now) {
        long allowed = nanoUsd;
        for (Raise raise : raises) {
            if (now.isBefore(raise.until())) {
                allowed += raise.by();
            }
        }
        return allowed;
    }

    /**
     * Whether it forbids a call that is not metered. Where it was not read either its model may be
     * any, and it names no end user.
     */
    boolean forbidsUnmetered(Caller caller) {
        boolean counts = caller.model().isEmpty() ? which.mayCount(caller) : which.counts(caller);
        return mode != Mode.SOFT && !unmetered && counts;
    }

    /** What a call without a price counts, in nano-dollars. */
    long assumed() {
        return unpriced == Unpriced.ASSUME ? assumedNanoUsd : 0;
    }

    /** The same of other calls. */
    public BudgetRule counting(Which other) {
        return with(other, raises);
    }

    /** The same with more money for a while; raises that are over are left out. */
    public BudgetRule raised(Raise raise, Instant now) {
        List<Raise> others = raises.stream().filter(each -> now.isBefore(each.until())).toList();
        return with(which, Stream.concat(others.stream(), Stream.of(raise)).toList());
    }

    private BudgetRule with(Which calls, List<Raise> more) {
        return new BudgetRule(
                name,
                calls,
                nanoUsd,
                period,
                zone,
                mode,
                degradeTo,
                unpriced,
                assumedNanoUsd,
                more,
                stopStreams,
                unmetered);
    }

    /** Whether what the other has counted is what this one counts. */
    boolean continues(BudgetRule other) {
        return name.equals(other.name)
                && which.equals(other.which)
                && period == other.period
                && zone.equals(other.zone);
    }
}
