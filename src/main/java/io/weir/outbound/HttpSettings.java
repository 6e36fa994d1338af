package io.weir.outbound;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How an exporter reaches a server.
 *
 * @param url of the server; its path may hold a secret and is not shown
 * @param allow hosts, addresses and ranges beside the public internet; they may also be spoken to
 *     without TLS
 * @param certificates a PEM file of authorities beside those that the JDK trusts
 * @param connect for TCP and TLS
 * @param whole for everything from connecting to the end of the answer
 * @param gzip whether bodies are compressed
 */
public record HttpSettings(
        URI url,
        List<String> allow,
        Optional<Path> certificates,
        Duration connect,
        Duration whole,
        boolean gzip) {
    public HttpSettings {
        allow = List.copyOf(allow);
        if (!connect.isPositive() || !whole.isPositive()) {
            throw new IllegalArgumentException(
                    "timeouts are longer than nothing, not %s and %s".formatted(connect, whole));
        }
    }

    @Override
    public String toString() {
        return "HttpSettings[" + url.getHost() + "]";
    }
}
