package io.weir.export.otlp;

import io.weir.call.Attempt;
import io.weir.call.CallRecord;
import io.weir.call.Outcome;
import io.weir.export.Event;
import org.jspecify.annotations.Nullable;

/** How calls and attempts fail, in OpenTelemetry's words. */
final class Failure {
    private static final int CLIENT_ERROR = 400;
    private static final int SERVER_ERROR = 500;

    private Failure() {}

    /** Whether a call failed by what its client did, which is no error of the server's span. */
    static boolean isTheClients(CallRecord.Answer answer) {
        boolean gone = answer.outcome().equals(new Outcome.ClientGone().word());
        return gone || (answer.status() >= CLIENT_ERROR && answer.status() < SERVER_ERROR);
    }

    /** An attempt's {@code error.type}; null where it did not fail. */
    static @Nullable String type(Attempt attempt) {
        if (attempt.failure() != null) {
            return attempt.failure();
        }
        return attempt.status() >= CLIENT_ERROR ? Integer.toString(attempt.status()) : null;
    }

    /** What is said of a failed call: the answer's sentence where that may be sent. */
    static String sentence(Event event) {
        CallRecord.Answer answer = event.call().answer();
        String message = event.fields().sends("error_message") ? answer.errorMessage() : null;
        if (message != null) {
            return message;
        }
        return answer.errorType() == null
                ? "%s, status %d".formatted(answer.outcome(), answer.status())
                : "%s, status %d: %s"
                        .formatted(answer.outcome(), answer.status(), answer.errorType());
    }
}
