package io.weir.outbound;

import java.net.InetAddress;
import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a URL leads to. Its path and query may hold a secret and are not shown.
 *
 * @param scheme what such URLs begin with
 * @param host without brackets and without the root's dot, in lower case
 * @param path with its query, never empty
 */
public record HttpTarget(Scheme scheme, boolean tls, String host, int port, String path) {
    /** A target of HTTP. */
    public HttpTarget(boolean tls, String host, int port, String path) {
        this(Scheme.HTTP, tls, host, port, path);
    }

    /**
     * The target of an operator's URL.
     *
     * @throws IllegalArgumentException saying what to write instead, and never showing the URL
     */
    static HttpTarget of(URI url, AllowedHosts allowed) {
        return of(url, Scheme.HTTP, allowed);
    }

    /** The same for another protocol. */
    static HttpTarget of(URI url, Scheme scheme, AllowedHosts allowed) {
        String word = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
        check(
                word.equals(scheme.secure()) || word.equals(scheme.plain()),
                "a destination's url begins with %s://".formatted(scheme.secure()));
        check(
                url.getRawUserInfo() == null && !hasUser(url.getRawAuthority()),
                "a destination's url has no user or password in it: give secrets by their own settings");
        check(url.getRawFragment() == null, "a destination's url has no # in it");
        String host = host(url.getHost());
        boolean tls = word.equals(scheme.secure());
        check(
                tls || allowed.name(host),
                "a destination's url begins with %s://, or its host '%s' is named in allow"
                        .formatted(scheme.secure(), host));
        int port = url.getPort() < 0 ? scheme.port(tls) : url.getPort();
        check(port > 0 && port < 65_536, "a destination's url has a port from 1 to 65535");
        return new HttpTarget(scheme, tls, host, port, path(url));
    }

    /** Host and port as the {@code host} field and a URL show them. */
    public String authority() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]")
                + (port == scheme.port(tls) ? "" : ":" + port);
    }

    /** Scheme, host and port. */
    @Override
    public String toString() {
        return (tls ? scheme.secure() : scheme.plain()) + "://" + authority();
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
