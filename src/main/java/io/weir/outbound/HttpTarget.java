package io.weir.outbound;

import java.net.InetAddress;
import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a URL leads to. Its path and query may hold a secret and are not shown.
 *
 * @param host without brackets and without the root's dot, in lower case
 * @param path with its query, never empty
 */
public record HttpTarget(boolean tls, String host, int port, String path) {
    /**
     * The target of an operator's URL.
     *
     * @throws IllegalArgumentException saying what to write instead, and never showing the URL
     */
    static HttpTarget of(URI url, AllowedHosts allowed) {
        String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
        check(
                scheme.equals("https") || scheme.equals("http"),
                "a destination's url begins with https://");
        check(
                url.getRawUserInfo() == null && !hasUser(url.getRawAuthority()),
                "a destination's url has no user or password in it: give secrets by their own settings");
        check(url.getRawFragment() == null, "a destination's url has no # in it");
        String host = host(url.getHost());
        boolean tls = scheme.equals("https");
        check(
                tls || allowed.name(host),
                "a destination's url begins with https://, or its host '%s' is named in allow"
                        .formatted(host));
        int port = url.getPort() < 0 ? (tls ? 443 : 80) : url.getPort();
        check(port > 0 && port < 65_536, "a destination's url has a port from 1 to 65535");
        return new HttpTarget(tls, host, port, path(url));
    }

    /** Host and port as the {@code host} field and a URL show them. */
    public String authority() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]")
                + (port == (tls ? 443 : 80) ? "" : ":" + port);
    }

    /** Scheme, host and port. */
    @Override
    public String toString() {
        return (tls ? "https://" : "http://") + authority();
    }

    private static String host(@Nullable String written) {
        if (written == null) {
            throw new IllegalArgumentException(
                    "a destination's url needs a host: a name, or an address written as 192.0.2.1 or [2001:db8::1]");
        }
        String host = AllowedHosts.plain(written);
        InetAddress literal = AddressRange.address(host);
        check(
                literal != null || (host.indexOf(':') < 0 && !AllowedHosts.endsInNumber(host)),
                "a destination's url writes an address as 192.0.2.1 or [2001:db8::1], without zone or leading zeros");
        return host;
    }

    private static boolean hasUser(@Nullable String authority) {
        return authority != null && authority.indexOf('@') >= 0;
    }

    private static String path(URI url) {
        String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        return url.getRawQuery() == null ? path : path + "?" + url.getRawQuery();
    }

    private static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
