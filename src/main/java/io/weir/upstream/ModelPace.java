package io.weir.upstream;

import java.util.concurrent.atomic.AtomicLong;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.jspecify.annotations.Nullable;

/** How much more of a model a provider takes from one of its keys, as its answers say. */
final class ModelPace {
    private final Remaining requests = new Remaining();
    private final Remaining tokens = new Remaining();
    private final AtomicLong heldUntil;

    ModelPace(long now) {
        this.heldUntil = new AtomicLong(now);
    }

    /** All that was sent, with a request that goes out. */
    record Sent(long requests, long tokens) {}

    /** For how long a request is too much, in nanoseconds; 0 where it can be sent. */
    long delay(long wanted, long now) {
        long held = Math.max(0, heldUntil.get() - now);
        return Math.max(held, Math.max(requests.delay(1, now), tokens.delay(wanted, now)));
    }

    /**
     * Sends a request; null where that is too much.
     *
     * @param wanted tokens it is likely to use
     */
    @Nullable Sent send(long wanted, long now) {
        if (delay(wanted, now) > 0) {
            return null;
        }
        long requestsSent = requests.send(1, now);
        if (requestsSent == Remaining.TOO_MUCH) {
            return null;
        }
        // Where another was faster with the tokens the request counts as sent all the same: what
        // an answer says is of all that was sent before it, and that must not become less.
        long tokensSent = tokens.send(wanted, now);
        return tokensSent == Remaining.TOO_MUCH ? null : new Sent(requestsSent, tokensSent);
    }

    /** Sends a request, whatever remains. */
    Sent sendAllTheSame(long wanted) {
        return new Sent(requests.sendAllTheSame(1), tokens.sendAllTheSame(wanted));
    }

    /** Learns from the head of the answer to it. */
    void answered(Sent sent, ClassicHttpResponse head, long now) {
        learn(requests, sent.requests, head, "requests", now);
        learn(tokens, sent.tokens, head, "tokens", now);
        if (head.getCode() == 429 || head.getCode() == 503) {
            long after = RateFields.retryAfter(head);
            if (after > 0) {
                heldUntil.accumulateAndGet(
                        now + after, (until, other) -> other - until > 0 ? other : until);
            }
        }
    }

    long requestsLeft(long now) {
        return requests.left(now);
    }

    long tokensLeft(long now) {
        return tokens.left(now);
    }

    /** For how long the provider wants nothing, in nanoseconds. */
    long held(long now) {
        return Math.max(0, heldUntil.get() - now);
    }

    private static void learn(
            Remaining remaining, long sentThen, ClassicHttpResponse head, String of, long now) {
        long left = RateFields.number(head, "x-ratelimit-remaining-" + of);
        if (left >= 0) {
            long whole = RateFields.time(head, "x-ratelimit-reset-" + of);
            long limit = RateFields.number(head, "x-ratelimit-limit-" + of);
            remaining.says(sentThen, left, limit, Math.max(0, whole), now);
        }
    }
}
