package io.weir.prices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.wire.Usage;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RatesTest {
    private static final int TRIES = 5_000;

    @Test
    void pricesExactlyAndRoundsOnce() {
        Random random = new Random(1);
        for (int i = 0; i < TRIES; i++) {
            Rates rates = rates(random);
            Usage usage = usage(random, 1L << random.nextInt(1, 40));
            assertThat(rates.nanoUsd(usage)).hasValue(slowly(rates, usage));
        }
    }

    @Test
    void neverFallsWhenMoreIsUsed() {
        Random random = new Random(2);
        for (int i = 0; i < TRIES; i++) {
            Rates rates = rates(random);
            Usage usage = usage(random, 10_000_000);
            Usage more = usage.plus(usage(random, 10_000_000));
            assertThat(rates.nanoUsd(more).orElseThrow())
                    .isGreaterThanOrEqualTo(rates.nanoUsd(usage).orElseThrow());
        }
    }

    @Test
    void twoCallsCostWhatOneOfBothCostsButForTheRounding() {
        Random random = new Random(3);
        for (int i = 0; i < TRIES; i++) {
            Rates rates = rates(random);
            Usage one = usage(random, 1_000_000);
            Usage other = usage(random, 1_000_000);
            long apart = rates.nanoUsd(one).orElseThrow() + rates.nanoUsd(other).orElseThrow();
            assertThat(apart - rates.nanoUsd(one.plus(other)).orElseThrow()).isBetween(-1L, 1L);
        }
    }

    @Test
    void roundsHalfANanoDollarUp() {
        assertThat(Rates.of(Map.of(Part.INPUT, 499L)).nanoUsd(Usage.ofText(1, 0))).hasValue(0);
        assertThat(Rates.of(Map.of(Part.INPUT, 500L)).nanoUsd(Usage.ofText(1, 0))).hasValue(1);
        assertThat(Rates.of(Map.of(Part.INPUT, 1_499L)).nanoUsd(Usage.ofText(1, 0))).hasValue(1);
    }

    @Test
    void doesNotWrapAround() {
        Rates dearest = Rates.of(Map.of(Part.INPUT, Rates.MAX_PICO_USD));
        assertThat(dearest.nanoUsd(Usage.ofText(Long.MAX_VALUE / 50_000_000, 0)))
                .hasValue(Long.MAX_VALUE / 50_000_000 * 50_000_000);
        assertThat(dearest.nanoUsd(Usage.ofText(Long.MAX_VALUE, 0)))
                .isEqualTo(OptionalLong.empty());
    }

    @Test
    void namesTheFirstUsedPartWithoutAPrice() {
        Rates rates = Rates.of(Map.of(Part.INPUT, 1L, Part.OUTPUT, 1L)).filled();
        for (Part part : Part.values()) {
            Usage usage = PartTokens.usage(Map.of(part, 1L));
            boolean follows =
                    switch (part) {
                        case INPUT, CACHE_READ, CACHE_WRITE, INPUT_IMAGE, OUTPUT, REASONING -> true;
                        case INPUT_AUDIO, OUTPUT_AUDIO, OUTPUT_IMAGE -> false;
                    };
            assertThat(rates.missing(usage)).isEqualTo(follows ? null : part);
        }
    }

    @Test
    void refusesPricesThatCannotBe() {
        assertThatThrownBy(() -> Rates.of(Map.of(Part.OUTPUT, -2L)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("text output is -2");
        assertThatThrownBy(() -> Rates.of(Map.of(Part.OUTPUT, Rates.MAX_PICO_USD + 1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Rates rates(Random random) {
        Map<Part, Long> rates = new EnumMap<>(Part.class);
        for (Part part : Part.values()) {
            rates.put(part, random.nextLong(1L << random.nextInt(1, 35)));
        }
        return Rates.of(rates);
    }

    private static Usage usage(Random random, long below) {
        Map<Part, Long> tokens = new EnumMap<>(Part.class);
        for (Part part : Part.values()) {
            tokens.put(part, random.nextLong(below));
        }
        return PartTokens.usage(tokens);
    }

    private static long slowly(Rates rates, Usage usage) {
        BigDecimal nanoUsd = BigDecimal.ZERO;
        for (Part part : Part.values()) {
            BigDecimal rate = BigDecimal.valueOf(part.rate(rates), 3);
            nanoUsd = nanoUsd.add(rate.multiply(BigDecimal.valueOf(part.tokens(usage))));
        }
        return nanoUsd.setScale(0, RoundingMode.HALF_UP).longValueExact();
    }
}
