package io.weir.upstream;

import io.weir.wire.Headers;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Which fields travel on. Hop-by-hop ones (RFC 9110, section 7.6.1) and those that {@code
 * connection} names end here; so do those that would let a client choose whose account pays.
 */
final class RelayedHeaders {
    private static final Set<String> HOP_BY_HOP =
            Set.of(
                    "connection",
                    "keep-alive",
                    "proxy-authenticate",
                    "proxy-authorization",
                    "proxy-connection",
                    "te",
                    "trailer",
                    "transfer-encoding",
                    "upgrade",
                    "http2-settings");

    /**
     * The gateway key, what the connection to the upstream sets anew, the account, which is the
     * operator's choice, and the client's span, which is the parent of the call's.
     */
    private static final Set<String> OF_THE_CLIENT =
            Set.of(
                    "authorization",
                    "host",
                    "content-length",
                    "expect",
                    "openai-organization",
                    "openai-project",
                    "cookie",
                    "traceparent");

    /** Says more about a trace that the client began, and means nothing without it. */
    private static final String TRACE_STATE = "tracestate";

    private RelayedHeaders() {}

    /**
     * What of a request's fields goes to an upstream.
     *
     * @param traced whether the call continues a trace that the client began
     */
    static Headers ofRequest(Headers sent, boolean traced) {
        Set<String> named = named(sent);
        return sent.without(name -> {
            String lower = name.toLowerCase(Locale.ROOT);
            return HOP_BY_HOP.contains(lower)
                    || OF_THE_CLIENT.contains(lower)
                    || lower.startsWith("x-weir-")
                    || (!traced && lower.equals(TRACE_STATE))
                    || named.contains(lower);
        });
    }

    static Headers ofAnswer(Headers answered) {
        Set<String> named = named(answered);
        return answered.without(name -> {
            String lower = name.toLowerCase(Locale.ROOT);
            return HOP_BY_HOP.contains(lower) || named.contains(lower);
        });
    }

    private static Set<String> named(Headers headers) {
        if (!headers.has("connection")) {
            return Set.of();
        }
        List<String> tokens = new ArrayList<>();
        headers.all("connection").forEach(value -> tokens.addAll(List.of(value.split(",", -1))));
        Set<String> names = new HashSet<>();
        tokens.forEach(token -> names.add(token.strip().toLowerCase(Locale.ROOT)));
        return names;
    }
}
