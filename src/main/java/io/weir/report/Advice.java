package io.weir.report;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What to do about a class of error. */
public final class Advice {
    private static final Map<String, String> OF_UPSTREAMS =
            Map.ofEntries(
                    Map.entry(
                            "rate_limit",
                            "The provider's rate limit: let clients back off as Retry-After says, spread the load, or ask the provider for a higher limit."),
                    Map.entry(
                            "rate_limit_exceeded",
                            "The provider's rate limit: let clients back off as Retry-After says, spread the load, or ask the provider for a higher limit."),
                    Map.entry(
                            "insufficient_quota",
                            "The provider account has no credit left: add credit or raise its budget. Retrying does not help."),
                    Map.entry(
                            "context_length_exceeded",
                            "The prompt and the answer asked for do not fit the model: shorten the prompt, lower the output limit, or use a model with a larger context."),
                    Map.entry(
                            "model_not_found",
                            "The provider account has no such model: check the name, and whether the project may use it."),
                    Map.entry(
                            "content_filter",
                            "The provider refuses this content: change the prompt. Retrying does not help."),
                    Map.entry(
                            "bad_request",
                            "The request itself is wrong: read the message and fix the client. Retrying does not help."),
                    Map.entry(
                            "authentication",
                            "The provider does not accept the upstream key: check upstream.key, and whether it was revoked."),
                    Map.entry(
                            "permission_denied",
                            "The upstream key may not do this: check its project, its permissions and the region."),
                    Map.entry(
                            "not_found",
                            "The model, the object or the path does not exist: check the name, and that the client's base URL ends in /v1."),
                    Map.entry(
                            "timeout",
                            "The provider gave up waiting: retry; look at the size of the request and at the provider's status."),
                    Map.entry(
                            "conflict",
                            "Another request changed the same object: read it again, then retry."),
                    Map.entry(
                            "too_large", "The provider takes no request of this size: send less."),
                    Map.entry(
                            "unprocessable",
                            "The request is well-formed and makes no sense to the provider: read the message and fix the client."),
                    Map.entry(
                            "client_error",
                            "The provider refuses the request: read the message and fix the client."),
                    Map.entry(
                            "server_error",
                            "The provider's own fault: retry with a growing pause, and look at its status page."),
                    Map.entry(
                            "error_in_stream",
                            "The provider broke its answer off after it had begun: retry the whole call."));

    private static final Map<String, String> OF_THE_WAY =
            Map.ofEntries(
                    Map.entry(
                            "upstream_unreachable",
                            "No connection to the upstream: check its URL, the DNS and the network."),
                    Map.entry(
                            "upstream_broken",
                            "The upstream broke the connection, or sent no whole answer: retry; look at what lies between Weir and it."),
                    Map.entry(
                            "upstream_connect_timeout",
                            "No connection in time: check the network, or raise upstream.timeouts.connect."),
                    Map.entry(
                            "upstream_first_byte_timeout",
                            "The upstream did not begin its answer in time: ask for less, stream, or raise upstream.timeouts.first_byte."),
                    Map.entry(
                            "upstream_idle_timeout",
                            "The answer fell silent half-way: retry, or raise upstream.timeouts.idle."),
                    Map.entry(
                            "upstream_total_timeout",
                            "The whole call took too long: ask for less, or raise upstream.timeouts.total."),
                    Map.entry(
                            "deadline_passed",
                            "The whole call took too long: ask for less, or raise upstream.timeouts.total."),
                    Map.entry(
                            "client_gone",
                            "The client closed the connection before its answer was complete: raise the client's own timeout, or look for impatient users."),
                    Map.entry(
                            "interrupted",
                            "Weir stopped while the call was under way: look at why it stopped."));

    private static final Map<String, String> OF_WEIR =
            Map.ofEntries(
                    Map.entry(
                            "invalid_api_key",
                            "No gateway key, or not one of this gateway's: give the client a key of Weir's, not the provider's."),
                    Map.entry(
                            "malformed_request",
                            "Not well-formed HTTP, or a path that two readers could read differently: fix the client."),
                    Map.entry(
                            "duplicate_field",
                            "A JSON field that decides about money is there twice: fix the client."),
                    Map.entry(
                            "request_too_large",
                            "The body is larger than Weir reads: send less, or raise relay.max_read_body or relay.max_body."),
                    Map.entry(
                            "headers_too_large",
                            "More header fields than Weir takes: send fewer, or raise server.max_header_line or server.max_header_fields."),
                    Map.entry(
                            "method_not_allowed",
                            "The path exists, for another method: fix the client."),
                    Map.entry(
                            "record_unavailable",
                            "Weir cannot write its journal: free disk space; see weir status."),
                    Map.entry(
                            "internal_error",
                            "A bug of Weir's: report the call's id and the log of that time."));

    private Advice() {}

    /**
     * Sentences for the person who sees such an error.
     *
     * @param type a class of {@link Words#ERROR}
     * @param code the machine's word in the answer; a provider's may say more than the class does
     */
    static String of(String type, @Nullable String code) {
        return about(type, code).orElse("Look at the example: weir calls and its id.");
    }

    /** The same for one error; empty where there is nothing to say of its class. */
    public static Optional<String> about(String type, @Nullable String code) {
        String said = code == null ? null : OF_UPSTREAMS.get(code);
        return Stream.of(
                        Optional.ofNullable(said),
                        Optional.ofNullable(OF_UPSTREAMS.get(type)),
                        Optional.ofNullable(OF_THE_WAY.get(type)),
                        Optional.ofNullable(OF_WEIR.get(type)))
                .flatMap(Optional::stream)
                .findFirst();
    }
}
