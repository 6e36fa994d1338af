package io.weir.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SpanTest {
    private static final Instant NOW = Instant.parse("2026-11-22T03:00:00Z");

    @Test
    void readsEachForm() {
        assertThat(Span.of("1h", NOW)).isEqualTo(hours(1, 0));
        assertThat(Span.of("2h..1h", NOW)).isEqualTo(hours(2, 1));
        assertThat(Span.of("2h/1h", NOW)).isEqualTo(hours(2, 1));
        assertThat(Span.of("2026-11-22T01:00:00Z/2026-11-22T02:00:00Z", NOW))
                .isEqualTo(hours(2, 1));
        assertThat(Span.of("2026-11-22T01:00:00Z..60m", NOW)).isEqualTo(hours(2, 1));
    }

    @Test
    void knowsTheOneBefore() {
        assertThat(hours(1, 0).before()).isEqualTo(hours(2, 1));
        assertThat(hours(1, 0).length()).isEqualTo(Duration.ofHours(1));
        assertThat(hours(1, 0).overlaps(hours(2, 1))).isFalse();
        assertThat(hours(3, 1).overlaps(hours(2, 0))).isTrue();
    }

    @Test
    void saysHowToWriteOne() {
        assertThatThrownBy(() -> Span.of("yesterday", NOW)).hasMessageContaining("2h..1h");
        assertThatThrownBy(() -> Span.of("1h..", NOW)).hasMessageContaining("2h..1h");
        assertThatThrownBy(() -> Span.of("1h..2h", NOW))
                .hasMessageContaining("ends before it begins");
        assertThatThrownBy(() -> Span.of("0s", NOW)).hasMessageContaining("ends before it begins");
    }

    @Test
    void readsOrRefusesAnything() {
        Random random = new Random(5);
        String alphabet = "0123456789smhdw./-TZ: x";
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(30); length > 0; length--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            try {
                assertThat(Span.of(text.toString(), NOW).length()).isPositive();
            } catch (IllegalArgumentException e) {
                assertThat(e).hasMessageContaining("span");
            }
        }
    }

    private static Span hours(int since, int until) {
        return new Span(NOW.minus(Duration.ofHours(since)), NOW.minus(Duration.ofHours(until)));
    }
}
