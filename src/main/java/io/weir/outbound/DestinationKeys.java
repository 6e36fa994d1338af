package io.weir.outbound;

import io.weir.config.ConfigException;
import io.weir.config.SecretRef;
import io.weir.config.Settings;
import io.weir.wire.Secret;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The keys that configure one destination.
 *
 * @param origin where they stand, for messages: {@code exporters.NAME}
 * @param data the data directory
 */
public record DestinationKeys(
        String origin, Settings settings, Map<String, String> environment, Path data) {
    /** A secret, by reference only. */
    public Secret secret(String key, String meaning) {
        String reference = settings.text(key, "", meaning + ": env:NAME or file:PATH");
        return SecretRef.resolve(origin + "." + key, reference, environment);
    }

    /** A text, or the secret that it refers to by {@code env:NAME} or {@code file:PATH}. */
    public String revealed(String key, String text) {
        return text.startsWith("env:") || text.startsWith("file:")
                ? SecretRef.resolve(origin + "." + key, text, environment).reveal()
                : text;
    }

    /**
     * How a server is reached.
     *
     * @param fallback its url; empty where there is no usual one
     */
    public HttpSettings http(String fallback, boolean gzip) {
        String url = settings.text("url", fallback, "of the server");
        if (url.isEmpty()) {
            throw wrong("url is missing: give the server's");
        }
        return reaching(url, gzip);
    }

    /**
     * How the server of a URL is reached that was read, and may be secret.
     *
     * @param gzip whether bodies are compressed where nothing says otherwise
     */
    public HttpSettings reaching(String url, boolean gzip) {
        @Nullable String certificates =
                settings.textOrNull("certificates", "a PEM file of further authorities");
        return new HttpSettings(
                uri(url),
                settings.texts(
                        "allow",
                        "hosts and ranges of addresses that are not public and may be sent to"),
                Optional.ofNullable(certificates).map(data::resolve),
                settings.duration("timeouts.connect", "10s", "for a connection, TLS included"),
                settings.duration("timeouts.whole", "60s", "for everything"),
                settings.flag("gzip", gzip, "whether bodies are compressed"));
    }

    /** What is made of settings, or why they will not do. */
    public <T> T made(Supplier<T> maker) {
        try {
            return maker.get();
        } catch (IllegalArgumentException e) {
            throw wrong(String.valueOf(e.getMessage()));
        }
    }

    /** What refuses the settings, saying why. */
    public ConfigException wrong(String why) {
        return new ConfigException("%s: %s.".formatted(origin, why));
    }

    /** A URL may hold a secret, and is not shown. */
    private URI uri(String url) {
        try {
            return new URI(url);
        } catch (URISyntaxException e) {
            throw wrong("url is none");
        }
    }
}
