package io.weir.cli;

import io.weir.access.Expiry;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;
import tools.jackson.databind.node.ObjectNode;

/** What is said of a key. */
final class KeyDescription {
    @Option(
            names = "--owner",
            order = 10,
            paramLabel = "OWNER",
            description = "Whom to ask about it.")
    private @Nullable String owner;

    @Option(
            names = "--tag",
            order = 11,
            paramLabel = "TAG",
            description = "A label for reports. Can be repeated; 'any' alone takes all away.")
    private @Nullable List<String> tags;

    @Option(
            names = "--expires",
            order = 12,
            paramLabel = "WHEN",
            converter = WhenConverter.class,
            description = "When it ends: 90d, 12h, 2027-01-31T00:00:00Z or never.")
    private @Nullable String expires;

    @Mixin private final BoundsOptions bounds = new BoundsOptions();

    /** Refuses what the gateway would refuse; by whose clock spans count is its own matter. */
    private static final class WhenConverter implements ITypeConverter<String> {
        @Override
        public String convert(String text) {
            try {
                Expiry.of(text);
                return text;
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(String.valueOf(e.getMessage()));
            }
        }
    }

    /** Adds what was given. */
    void addTo(ObjectNode wanted) {
        Given.add(wanted, "owner", owner);
        Given.add(wanted, "tags", tags);
        bounds.addTo(wanted);
        Given.add(wanted, "expires", expires);
    }
}
