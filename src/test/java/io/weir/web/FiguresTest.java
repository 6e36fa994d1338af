package io.weir.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.store.Unit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    CALLS    | 0               | 0
                    CALLS    | 12345           | 12,345
                    TOKENS   | 99999           | 99,999
                    TOKENS   | 123456          | 123k
                    TOKENS   | 15349876        | 15.3M
                    TOKENS   | 2000000000      | 2G
                    NANO_USD | 0               | $0
                    NANO_USD | 420000          | $0.00042
                    NANO_USD | 12345678        | $0.0123
                    NANO_USD | 100248500       | $0.10
                    NANO_USD | 999999999       | $1.00
                    NANO_USD | 12340000000     | $12.34
                    NANO_USD | 12345600000000  | $12,346
                    NUMBER   | 429             | 429
                    """)
    void writesWholeNumbers(Unit unit, long value, String written) {
        assertThat(Figures.of(unit, value).text()).isEqualTo(written);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    MS    | 0        | 0 ms
                    MS    | 0.846    | 0.85 ms
                    MS    | 842.4    | 842 ms
                    MS    | 999.6    | 1 s
                    MS    | 1243     | 1.24 s
                    MS    | 126000   | 2.1 min
                    US    | 1500     | 1.5 ms
                    SHARE | 0        | 0 %
                    SHARE | 0.0004   | <0.1 %
                    SHARE | 0.0123   | 1.2 %
                    SHARE | 0.42     | 42 %
                    """)
    void writesMeasuredNumbers(Unit unit, double value, String written) {
        assertThat(Figures.of(unit, value).text().replace('\u00a0', ' ')).isEqualTo(written);
    }

    @ParameterizedTest
    @CsvSource({"512, 512 B", "1536, 1.5 KiB", "5242880, 5 MiB", "84000000000, 78.2 GiB"})
    void writesBytes(long bytes, String written) {
        assertThat(Figures.bytes(bytes).text().replace('\u00a0', ' ')).isEqualTo(written);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    100 | 139 | 39 %      | up   | bad
                    100 | 60  | 40 %      | down | good
                    100 | 100 | no change | flat | plain
                    0   | 5   | new       | up   | bad
                    1   | 40  | ×40       | up   | bad
                    5   | 0   | 100 %     | down | good
                    NaN | 5   | ''        | flat | plain
                    """)
    void comparesWithTheTimeBefore(
            double before, double now, String text, String arrow, String tone) {
        Delta delta = Delta.of(before, now, Delta.Meaning.LESS_IS_BETTER);

        assertThat(delta.text().replace('\u00a0', ' ')).isEqualTo(text);
        assertThat(delta.arrow()).isEqualTo(arrow);
        assertThat(delta.tone()).isEqualTo(tone);
    }
}
