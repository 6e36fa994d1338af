package io.weir.limit;

import org.jspecify.annotations.Nullable;

/**
 * What is left to a caller, for OpenAI's {@code x-ratelimit-*} fields: of the tightest limit there
 * is.
 *
 * @param requests null where they are not limited
 * @param tokens null where they are not limited
 */
public record Quota(@Nullable Left requests, @Nullable Left tokens) {
    /** Of somebody who is not limited. */
    public static final Quota NONE = new Quota(null, null);

    /**
     * Of one limit.
     *
     * @param limit in a whole period
     * @param remaining that could be taken now
     * @param resetNanos until all of the limit can be taken
     */
    public record Left(long limit, long remaining, long resetNanos) {
        /** How much of it is taken; 1 is all of it. */
        double used() {
            return (double) (limit - remaining) / limit;
        }

        Left tighter(@Nullable Left other) {
            if (other == null) {
                return this;
            }
            double own = (double) remaining / limit;
            double others = (double) other.remaining / other.limit;
            return own <= others ? this : other;
        }
    }

    /** How much of the requests or the tokens is taken, whichever is more; 1 is all of it. */
    public double used() {
        return Math.max(requests == null ? 0 : requests.used(), tokens == null ? 0 : tokens.used());
    }

    Quota and(@Nullable Left moreRequests, @Nullable Left moreTokens) {
        if (moreRequests == null && moreTokens == null) {
            return this;
        }
        return new Quota(
                moreRequests == null ? requests : moreRequests.tighter(requests),
                moreTokens == null ? tokens : moreTokens.tighter(tokens));
    }
}
