package io.weir.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RateFieldsTest {
    @ParameterizedTest
    @CsvSource({
        "6m0s, 360000",
        "1s, 1000",
        "120ms, 120",
        "1.5s, 1500",
        "1h2m3.5s, 3723500",
        "2d, 172800000",
        "30, 30000",
        "0.25, 250",
        "0s, 0",
        "99999999d, 31536000000"
    })
    void readsTimesInEveryFormThatProvidersUse(String text, long millis) {
        assertThat(RateFields.nanos(text)).isEqualTo(Duration.ofMillis(millis).toNanos());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "soon", "5x", "m", "1..5s", "-1s", "1s ", "1234567890123456789012s"})
    void passesOverWhatIsNoTime(String text) {
        assertThat(RateFields.nanos(text)).isEqualTo(RateFields.NONE);
    }

    @Test
    void readsNumbersAndTheFinerOfTwoTimes() {
        BasicClassicHttpResponse head = new BasicClassicHttpResponse(429);
        head.addHeader("x-ratelimit-remaining-requests", " 59 ");
        head.addHeader("x-ratelimit-remaining-tokens", "many");
        head.addHeader("retry-after", "2");
        assertThat(RateFields.number(head, "x-ratelimit-remaining-requests")).isEqualTo(59);
        assertThat(RateFields.number(head, "x-ratelimit-remaining-tokens"))
                .isEqualTo(RateFields.NONE);
        assertThat(RateFields.retryAfter(head)).isEqualTo(2_000_000_000L);

        head.addHeader("retry-after-ms", "1500");

        assertThat(RateFields.retryAfter(head)).isEqualTo(1_500_000_000L);
    }
}
