package io.weir.app;

import io.weir.config.ConfigException;
import io.weir.config.SecretRef;
import io.weir.upstream.HttpProxy;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which proxy stands before the upstream: the configured one, or before an {@code https} one the
 * environment's, which {@code NO_PROXY} and loopback addresses go past.
 */
final class ProxyChoice {
    private static final String KEY = "upstream.proxy";
    private static final String NONE = "none";

    private ProxyChoice() {}

    /**
     * The proxy; null for none.
     *
     * @param configured a URL without a password, a reference to one, or {@code none}
     * @throws ConfigException when it cannot be used; the message never shows a password
     */
    static @Nullable HttpProxy of(
            @Nullable String configured, URI upstream, Map<String, String> environment) {
        if (configured == null) {
            return fromEnvironment(upstream, environment);
        }
        if (configured.equals(NONE)) {
            return null;
        }
        if (configured.startsWith("env:") || configured.startsWith("file:")) {
            return proxy(KEY, SecretRef.resolve(KEY, configured, environment).reveal());
        }
        if (configured.contains("@")) {
            throw new ConfigException(
                    KEY
                            + ": a URL with a password does not stand in the file. Give a reference to it, env:NAME or file:PATH.");
        }
        return proxy(KEY, configured);
    }

    private static @Nullable HttpProxy fromEnvironment(
            URI upstream, Map<String, String> environment) {
        String host = String.valueOf(upstream.getHost()).toLowerCase(Locale.ROOT);
        if (!"https".equals(upstream.getScheme()) || isLoopback(host)) {
            return null;
        }
        for (String name : List.of("https_proxy", "HTTPS_PROXY")) {
            String url = environment.getOrDefault(name, "");
            if (!url.isBlank()) {
                return passes(host, environment) ? null : proxy(name, url.strip());
            }
        }
        return null;
    }

    /** Whether {@code NO_PROXY} names the host, a domain it is in, or everything. */
    private static boolean passes(String host, Map<String, String> environment) {
        String names =
                environment.getOrDefault("no_proxy", environment.getOrDefault("NO_PROXY", ""));
        return Stream.of(names.toLowerCase(Locale.ROOT).split("[,\\s]+", -1))
                .map(name -> name.startsWith("*.") ? name.substring(1) : name)
                .map(name -> name.startsWith(".") ? name.substring(1) : name)
                .anyMatch(name ->
                        name.equals("*")
                                || (!name.isEmpty()
                                        && (host.equals(name) || host.endsWith("." + name))));
    }

    private static boolean isLoopback(String host) {
        return host.equals("localhost")
                || host.endsWith(".localhost")
                || host.startsWith("127.")
                || host.equals("[::1]");
    }

    private static HttpProxy proxy(String key, String url) {
        try {
            return HttpProxy.of(url);
        } catch (IllegalArgumentException e) {
            throw new ConfigException(
                    key + ": " + e.getMessage() + ". Without a proxy: upstream.proxy: none.");
        }
    }
}
