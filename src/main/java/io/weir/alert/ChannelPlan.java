package io.weir.alert;

import io.weir.config.ConfigException;
import io.weir.config.Settings;
import io.weir.outbound.DestinationKeys;
import java.nio.file.Path;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** A channel as it is configured. */
public record ChannelPlan(String name, String kind, ChannelKinds.Opening opening) {
    /**
     * Reads an item of the configuration's {@code alerts.channels}.
     *
     * @param data the data directory
     * @throws ConfigException saying which key is wrong and what would do
     */
    public static ChannelPlan read(JsonNode item, Map<String, String> environment, Path data) {
        Settings keys = Settings.named(item, "alerts.channels", 40);
        String name = item.path("name").asString();
        String origin = "alerts.channels." + name;
        String kind = keys.text("kind", "", "how people are told");
        ChannelKinds.Opening opening =
                ChannelKinds.of(kind, origin)
                        .read(new DestinationKeys(origin, keys, environment, data));
        keys.refuseUnknown();
        return new ChannelPlan(name, kind, opening);
    }
}
