package io.weir.alert;

import io.weir.config.ConfigException;
import io.weir.outbound.DestinationKeys;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The catalogue of channels: a line each. */
final class ChannelKinds {
    private static final SortedMap<String, Kind> ALL =
            new TreeMap<>(
                    Map.of(
                            "email", EmailChannel::opening,
                            "pagerduty", PagerDutyPosts::opening,
                            "slack", SlackPosts::opening,
                            "template", TemplatePosts::opening,
                            "webhook", WebhookPosts::opening));

    private ChannelKinds() {}

    /** Reads what a channel needs. */
    @FunctionalInterface
    interface Kind {
        /**
         * What opens it, without connecting to anything.
         *
         * @throws ConfigException saying which key is wrong and what would do
         */
        Opening read(DestinationKeys keys);
    }

    /** Makes a channel as it is configured; several may be made of the same. */
    @FunctionalInterface
    interface Opening {
        Channel open();
    }

    static Kind of(String word, String origin) {
        Kind kind = ALL.get(word);
        if (kind == null) {
            throw new ConfigException(
                    "%s: kind: '%s' is not one of %s."
                            .formatted(origin, word, String.join(", ", ALL.keySet())));
        }
        return kind;
    }
}
