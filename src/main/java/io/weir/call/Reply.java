package io.weir.call;

import io.weir.wire.ApiError;
import io.weir.wire.Headers;
import java.util.function.Consumer;

/** What a call is answered with. */
public sealed interface Reply {
    /** An answer that is wholly here. */
    record Whole(int status, Headers headers, byte[] body) implements Reply {}

    /**
     * An answer that is still coming.
     *
     * @param length of the body in bytes; -1 where it is sent in chunks
     */
    record Streamed(int status, Headers headers, long length, Source source) implements Reply {}

    /**
     * No answer from upstream.
     *
     * @param error what the client is told
     * @param headers sent with it, {@code retry-after} for instance
     * @param outcome what the call is recorded as
     */
    record Refused(ApiError error, Headers headers, Outcome outcome) implements Reply {
        /** A refusal by Weir's own rules. */
        public static Refused of(ApiError error) {
            return new Refused(error, Headers.NONE, new Outcome.Refused(error));
        }

        /** Nobody is there any more to be answered. */
        public static Refused clientGone() {
            ApiError error =
                    ApiError.of(
                            499,
                            "client_error",
                            "client_gone",
                            "The client closed the connection.");
            return new Refused(error, Headers.NONE, new Outcome.ClientGone());
        }
    }

    /**
     * Runs {@code done} exactly once, when the answer's end is known and before its last bytes are
     * given away: at once for an answer that is here, with the last bytes of one that is coming, at
     * the failure of one that breaks off. A {@code finally} around {@link Chain#proceed} would be
     * too early: it returns when the stream starts.
     */
    default Reply whenDone(Consumer<Outcome> done) {
        return switch (this) {
            case Whole whole -> {
                done.accept(new Outcome.Completed());
                yield whole;
            }
            case Refused refused -> {
                done.accept(refused.outcome());
                yield refused;
            }
            case Streamed streamed ->
                    new Streamed(
                            streamed.status(),
                            streamed.headers(),
                            streamed.length(),
                            new WatchedSource(streamed.source(), done));
        };
    }
}
