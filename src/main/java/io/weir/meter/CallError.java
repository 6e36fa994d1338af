package io.weir.meter;

import io.weir.call.Outcome;
import io.weir.wire.AnswerError;
import io.weir.wire.AnswerFacts;
import org.jspecify.annotations.Nullable;

/**
 * What a call failed with; all null where it did not.
 *
 * @param type the class a report counts: the outcome's own, or one made of the status
 * @param code the machine's word in the answer
 * @param message the sentence in the answer
 */
record CallError(@Nullable String type, @Nullable String code, @Nullable String message) {
    private static final CallError NONE = new CallError(null, null, null);

    static CallError of(int status, Outcome outcome, AnswerFacts facts) {
        return switch (outcome) {
            case Outcome.Completed completed -> answered(status, facts);
            case Outcome.Refused refused ->
                    new CallError(
                            outcome.errorType(), refused.error().code(), refused.error().message());
            case Outcome.UpstreamFailed failed ->
                    new CallError(
                            outcome.errorType(),
                            failed.failure().errorType(),
                            failed.failure().sentence());
            case Outcome.ClientGone gone ->
                    new CallError(outcome.errorType(), null, "The client closed the connection.");
            case Outcome.DeadlinePassed passed ->
                    new CallError(outcome.errorType(), null, "The call took too long.");
            case Outcome.Interrupted interrupted ->
                    new CallError(
                            outcome.errorType(),
                            null,
                            "Weir stopped while the call was under way.");
        };
    }

    private static CallError answered(int status, AnswerFacts facts) {
        AnswerError error = facts.error();
        @Nullable String code = error == null ? null : error.code();
        @Nullable String message = error == null ? null : error.message();
        if (status >= 400) {
            return new CallError(ofStatus(status, code), code, message);
        }
        return error == null ? NONE : new CallError("error_in_stream", code, message);
    }

    /**
     * OpenAI's classes, as its SDKs name their exceptions; exhausted credit is told from a rate
     * limit.
     */
    private static String ofStatus(int status, @Nullable String code) {
        return switch (status) {
            case 400 -> "bad_request";
            case 401 -> "authentication";
            case 403 -> "permission_denied";
            case 404 -> "not_found";
            case 408 -> "timeout";
            case 409 -> "conflict";
            case 413 -> "too_large";
            case 422 -> "unprocessable";
            case 429 -> "insufficient_quota".equals(code) ? "insufficient_quota" : "rate_limit";
            default -> status >= 500 ? "server_error" : "client_error";
        };
    }
}
