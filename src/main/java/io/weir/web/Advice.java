package io.weir.web;

import io.weir.call.CallRecord;
import org.jspecify.annotations.Nullable;

/** What to do about an error, in a sentence. */
final class Advice {
    private Advice() {}

    /** For whoever looks at the call; empty where there is nothing to do or to say. */
    static String on(CallRecord.Answer answer) {
        String byCode = sentence(answer.errorCode());
        return byCode.isEmpty() ? sentence(answer.errorType()) : byCode;
    }

    private static String sentence(@Nullable String word) {
        return switch (word) {
            case null -> "";
            case "invalid_api_key" ->
                    "Where Weir refused it: the client has to send a gateway key. Otherwise the upstream does not know Weir's own key: see upstream.key.";
            case "authentication" -> "The upstream does not take Weir's key: see upstream.key.";
            case "permission_denied" -> "The upstream's account may not do this: ask its owner.";
            case "model_not_found", "not_found" ->
                    "Is the model's name right, and may the upstream's account use it?";
            case "insufficient_quota" ->
                    "The upstream's money is spent: add some, or raise its limit. Retrying does not help.";
            case "rate_limit", "rate_limit_exceeded" ->
                    "Too much at once for the upstream: retry as it says, or spread the load.";
            case "context_length_exceeded" ->
                    "The prompt is too long for the model: shorten it, or choose another one.";
            case "bad_request", "unprocessable", "client_error" ->
                    "The request is wrong, and will be wrong again: the message says how.";
            case "duplicate_field" -> "Give each JSON field once.";
            case "malformed_request" -> "Send well-formed HTTP/1.1 and a plain path.";
            case "request_too_large", "too_large" ->
                    "Send less, or raise relay.max_read_body and relay.max_body.";
            case "record_unavailable" ->
                    "The journal cannot be written: free disk space, then see Health.";
            case "upstream_unreachable" -> "Check the upstream's URL, the DNS and the network.";
            case "upstream_broken", "error_in_stream", "server_error" ->
                    "The upstream failed: retry, and look whether it fails for everybody.";
            case "upstream_connect_timeout" ->
                    "No connection in time: check the network, or raise upstream.timeouts.connect.";
            case "upstream_first_byte_timeout" ->
                    "No answer in time: ask for less, stream, or raise upstream.timeouts.first_byte.";
            case "upstream_idle_timeout" ->
                    "The answer fell silent: retry, or raise upstream.timeouts.idle.";
            case "upstream_total_timeout", "timeout" ->
                    "It took too long: ask for less, or raise upstream.timeouts.total.";
            case "client_gone" ->
                    "The client closed the connection before the answer was there: raise its own timeout.";
            case "internal_error" -> "A bug of Weir's: report the call's id and the log of then.";
            default -> "";
        };
    }
}
