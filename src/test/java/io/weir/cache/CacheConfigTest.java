package io.weir.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.config.ConfigException;
import io.weir.config.Settings;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheConfigTest {
    @Test
    void isOffUnlessItIsTurnedOn() {
        assertThat(CacheConfig.from(Settings.defaults())).isEqualTo(CacheConfig.OFF);
    }

    @Test
    void readsItsBounds() {
        assertThat(
                        of(
                                "{enabled: true, ttl: 5m, max_bytes: 1MiB, max_entry_bytes: 4KiB, scope: key, single_flight: false}"))
                .isEqualTo(
                        new CacheConfig(
                                true,
                                Duration.ofMinutes(5),
                                1 << 20,
                                4_096,
                                CacheConfig.Scope.KEY,
                                false,
                                SemanticConfig.OFF));
    }

    @Test
    void refusesBoundsThatKeepNothing() {
        refuses("{ttl: 0s}", "cache.ttl: 0 keeps nothing");
        refuses("{max_bytes: 1KiB}", "cache.max_entry_bytes: 1048576 is more than cache.max_bytes");
        refuses("{scope: team}", "cache.scope");
    }

    @Test
    void readsHowMuchAlikeQuestionsHaveToBe() {
        assertThat(
                        of("{enabled: true, semantic: {enabled: true, library: /opt/m, threshold: 0.97, max_entries: 5, check_share: 0}}")
                                .semantic())
                .isEqualTo(new SemanticConfig(true, Path.of("/opt/m"), 0.97, 5, 0));
        refuses("{semantic: {enabled: true}}", "it needs cache.enabled: true");
        refuses("{semantic: {threshold: 0.4}}", "'0.4' is not a number from 0.5 to 1");
        refuses("{semantic: {threshold: high}}", "'high' is not a number");
        refuses("{semantic: {check_share: 2}}", "'2' is not a number from 0.0 to 1");
    }

    @Test
    void saysWhereTheModelIsToBeHad(@TempDir Path library) {
        assertThatThrownBy(() -> MiniLm.load(library))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("mvn -f deploy/semantic-cache.xml");
        assertThatThrownBy(() -> MiniLm.load(library.resolve("none")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("cannot be read");
    }

    private static void refuses(String yaml, String why) {
        assertThatThrownBy(() -> of(yaml))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(why);
    }

    private static CacheConfig of(String yaml) {
        return CacheConfig.from(Settings.parse("cache: " + yaml, "the test"));
    }
}
