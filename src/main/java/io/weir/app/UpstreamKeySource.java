package io.weir.app;

import io.weir.config.ConfigException;
import io.weir.config.SecretRef;
import io.weir.upstream.UpstreamKey;
import java.util.Map;

/**
 * Where a key of the configuration is, {@code env:NAME} or {@code file:PATH}, and what it was when
 * Weir started.
 *
 * @param setting the configuration's, for messages
 */
record UpstreamKeySource(String setting, String reference, UpstreamKey first) {
    /**
     * The key that is there.
     *
     * @throws ConfigException where there is none
     */
    static UpstreamKeySource of(String setting, String reference, Map<String, String> environment) {
        return new UpstreamKeySource(setting, reference, key(setting, reference, environment));
    }

    /**
     * The key that is there now.
     *
     * @throws ConfigException where there is none any more
     */
    UpstreamKey now() {
        return isFile() ? key(setting, reference, Map.of()) : first;
    }

    boolean isFile() {
        return reference.startsWith("file:");
    }

    private static UpstreamKey key(
            String setting, String reference, Map<String, String> environment) {
        try {
            return new UpstreamKey(reference, SecretRef.resolve(setting, reference, environment));
        } catch (IllegalArgumentException e) {
            throw new ConfigException(setting + ": " + e.getMessage() + ".");
        }
    }
}
