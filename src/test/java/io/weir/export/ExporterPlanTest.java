package io.weir.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.config.ConfigException;
import io.weir.config.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class ExporterPlanTest {
    private static final Pattern YAML = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);
    private static final Pattern VARIABLE = Pattern.compile("env:([A-Z0-9_]+)");

    @Test
    void theConfigurationsInTheDocumentAreAccepted() throws IOException {
        String page = Files.readString(Path.of("docs/exporters.md"));
        Map<String, String> environment = new HashMap<>();
        VARIABLE.matcher(page).results().forEach(it -> environment.put(it.group(1), "s3cret"));
        List<String> kinds = new ArrayList<>();
        YAML.matcher(page)
                .results()
                .flatMap(it -> Settings.parse(it.group(1), "docs").list("exporters", "").stream())
                .forEach(item -> kinds.add(read(item, environment).settings().kind()));
        assertThat(kinds).contains("jsonl", "kafka", "loggly", "s3", "splunk", "syslog", "webhook");
    }

    @Test
    void filesAreLargerAndOlderThanOtherBatches() {
        ExporterPlan plan =
                plan("kind: s3, bucket: calls, access_key: 'env:SECRET', secret_key: 'env:SECRET'");
        assertThat(plan.settings().events()).isEqualTo(10_000);
        assertThat(plan.settings().age()).isEqualTo(Duration.ofMinutes(5));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "kind: s3, bucket: A, access_key: 'env:SECRET', secret_key: 'env:SECRET' | bucket is 'A'",
                "kind: s3, bucket: calls, access_key: plain, secret_key: 'env:SECRET' | access_key",
                "kind: s3, bucket: calls, url: 'http://10.0.0.1', access_key: 'env:SECRET', secret_key: 'env:SECRET' | begins with https://",
                "kind: syslog, url: 'tcp://logs.example.com' | begins with tls://",
                "kind: syslog, url: 'tls://logs.example.com', facility: local9 | facility is 'local9'",
                "kind: kafka, topic: calls | servers is missing",
                "kind: kafka, topic: 'a b', servers: ['a:1'] | topic is 'a b'",
                "kind: kafka, topic: calls, servers: [a] | 'a' is not HOST:PORT",
                "kind: kafka, topic: calls, servers: ['a:1'], security: sasl_ssl, username: weir | password"
            })
    void aKeyThatWillNotDoIsNamed(String keys, String complaint) {
        assertThatThrownBy(() -> plan(keys))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(complaint)
                .hasMessageNotContaining("s3cret");
    }

    private static ExporterPlan plan(String keys) {
        String yaml = "exporters: [{name: own, %s}]".formatted(keys);
        JsonNode item = Settings.parse(yaml, "test").list("exporters", "").getFirst();
        return read(item, Map.of("SECRET", "s3cret"));
    }

    private static ExporterPlan read(JsonNode item, Map<String, String> environment) {
        return ExporterPlan.read(item, environment, Path.of("data"));
    }
}
