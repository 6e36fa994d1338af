package io.weir.app;

import io.weir.http.HttpServer;
import io.weir.upstream.UpstreamConfig;
import io.weir.upstream.UpstreamKey;
import io.weir.wire.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which upstream calls go to: the configured one, or the emulator in this process. */
final class Upstreams {
    private Upstreams() {}

    /** The keys that stand in the configuration. The emulator takes any. */
    static List<UpstreamKeySource> keys(WeirConfig config, @Nullable HttpServer emulator) {
        return emulator == null
                ? config.upstreamKeys()
                : List.of(
                        new UpstreamKeySource(
                                "emulator",
                                "emulator",
                                new UpstreamKey("emulator", new Secret("sk-emulated"))));
    }

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
                Duration.ofSeconds(10),
                Duration.ofMinutes(10),
                Duration.ofMinutes(2),
                Duration.ofMinutes(30),
                Duration.ofSeconds(55),
                null);
    }
}
