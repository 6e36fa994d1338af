package io.weir.route;

import io.weir.call.AttemptTrace;
import io.weir.call.Body;
import io.weir.call.Call;
import io.weir.call.Chain;
import io.weir.call.Outcome;
import io.weir.call.Reply;
import io.weir.call.Upstream;
import io.weir.call.UpstreamFailure;
import io.weir.wire.ApiError;
import io.weir.wire.Headers;

/**
 * The end of the chain: sends a call to the upstream, and again only where that is certainly safe.
 * A client's SDK retries by itself; retries here would multiply with those, so there is one reason
 * only to try again: a kept connection that turned out to be dead before it carried anything.
 */
public final class Router implements Chain {
    private static final int MAX_TRIES = 3;

    private final Upstream upstream;

    /** A router to one upstream. */
    public Router(Upstream upstream) {
        this.upstream = upstream;
    }

    @Override
    public Reply proceed(Call call) {
        call.trace().admitted();
        for (int tries = 1; ; tries++) {
            AttemptTrace trying = call.trace().attempt(upstream);
            try {
                return upstream.send(call, trying);
            } catch (UpstreamFailure failure) {
                ended(call, trying, failure);
                if (tries == MAX_TRIES || !safeToRepeat(call, trying, failure)) {
                    return refusal(call, failure);
                }
            }
        }
    }

    /** A try that was stopped from this side is no failure of the upstream's. */
    private static void ended(Call call, AttemptTrace trying, UpstreamFailure failure) {
        if (call.abort().raised().isEmpty()) {
            trying.failed(failure);
        } else {
            trying.ended();
        }
    }

    private static boolean safeToRepeat(Call call, AttemptTrace trying, UpstreamFailure failure) {
        return failure instanceof UpstreamFailure.NotReached
                && trying.reused()
                && !(call.body() instanceof Body.Passing)
                && call.abort().raised().isEmpty();
    }

    private static Reply refusal(Call call, UpstreamFailure failure) {
        Outcome stopped = call.abort().raised().orElse(null);
        if (stopped instanceof Outcome.Refused refused) {
            return Reply.Refused.of(refused.error());
        }
        if (stopped != null) {
            Reply.Refused gone = Reply.Refused.clientGone();
            return new Reply.Refused(gone.error(), gone.headers(), stopped);
        }
        int status = failure instanceof UpstreamFailure.TimedOut ? 504 : 502;
        ApiError error =
                ApiError.of(status, "upstream_error", failure.errorType(), failure.sentence());
        return new Reply.Refused(error, Headers.NONE, new Outcome.UpstreamFailed(failure));
    }
}
