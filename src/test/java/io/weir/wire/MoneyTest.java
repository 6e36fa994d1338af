package io.weir.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MoneyTest {
    @ParameterizedTest
    @CsvSource({
        "0, $0.00",
        "1, $0.000000001",
        "123456, $0.000123456",
        "100000000, $0.10",
        "12000000000, $12.00",
        "1234567890123, $1234.567890123",
        "-10000000, -$0.01",
    })
    void writesTheExactAmount(long nanoUsd, String text) {
        assertThat(Money.text(nanoUsd)).isEqualTo(text);
    }

    @Test
    void writesTheExtremes() {
        assertThat(Money.text(Long.MAX_VALUE)).isEqualTo("$9223372036.854775807");
        assertThat(Money.text(Long.MIN_VALUE)).isEqualTo("-$9223372036.854775808");
    }
}
