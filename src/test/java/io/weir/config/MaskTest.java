package io.weir.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MaskTest {
    private static final String YAML =
            """
            upstream:
              url: https://user:hunter2@example.test/v1
              key: sk-oops
            emulator:
              first_token: 20ms
            keys:
              - {name: search, key: env:SEARCH_KEY}
              - {name: support, key: weir-oops}
            exporters:
              - {name: traces, headers: {authorization: Bearer env:TOKEN, x-plain: oops, x-n: 42}}
            """;

    @Test
    void secretsAreMaskedAndReferencesToThemShown() {
        assertThat(value("upstream.key")).isEqualTo("***");
        assertThat(value("upstream.url")).isEqualTo("https://***@example.test/v1");
        assertThat(value("emulator.first_token")).isEqualTo("20ms");
        assertThat(value("keys"))
                .isEqualTo("[{name: search, key: env:SEARCH_KEY}, {name: support, key: ***}]");
        assertThat(value("exporters"))
                .isEqualTo(
                        "[{name: traces, headers: {authorization: *** env:TOKEN, x-plain: ***, x-n: ***}}]");
    }

    @Test
    void whatTheCommandLineSaysCountsMore() {
        assertThat(inForce())
                .extracting(
                        Settings.InForce::key, Settings.InForce::value, Settings.InForce::chosen)
                .contains(
                        tuple("server.port", "1234", true),
                        tuple("server.host", "127.0.0.1", false));
    }

    private static String value(String key) {
        return inForce().stream()
                .filter(each -> each.key().equals(key))
                .findFirst()
                .orElseThrow()
                .value();
    }

    private static List<Settings.InForce> inForce() {
        Settings settings = Settings.parse(YAML, "the test");
        settings.text("upstream.url", "", "");
        settings.text("upstream.key", "", "");
        settings.text("emulator.first_token", "", "");
        settings.list("keys", "");
        settings.list("exporters", "");
        settings.text("server.port", "8080", "");
        settings.text("server.host", "127.0.0.1", "");
        return settings.inForce(Map.of("server.port", "1234"));
    }
}
