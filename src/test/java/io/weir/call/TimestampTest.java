package io.weir.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TimestampTest {
    @Test
    void alwaysHasSixDigitsOfMicroseconds() {
        assertThat(Timestamp.format(Instant.parse("2026-11-22T01:02:03Z")))
                .isEqualTo("2026-11-22T01:02:03.000000Z");
        assertThat(Timestamp.format(Instant.parse("2026-01-02T23:59:59.123456789Z")))
                .isEqualTo("2026-01-02T23:59:59.123456Z");
        assertThat(Timestamp.format(Instant.EPOCH)).isEqualTo("1970-01-01T00:00:00.000000Z");
    }

    @Test
    void isReadBackAsTheSameMicrosecond() {
        Random random = new Random(7);
        for (int i = 0; i < 1_000; i++) {
            Instant moment =
                    Instant.ofEpochSecond(
                            random.nextLong(-60_000_000_000L, 60_000_000_000L),
                            random.nextInt(1_000_000_000));
            String text = Timestamp.format(moment);
            if (text.length() == 27) {
                assertThat(Instant.parse(text)).isEqualTo(moment.truncatedTo(ChronoUnit.MICROS));
            }
        }
    }
}
