package io.weir.pricing;

import io.weir.config.ConfigException;
import io.weir.config.Settings;
import io.weir.outbound.HttpSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the configuration says of prices and models.
 *
 * @param file prices beside the shipped ones; null for none
 * @param models where a newer catalogue of models is; null for none
 */
public record PricePlan(@Nullable Path file, @Nullable Source models) {
    /** Nothing beside what is shipped. */
    public static final PricePlan NONE = new PricePlan(null, null);

    private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration WHOLE = Duration.ofSeconds(30);

    /**
     * Where a catalogue is.
     *
     * @param place as it stands in the configuration
     * @param file where it is a file
     * @param http where it is not
     * @param sha256 of its bytes, in hexadecimal; null where they are not checked
     */
    record Source(
            String place,
            @Nullable Path file,
            @Nullable HttpSettings http,
            @Nullable String sha256) {}

    /** Where all of it is, as the configuration names it. */
    List<String> places() {
        return Stream.of(
                        file == null ? null : file.toString(),
                        models == null ? null : models.place())
                .filter(Objects::nonNull)
                .toList();
    }

    /**
     * Reads it.
     *
     * @throws ConfigException saying which key is wrong
     */
    public static PricePlan read(Settings settings) {
        String file =
                settings.textOrNull(
                        "prices_file",
                        "a file of price entries that come before those of the configuration; weir prices reload reads it again");
        String source =
                settings.textOrNull(
                        "models.source",
                        "a newer catalogue of models: file:PATH, or an https URL with models.sha256");
        String sha256 =
                settings.textOrNull("models.sha256", "what the catalogue's SHA-256 has to be");
        List<String> allow =
                settings.texts(
                        "models.allow",
                        "hosts, addresses and ranges that models.source may lead to beside the public internet");
        return new PricePlan(
                file == null ? null : Path.of(file),
                source == null ? null : source(source, sha256, allow));
    }

    private static Source source(String place, @Nullable String sha256, List<String> allow) {
        if (sha256 != null && !SHA_256.matcher(sha256).matches()) {
            throw new ConfigException(
                    "models.sha256 is '%s', not 64 digits of 0-9 and a-f.".formatted(sha256));
        }
        if (place.startsWith("file:")) {
            return new Source(place, Path.of(place.substring("file:".length())), null, sha256);
        }
        if (sha256 == null) {
            throw new ConfigException(
                    "models.source is a URL: give the SHA-256 of what it leads to as models.sha256.");
        }
        return new Source(place, null, http(place, allow), sha256);
    }

    private static HttpSettings http(String place, List<String> allow) {
        try {
            return new HttpSettings(
                    URI.create(place), allow, Optional.empty(), CONNECT, WHOLE, false);
        } catch (IllegalArgumentException e) {
            throw new ConfigException("models.source: '" + place + "' is not a URL.");
        }
    }
}
