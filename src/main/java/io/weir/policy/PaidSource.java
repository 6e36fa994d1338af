package io.weir.policy;

import io.weir.call.Call;
import io.weir.call.Outcome;
import io.weir.call.Source;
import io.weir.call.UpstreamFailure;
import io.weir.wire.ApiError;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A stream for which more money is reserved whenever it becomes longer than what was reserved for
 * it, and that is stopped where there is none. An event counts as a token, which it is or is more
 * than with OpenAI's models; what a model thinks without saying it is not seen. Owned by the thread
 * that relays it.
 */
final class PaidSource implements Source {
    private static final long LEAST_MORE = 64;

    private final Source inner;
    private final Call call;
    private final LongFunction<@Nullable String> pays;
    private long paid;

    /**
     * A stream that is watched.
     *
     * @param paid tokens that money is reserved for
     * @param pays reserves for so many more; the name of a budget that has not so much, or null
     */
    PaidSource(Source inner, Call call, long paid, LongFunction<@Nullable String> pays) {
        this.inner = inner;
        this.call = call;
        this.paid = paid;
        this.pays = pays;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws UpstreamFailure {
        if (call.trace().chunks() > paid && !inner.complete()) {
            long more = Math.max(LEAST_MORE, paid / 4);
            @Nullable String spent = pays.apply(more);
            if (spent != null) {
                throw stopped(spent);
            }
            paid += more;
        }
        return inner.read(into, offset, length);
    }

    /**
     * Ends the upstream's answer first, so that what was read of it is known when it is recorded.
     */
    private UpstreamFailure stopped(String budget) {
        ApiError error =
                Refusal.spent(budget, "and the answer was stopped after %d tokens".formatted(paid));
        Outcome why = new Outcome.Refused(error);
        inner.close(why);
        call.abort().raise(why);
        return new UpstreamFailure.Stopped(error);
    }

    @Override
    public boolean complete() {
        return inner.complete();
    }

    @Override
    public void close(Outcome why) {
        inner.close(why);
    }
}
