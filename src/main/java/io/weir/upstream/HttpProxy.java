package io.weir.upstream;

import io.weir.wire.Secret;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * A proxy on the way to an upstream: asked to {@code CONNECT} to one that speaks TLS, and to send
 * on the requests to one that does not (RFC 9112, section 3.2.2).
 *
 * @param credentials user and password as {@code proxy-authorization: Basic} shows them; null where
 *     it wants none
 */
public record HttpProxy(String host, int port, @Nullable Secret credentials) {
    private static final String SCHEME = "http://";
    private static final int DEFAULT_PORT = 80;

    /**
     * The proxy of a URL, {@code http://[user:password@]host:port}; the scheme may be missing.
     *
     * @throws IllegalArgumentException saying what would do, and never showing the URL, which may
     *     hold a password
     */
    public static HttpProxy of(String url) {
        URI uri = parsed(url.contains("://") ? url : SCHEME + url);
        boolean bare = uri != null && uri.getRawPath().replace("/", "").isEmpty();
        if (uri == null || uri.getHost() == null || !bare || !uri.getScheme().equals("http")) {
            throw new IllegalArgumentException(
                    "a proxy is http://host:port or http://user:password@host:port, with special characters of the password percent-encoded");
        }
        String user = uri.getUserInfo();
        return new HttpProxy(
                uri.getHost(),
                uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort(),
                user == null ? null : basic(user));
    }

    /** Host and port. */
    public String authority() {
        return host + ":" + port;
    }

    /** The value of {@code proxy-authorization}; null where there is none. */
    @Nullable String authorization() {
        return credentials == null ? null : "Basic " + credentials.reveal();
    }

    private static Secret basic(String user) {
        return new Secret(
                Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8)));
    }

    private static @Nullable URI parsed(String url) {
        try {
            return new URI(url.strip());
        } catch (URISyntaxException e) {
            return null;
        }
    }
}
