package io.weir.replay;

import io.weir.wire.Headers;
import java.net.URI;
import java.util.List;

/**
 * Where load is sent.
 *
 * @param name what figures call it
 * @param baseUrl ends in the API's version, {@code http://127.0.0.1:8080/v1} for instance
 * @param headers sent with every call, the key among them
 * @param processes the ids of the processes whose CPU time counts as this target's
 */
public record LoadTarget(String name, URI baseUrl, Headers headers, List<Long> processes) {
    public LoadTarget {
        processes = List.copyOf(processes);
        String scheme = String.valueOf(baseUrl.getScheme());
        if (baseUrl.getHost() == null || !(scheme.equals("http") || scheme.equals("https"))) {
            throw new IllegalArgumentException(
                    "a base URL looks like http://127.0.0.1:8080/v1, not " + baseUrl);
        }
    }

    boolean secure() {
        return baseUrl.getScheme().equals("https");
    }

    int port() {
        if (baseUrl.getPort() >= 0) {
            return baseUrl.getPort();
        }
        return secure() ? 443 : 80;
    }

    /** The host without the brackets of an IPv6 address. */
    String host() {
        return baseUrl.getHost().replaceAll("[\\[\\]]", "");
    }

    /** The path of an operation, {@code /chat/completions} for instance, behind the base URL's. */
    String path(String operation) {
        String prefix = baseUrl.getRawPath() == null ? "" : baseUrl.getRawPath();
        return (prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix)
                + operation;
    }
}
