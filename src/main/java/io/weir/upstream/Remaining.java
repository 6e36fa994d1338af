package io.weir.upstream;

import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What remains of one limit of a provider's: what its latest answer said, less what was sent since,
 * and what has come back meanwhile, because such a limit fills evenly. Unknown, and no hindrance,
 * before the first answer and once the limit is whole again.
 */
final class Remaining {
    static final long TOO_MUCH = -1;

    private final AtomicLong sent = new AtomicLong();
    private volatile @Nullable Said said;

    /**
     * What an answer said.
     *
     * @param sentThen all that was sent when its request was, with that
     * @param wholeAfter nanoseconds after which the limit is whole again
     */
    private record Said(long left, long limit, long sentThen, long at, long wholeAfter) {
        double perNano() {
            return (double) Math.max(0, limit - left) / wholeAfter;
        }

        boolean isOver(long now) {
            return now - at >= wholeAfter;
        }
    }

    /**
     * Sends so much, if as much remains.
     *
     * @return all that was sent so far; {@link #TOO_MUCH} where less remains
     */
    long send(long units, long now) {
        while (true) {
            long before = sent.get();
            if (delay(said, before, units, now) > 0) {
                return TOO_MUCH;
            }
            if (sent.compareAndSet(before, before + units)) {
                return before + units;
            }
        }
    }

    /** Sends so much, whatever remains; all that was sent so far. */
    long sendAllTheSame(long units) {
        return sent.addAndGet(units);
    }

    /** For how many nanoseconds it is too much; 0 where it can be sent. */
    long delay(long units, long now) {
        return delay(said, sent.get(), units, now);
    }

    /** Learns from an answer to a request that was among what was sent by then. */
    void says(long sentThen, long left, long limit, long wholeAfter, long now) {
        Said before = said;
        if (before == null || before.isOver(now) || sentThen - before.sentThen >= 0) {
            said = new Said(left, Math.max(left, limit), sentThen, now, Math.max(1, wholeAfter));
        }
    }

    /** What remains now; -1 where that is not known. */
    long left(long now) {
        Said word = said;
        return word == null || word.isOver(now)
                ? -1
                : Math.max(0, (long) there(word, sent.get(), now));
    }

    private static long delay(@Nullable Said said, long sent, long units, long now) {
        if (said == null || said.isOver(now)) {
            return 0;
        }
        double missing = (double) Math.min(units, said.limit) - there(said, sent, now);
        if (missing <= 0) {
            return 0;
        }
        long untilWhole = said.wholeAfter - (now - said.at);
        double wait = Math.ceil(missing / said.perNano());
        return wait < untilWhole ? Math.max(1, (long) wait) : untilWhole;
    }

    private static double there(Said said, long sent, long now) {
        double back = said.perNano() * (double) (now - said.at);
        return Math.min((double) said.limit, (double) said.left + back)
                - (double) (sent - said.sentThen);
    }
}
