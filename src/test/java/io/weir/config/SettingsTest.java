package io.weir.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SettingsTest {
    @Test
    void readsNestedKeysAndFallsBackToDefaults() {
        Settings settings =
                Settings.parse("server:\n  port: 9\n  timeouts:\n    head: 250ms\n", "weir.yaml");

        assertThat(settings.number("server.port", 8080, 0, 65_535, "")).isEqualTo(9);
        assertThat(settings.duration("server.timeouts.head", "20s", ""))
                .isEqualTo(Duration.ofMillis(250));
        assertThat(settings.text("server.host", "127.0.0.1", "")).isEqualTo("127.0.0.1");
        settings.refuseUnknown();
    }

    @Test
    void readsSizesInTheirUnits() {
        Settings settings = Settings.parse("a: 64KiB\nb: 12\nc: 2GiB\n", "weir.yaml");

        assertThat(settings.bytes("a", "1B", "")).isEqualTo(65_536);
        assertThat(settings.bytes("b", "1B", "")).isEqualTo(12);
        assertThat(settings.bytes("c", "1B", "")).isEqualTo(2_147_483_648L);
    }

    @Test
    void namesTheKeyTheValueAndWhatWouldDo() {
        Settings settings =
                Settings.parse("upstream:\n  timeouts:\n    connect: soon\n", "weir.yaml");

        assertThatThrownBy(() -> settings.duration("upstream.timeouts.connect", "10s", ""))
                .isInstanceOf(ConfigException.class)
                .hasMessage(
                        "weir.yaml: upstream.timeouts.connect: 'soon' is not a duration such as 250ms, 10s, 5m, 24h or 7d.");
    }

    @Test
    void readsSomeOfTheWordsOfferedEachOnce() {
        List<String> offered = List.of("model", "key", "stream");
        Settings settings =
                Settings.parse("a: [key, model]\nb: []\nc: [key, key]\nd: [user]\ne: key\n", "w");

        assertThat(settings.someOf("a", offered, List.of("model"), ""))
                .containsExactly("key", "model");
        assertThat(settings.someOf("b", offered, List.of("model"), "")).isEmpty();
        assertThat(settings.someOf("f", offered, List.of("model"), "")).containsExactly("model");
        for (String key : List.of("c", "d", "e")) {
            assertThatThrownBy(() -> settings.someOf(key, offered, List.of("model"), ""))
                    .hasMessageContaining("a list, each once, of model, key, stream");
        }
    }

    @Test
    void refusesAKeyThatNobodyReads() {
        Settings settings = Settings.parse("sever:\n  port: 9\n", "weir.yaml");
        settings.number("server.port", 8080, 0, 65_535, "");

        assertThatThrownBy(settings::refuseUnknown)
                .hasMessage("weir.yaml: unknown key 'sever.port'. Known are: server.port.");
    }

    @Test
    void refusesANumberOutOfBoundsAndAWordNotOffered() {
        Settings settings = Settings.parse("port: 70000\nlevel: loud\n", "weir.yaml");

        assertThatThrownBy(() -> settings.number("port", 1, 0, 65_535, ""))
                .hasMessageContaining("a whole number from 0 to 65535");
        assertThatThrownBy(() -> settings.oneOf("level", List.of("metadata", "none"), ""))
                .hasMessageContaining("one of metadata, none");
    }

    @Test
    void saysThatAFileIsNotYaml() {
        assertThatThrownBy(() -> Settings.parse("a: [1", "weir.yaml"))
                .hasMessageStartingWith("weir.yaml is not YAML");
        assertThatThrownBy(() -> Settings.parse("just words", "weir.yaml"))
                .hasMessage("weir.yaml: expected keys and values, found '\"just words\"'.");
    }

    @Test
    void anEmptyFileHasDefaultsOnly() {
        assertThat(Settings.parse("", "weir.yaml").flag("x", true, "")).isTrue();
    }

    @Test
    void readsATreeWithItsNamesAsTheyAreWritten() {
        Settings settings =
                Settings.parse(
                        "Out:\n  body: {contentType: text, parts: [{aB: 1}], Deep: {X: y}}\n  other: 1\n",
                        "weir.yaml");
        assertThat(settings.tree("out.body", "what is sent").toString())
                .isEqualTo(
                        "{\"contentType\":\"text\",\"parts\":[{\"aB\":1}],\"Deep\":{\"X\":\"y\"}}");
        assertThat(settings.tree("out.none", "nothing").isMissingNode()).isTrue();
        assertThatThrownBy(settings::refuseUnknown).hasMessageContaining("'out.other'");
    }
}
