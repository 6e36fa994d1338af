package io.weir.call;

import io.weir.wire.ApiError;
import org.jspecify.annotations.Nullable;

/** How a call ended. */
public sealed interface Outcome {
    /** The upstream's answer, whatever its status, was relayed to its end. */
    record Completed() implements Outcome {}

    /** Weir refused the call: nothing, or nothing more, was sent upstream. */
    record Refused(ApiError error) implements Outcome {}

    /** No upstream answered to its end. */
    record UpstreamFailed(UpstreamFailure failure) implements Outcome {}

    /** The client went away before its answer was complete. */
    record ClientGone() implements Outcome {}

    /** The total time a call may take was up. */
    record DeadlinePassed() implements Outcome {}

    /** Weir itself stopped while the call was under way. */
    record Interrupted() implements Outcome {}

    /** The stored word. */
    default String word() {
        return switch (this) {
            case Completed completed -> "completed";
            case Refused refused -> "refused";
            case UpstreamFailed failed -> "upstream_failed";
            case ClientGone gone -> "client_gone";
            case DeadlinePassed passed -> "deadline_passed";
            case Interrupted interrupted -> "interrupted";
        };
    }

    /** The {@code error.type} it counts as; null for a call that was relayed to its end. */
    default @Nullable String errorType() {
        return switch (this) {
            case Completed completed -> null;
            case Refused refused -> refused.error().code();
            case UpstreamFailed failed -> failed.failure().errorType();
            case ClientGone gone -> "client_gone";
            case DeadlinePassed passed -> "deadline_passed";
            case Interrupted interrupted -> "interrupted";
        };
    }
}
