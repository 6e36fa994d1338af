package io.weir.alert;

import io.weir.config.ConfigException;
import io.weir.config.Settings;
import io.weir.outbound.DestinationKeys;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** A channel as it is configured. */
public record ChannelPlan(String name, String kind, ChannelKinds.Opening opening) {
    private static final Pattern NAME = Pattern.compile("[a-z0-9_-]{1,40}");

    /**
     * Reads an item of the configuration's {@code alerts.channels}.
     *
     * @param data the data directory
     * @throws ConfigException saying which key is wrong and what would do
     */
    public static ChannelPlan read(JsonNode item, Map<String, String> environment, Path data) {
        String name = item.path("name").asString("");
        if (!NAME.matcher(name).matches()) {
            throw new ConfigException(
                    "alerts.channels: each has a name of a-z, 0-9, _ and -, up to 40 of them, not '%s'."
                            .formatted(name));
        }
        String origin = "alerts.channels." + name;
        Settings keys = Settings.of(item, origin);
        keys.text("name", name, "what it is called");
        String kind = keys.text("kind", "", "how people are told");
        ChannelKinds.Opening opening =
                ChannelKinds.of(kind, origin)
                        .read(new DestinationKeys(origin, keys, environment, data));
        keys.refuseUnknown();
        return new ChannelPlan(name, kind, opening);
    }
}
