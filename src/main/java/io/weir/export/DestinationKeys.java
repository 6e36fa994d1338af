package io.weir.export;

import io.weir.config.SecretRef;
import io.weir.config.Settings;
import io.weir.wire.Secret;
import java.nio.file.Path;
import java.util.Map;

/**
 * The keys that configure one destination.
 *
 * @param exporter its name
 * @param data the data directory
 */
record DestinationKeys(
        String exporter, Settings settings, Map<String, String> environment, Path data) {
    /** A secret, by reference only. */
    Secret secret(String key, String meaning) {
        String reference = settings.text(key, "", meaning + ": env:NAME or file:PATH");
        return SecretRef.resolve("exporters." + exporter + "." + key, reference, environment);
    }
}
