package io.weir.config;

import io.weir.wire.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a secret is: {@code env:NAME} or {@code file:PATH}. A secret itself never stands in a
 * configuration file.
 */
public final class SecretRef {
    private SecretRef() {}

    /**
     * The secret that a reference points at.
     *
     * @param key the configuration's key, for messages
     * @throws ConfigException when it is not a reference, or nothing is there; the message never
     *     shows the value
     */
    public static Secret resolve(String key, String reference, Map<String, String> environment) {
        try {
            return new Secret(text(key, reference, environment));
        } catch (IllegalArgumentException e) {
            throw new ConfigException(key + ": " + e.getMessage() + ".");
        }
    }

    /**
     * The same of what may hold any character, as passwords do that go into no header.
     *
     * @param key the configuration's key, for messages
     * @throws ConfigException when it is not a reference, or nothing is there; the message never
     *     shows the value
     */
    public static String text(String key, String reference, Map<String, String> environment) {
        if (reference.startsWith("env:")) {
            String name = reference.substring("env:".length());
            return there(
                    key, environment.get(name), "the environment variable " + name + " is not set");
        }
        if (reference.startsWith("file:")) {
            Path file = Path.of(reference.substring("file:".length()));
            return there(key, read(key, file), "the file " + file + " is empty");
        }
        throw new ConfigException(
                key + ": give a reference, env:NAME or file:PATH, instead of the secret itself.");
    }

    private static String read(String key, Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new ConfigException(key + ": the file " + file + " cannot be read.");
        }
    }

    private static String there(String key, @Nullable String value, String missing) {
        if (value == null || value.isBlank()) {
            throw new ConfigException(key + ": " + missing + ".");
        }
        return value;
    }
}
