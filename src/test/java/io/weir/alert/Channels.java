package io.weir.alert;

import io.weir.outbound.HttpSettings;
import java.nio.file.Path;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Channels as a configuration makes them. */
final class Channels {
    private Channels() {}

    /** The channel of an item of {@code alerts.channels}, without its name. */
    static Channel open(String yaml, Map<String, String> environment) {
        return plan("name: it\n" + yaml, environment).opening().open();
    }

    static ChannelPlan plan(String yaml, Map<String, String> environment) {
        JsonNode item = YAMLMapper.builder().build().readTree(yaml);
        return ChannelPlan.read(item, environment, Path.of("data"));
    }

    /** What reaches a double, as it is configured, its URL excepted. */
    static String reaching(HttpSettings http) {
        return "allow: [127.0.0.1]\ntimeouts: {whole: %dms}\n%s"
                .formatted(
                        http.whole().toMillis(),
                        http.certificates().map(pem -> "certificates: " + pem + "\n").orElse(""));
    }
}
