package io.weir.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ThrottleTest {
    private final AtomicReference<Instant> now =
            new AtomicReference<>(Instant.parse("2026-11-22T12:00:00Z"));
    private final Throttle throttle = new Throttle(now::get, 3, Duration.ofMinutes(15));

    @Test
    void permitsSoManyTriesInATime() {
        assertThat(tries("ada", 5)).isEqualTo(3);
        assertThat(tries("bob", 1)).isEqualTo(1);
        now.updateAndGet(time -> time.plus(Duration.ofMinutes(16)));
        assertThat(tries("ada", 5)).isEqualTo(3);
    }

    @Test
    void forgetsThoseWhoSucceed() {
        tries("ada", 3);
        throttle.forget("ada");
        assertThat(tries("ada", 1)).isEqualTo(1);
    }

    @Test
    void remembersNoMoreThanItMay() {
        tries("ada", 3);
        for (int i = 0; i < 10_000; i++) {
            tries("stranger " + i, 1);
        }
        assertThat(tries("ada", 1)).as("pushed out").isEqualTo(1);
        assertThat(tries("stranger 9999", 5)).isEqualTo(2);
    }

    private int tries(String who, int count) {
        int permitted = 0;
        for (int i = 0; i < count; i++) {
            permitted += throttle.permits(who) ? 1 : 0;
        }
        return permitted;
    }
}
