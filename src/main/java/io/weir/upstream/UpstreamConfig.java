package io.weir.upstream;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One provider and how to reach it.
 *
 * @param name what reports call it
 * @param provider OpenTelemetry's {@code gen_ai.provider.name}
 * @param baseUrl what stands before {@code /chat/completions}; an empty path means {@code /v1}
 * @param connect the longest a connection, TLS included, may take
 * @param firstByte the longest an answer may take to begin
 * @param idle the longest silence within an answer
 * @param total the longest a whole call may take
 * @param keepAlive how long an unused connection is kept
 * @param proxy what stands before it; null where nothing does
 */
public record UpstreamConfig(
        String name,
        String provider,
        URI baseUrl,
        Duration connect,
        Duration firstByte,
        Duration idle,
        Duration total,
        Duration keepAlive,
        @Nullable HttpProxy proxy) {
    public UpstreamConfig {
        String scheme = baseUrl.getScheme();
        if ((!"http".equals(scheme) && !"https".equals(scheme)) || baseUrl.getHost() == null) {
            throw new IllegalArgumentException(
                    "an upstream's URL begins with http:// or https:// and names a host, unlike '"
                            + baseUrl
                            + "'");
        }
        if (baseUrl.getUserInfo() != null || baseUrl.getQuery() != null) {
            throw new IllegalArgumentException(
                    "an upstream's URL holds no user, password or query: give the key by 'key'");
        }
    }

    /** Whether to speak TLS. */
    public boolean tls() {
        return "https".equals(baseUrl.getScheme());
    }

    /** The port, the scheme's own where the URL has none. */
    public int port() {
        if (baseUrl.getPort() >= 0) {
            return baseUrl.getPort();
        }
        return tls() ? 443 : 80;
    }

    /** What stands before the part of a path that follows {@code /v1}. */
    public String basePath() {
        String path = baseUrl.getRawPath();
        String trimmed = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        return trimmed.isEmpty() ? "/v1" : trimmed;
    }

    /** The host whose connections lead to it: its own, or its proxy's. */
    String nextHost() {
        return proxy == null ? baseUrl.getHost() : proxy.host();
    }

    /** The port of {@link #nextHost()}. */
    int nextPort() {
        return proxy == null ? port() : proxy.port();
    }

    /** Its name as messages say it, with its proxy. */
    String described() {
        return proxy == null
                ? "'" + name + "'"
                : "'" + name + "' through the proxy " + proxy.authority();
    }

    /** What to look at when it cannot be reached. */
    String advice() {
        return proxy == null ? "Check its URL and the network" : "Check upstream.proxy";
    }

    /** The {@code host} field's value. */
    public String authority() {
        return baseUrl.getPort() < 0
                ? baseUrl.getHost()
                : baseUrl.getHost() + ":" + baseUrl.getPort();
    }
}
