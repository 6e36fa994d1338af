package io.weir.limit;

import io.weir.turn.Line;
import io.weir.turn.Waiter;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** What a limit counts for one slot: a bucket for each of its measures, and calls under way. */
final class Meters extends Counter {
    private static final Measure[] RATES = {
        Measure.REQUESTS_PER_MINUTE,
        Measure.REQUESTS_PER_DAY,
        Measure.TOKENS_PER_MINUTE,
        Measure.TOKENS_PER_DAY
    };

    /** Each of those who wait holds a request in memory. */
    private static final int MOST_WAITING = 1_000;

    private final @Nullable Gcra[] buckets = new @Nullable Gcra[RATES.length];
    private volatile @Nullable Line line;

    Meters(Map<Measure, Long> amounts, long now) {
        for (int i = 0; i < RATES.length; i++) {
            @Nullable Long amount = amounts.get(RATES[i]);
            if (amount != null) {
                buckets[i] = new Gcra(amount, RATES[i].period().toNanos(), now);
            }
        }
    }

    /** Whether that call may take before those who wait here; null for one that does not wait. */
    boolean lets(@Nullable Waiter waiter) {
        Line those = line;
        return those == null || those.lets(waiter);
    }

    /** Those who wait here. */
    synchronized Line line(LongSupplier ticker) {
        Line those = line;
        if (those == null) {
            those = new Line(ticker, MOST_WAITING);
            line = those;
        }
        return those;
    }

    /** How many wait here. */
    int waiting() {
        Line those = line;
        return those == null ? 0 : those.size();
    }

    /** Something was given back. */
    void wake() {
        Line those = line;
        if (those != null) {
            those.wake();
        }
    }

    /** Allows other amounts of the same measures. */
    void allow(Map<Measure, Long> amounts) {
        for (int i = 0; i < RATES.length; i++) {
            Gcra bucket = buckets[i];
            @Nullable Long amount = amounts.get(RATES[i]);
            if (bucket != null && amount != null) {
                bucket.allowance(amount);
            }
        }
    }

    /**
     * Takes a request and its tokens from every bucket, or nothing.
     *
     * @return what was taken, or why not
     */
    Taking take(long now, long tokens) {
        long[] taken = new long[RATES.length];
        long[] fullAfter = new long[RATES.length];
        for (int i = 0; i < RATES.length; i++) {
            Gcra bucket = buckets[i];
            if (bucket == null) {
                continue;
            }
            long units = RATES[i].countsTokens() ? tokens : 1;
            long nanos = bucket.nanos(units);
            long wait = bucket.take(now, nanos);
            if (wait > 0) {
                giveBack(now, new Taking.Taken(taken, fullAfter));
                long used = bucket.allowance() - bucket.remaining(now);
                return new Taking.TooLittle(RATES[i], wait, bucket.allowance(), used, units);
            }
            taken[i] = nanos;
            fullAfter[i] = now - wait;
        }
        return new Taking.Taken(taken, fullAfter);
    }

    /**
     * The bucket from which a request could take last; null where there is none. Nothing is taken.
     */
    Taking.@Nullable TooLittle tightest(long now, long tokens) {
        Taking.TooLittle tightest = null;
        for (int i = 0; i < RATES.length; i++) {
            Gcra bucket = buckets[i];
            if (bucket == null) {
                continue;
            }
            long units = RATES[i].countsTokens() ? tokens : 1;
            long wait = bucket.delay(now, bucket.nanos(units));
            if (tightest == null || wait > tightest.after()) {
                long used = bucket.allowance() - bucket.remaining(now);
                tightest = new Taking.TooLittle(RATES[i], wait, bucket.allowance(), used, units);
            }
        }
        return tightest;
    }

    /** Gives back all that was taken. */
    void giveBack(long now, Taking.Taken taken) {
        for (int i = 0; i < RATES.length; i++) {
            Gcra bucket = buckets[i];
            if (bucket != null && taken.nanos()[i] != 0) {
                bucket.giveBack(now, taken.nanos()[i], taken.fullAfter()[i]);
            }
        }
    }

    /** Corrects the tokens that were taken to those that were used. */
    void settle(long now, Taking.Taken taken, long tokens) {
        for (int i = 0; i < RATES.length; i++) {
            Gcra bucket = buckets[i];
            if (bucket != null && RATES[i].countsTokens()) {
                long more = bucket.nanos(tokens) - taken.nanos()[i];
                if (more > 0) {
                    bucket.takeMore(now, more);
                } else if (more < 0) {
                    bucket.giveBack(now, -more, taken.fullAfter()[i]);
                }
            }
        }
    }

    /** What is left for requests, or for tokens; null where they are not limited. */
    Quota.@Nullable Left left(long now, boolean tokens) {
        Quota.Left tightest = null;
        for (int i = 0; i < RATES.length; i++) {
            Gcra bucket = buckets[i];
            if (bucket != null && RATES[i].countsTokens() == tokens) {
                Quota.Left left =
                        new Quota.Left(
                                bucket.allowance(), bucket.remaining(now), bucket.untilFull(now));
                tightest = left.tighter(tightest);
            }
        }
        return tightest;
    }

    @Override
    boolean isSpent(Moment now) {
        for (Gcra bucket : buckets) {
            if (bucket != null && bucket.untilFull(now.nanos()) > 0) {
                return false;
            }
        }
        return true;
    }

    /** What came of a taking. */
    sealed interface Taking {
        /**
         * All of it, by bucket.
         *
         * @param fullAfter when the bucket would have been full right after
         */
        record Taken(long[] nanos, long[] fullAfter) implements Taking {}

        /**
         * Nothing: a bucket holds less.
         *
         * @param after nanoseconds until it holds enough, {@link Gcra#NEVER} where it never will
         */
        record TooLittle(Measure measure, long after, long limit, long used, long wanted)
                implements Taking {}
    }
}
