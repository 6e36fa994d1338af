package io.weir.web;

import io.weir.wire.Headers;
import org.jspecify.annotations.Nullable;

/**
 * How browsers reach this server.
 *
 * @param schemeHeader the field in which a trusted proxy says {@code https}; null without a proxy
 * @param emulated whether answers are emulated, which every page says
 */
public record Deployment(@Nullable String schemeHeader, boolean emulated) {
    /** Whether the browser came by https, as far as the proxy says so. */
    boolean isHttps(Headers request) {
        return schemeHeader != null
                && request.first(schemeHeader).orElse("").equalsIgnoreCase("https");
    }

    /** This server's address as the browser knows it. */
    String origin(Headers request) {
        String host = request.first("host").orElse("127.0.0.1");
        return (isHttps(request) ? "https://" : "http://") + host;
    }
}
