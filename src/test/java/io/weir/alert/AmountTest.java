package io.weir.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.weir.store.Unit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AmountTest {
    @ParameterizedTest
    @CsvSource({
        "5%, SHARE, 0.05, 5 %",
        "0.125, SHARE, 0.125, 12.5 %",
        "800ms, MS, 800, 800 ms",
        "2.5s, MS, 2500, 2.5 s",
        "10m, MS, 600000, 10 min",
        "3h, MS, 10800000, 3 h",
        "$2.50, NANO_USD, 2500000000, $2.50",
        "0.001, NANO_USD, 1000000, $0.0010",
        "20k, TOKENS, 20000, '20,000'",
        "1M, CALLS, 1000000, '1,000,000'",
        "17, CALLS, 17, 17"
    })
    void whatIsWrittenIsReadAndWrittenAgain(String text, Unit unit, double value, String again) {
        assertThat(Amount.parse(text, unit).orElseThrow()).isCloseTo(value, within(1e-9 * value));
        assertThat(Amount.text(value, unit)).isEqualTo(again);
    }

    @ParameterizedTest
    @CsvSource({
        "$5, SHARE",
        "5s, SHARE",
        "5, MS",
        "5%, MS",
        "5%, NANO_USD",
        "-1, CALLS",
        "'', CALLS",
        "1e9, TOKENS",
        "NaN, SHARE",
        "5s, CALLS"
    })
    void whatMakesNoSenseIsNotRead(String text, Unit unit) {
        assertThat(Amount.parse(text, unit)).isEmpty();
    }
}
