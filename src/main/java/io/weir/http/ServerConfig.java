package io.weir.http;

import java.time.Duration;

/**
 * The bounds of a server.
 *
 * @param host address to bind
 * @param port 0 for any free one
 * @param maxConnections further ones are answered 503 and closed
 * @param bufferBytes of each connection, each way; the memory of a waiting stream is mostly this
 * @param maxLineBytes of the request line and of each field
 * @param maxFields of a request's head
 * @param headTimeout for a request's head to be complete, once its first byte is there
 * @param idleTimeout for the next request on a kept connection, and between two pieces of a
 *     request's body
 * @param writeTimeout for a client to take what is written to it
 */
public record ServerConfig(
        String host,
        int port,
        int maxConnections,
        int bufferBytes,
        int maxLineBytes,
        int maxFields,
        Duration headTimeout,
        Duration idleTimeout,
        Duration writeTimeout) {
    public ServerConfig {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("a port is 0 to 65535, not " + port);
        }
        if (maxConnections < 1 || bufferBytes < 512 || maxLineBytes < 512 || maxFields < 8) {
            throw new IllegalArgumentException(
                    "bounds too small: maxConnections %d, bufferBytes %d, maxLineBytes %d, maxFields %d"
                            .formatted(maxConnections, bufferBytes, maxLineBytes, maxFields));
        }
    }

    /** The usual bounds. */
    public static ServerConfig of(String host, int port) {
        return new ServerConfig(
                host,
                port,
                20_000,
                4_096,
                16_384,
                128,
                Duration.ofSeconds(20),
                Duration.ofSeconds(75),
                Duration.ofSeconds(60));
    }

    /** The same with another bound on connections. */
    public ServerConfig withMaxConnections(int most) {
        return new ServerConfig(
                host,
                port,
                most,
                bufferBytes,
                maxLineBytes,
                maxFields,
                headTimeout,
                idleTimeout,
                writeTimeout);
    }
}
