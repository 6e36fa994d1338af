package io.weir.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.config.ConfigException;
import io.weir.config.Settings;
import java.time.Duration;
import org.junit.jupiter.api.Test;

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
                                false));
    }

    @Test
    void refusesBoundsThatKeepNothing() {
        refuses("{ttl: 0s}", "cache.ttl: 0 keeps nothing");
        refuses("{max_bytes: 1KiB}", "cache.max_entry_bytes: 1048576 is more than cache.max_bytes");
        refuses("{scope: team}", "cache.scope");
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
