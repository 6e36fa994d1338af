package io.weir.export;

import io.weir.outbound.GuardedDial;
import java.security.KeyStore;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.SSLEngine;
import org.apache.kafka.common.security.auth.SslEngineFactory;
import org.jspecify.annotations.Nullable;

/** TLS as Kafka's client asks for it: made by the dial that is among its settings. */
public final class KafkaTls implements SslEngineFactory {
    /** The name of that setting. */
    static final String DIAL = "weir.dial";

    private @Nullable GuardedDial dial;

    /** For Kafka's client, which makes one by its name. */
    public KafkaTls() {}

    @Override
    public void configure(Map<String, ?> settings) {
        dial = (GuardedDial) settings.get(DIAL);
    }

    @Override
    public SSLEngine createClientSslEngine(String host, int port, String ignored) {
        if (dial == null) {
            throw new IllegalStateException("it is not configured");
        }
        return dial.engine(host, port);
    }

    @Override
    public SSLEngine createServerSslEngine(String host, int port) {
        throw new UnsupportedOperationException("this is no server");
    }

    @Override
    public boolean shouldBeRebuilt(Map<String, Object> settings) {
        return false;
    }

    @Override
    public Set<String> reconfigurableConfigs() {
        return Set.of();
    }

    @Override
    public @Nullable KeyStore keystore() {
        return null;
    }

    @Override
    public @Nullable KeyStore truststore() {
        return null;
    }

    @Override
    public void close() {}
}
