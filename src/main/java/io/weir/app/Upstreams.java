package io.weir.app;

import io.weir.http.HttpServer;
import io.weir.upstream.UpstreamConfig;
import io.weir.wire.Secret;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Which upstream calls go to: the configured one, or the emulator in this process. */
final class Upstreams {
    private Upstreams() {}

    static UpstreamConfig configured(WeirConfig config, @Nullable HttpServer emulator) {
        if (config.upstream() != null) {
            return config.upstream();
        }
        if (emulator == null) {
            throw new IllegalStateException("neither an upstream nor an emulator");
        }
        return new UpstreamConfig(
                "emulator",
                "emulator",
                URI.create("http://127.0.0.1:" + emulator.port() + "/v1"),
                new Secret("sk-emulated"),
                Duration.ofSeconds(10),
                Duration.ofMinutes(10),
                Duration.ofMinutes(2),
                Duration.ofMinutes(30),
                Duration.ofSeconds(55),
                null);
    }
}
