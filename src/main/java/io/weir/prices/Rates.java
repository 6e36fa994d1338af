package io.weir.prices;

import io.weir.wire.Usage;
import java.math.BigInteger;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Prices for the parts of a {@link Usage}, in pico-dollars a token (10⁻¹² US dollars), which is the
 * same number as micro-dollars a million tokens: every published price is a whole number of them.
 * {@link #ABSENT} where there is none.
 */
public record Rates(
        long input,
        long cacheRead,
        long cacheWrite,
        long inputAudio,
        long inputImage,
        long output,
        long reasoning,
        long outputAudio,
        long outputImage) {
    /** There is no such price. */
    public static final long ABSENT = -1;

    /** No rate is above this, $50,000 a million tokens: what is beyond is a slip of the pen. */
    public static final long MAX_PICO_USD = 50_000_000_000L;

    // Nine products of a rate below 2^36 and a count below 2^23 sum to less than 2^63.
    private static final long FEW_TOKENS = (1L << 23) - 1;
    private static final long PICO_IN_NANO = 1_000;

    public Rates {
        check(Part.INPUT, input);
        check(Part.CACHE_READ, cacheRead);
        check(Part.CACHE_WRITE, cacheWrite);
        check(Part.INPUT_AUDIO, inputAudio);
        check(Part.INPUT_IMAGE, inputImage);
        check(Part.OUTPUT, output);
        check(Part.REASONING, reasoning);
        check(Part.OUTPUT_AUDIO, outputAudio);
        check(Part.OUTPUT_IMAGE, outputImage);
    }

    /** The rates of those parts, and none of the others. */
    public static Rates of(Map<Part, Long> picoUsd) {
        return new Rates(
                picoUsd.getOrDefault(Part.INPUT, ABSENT),
                picoUsd.getOrDefault(Part.CACHE_READ, ABSENT),
                picoUsd.getOrDefault(Part.CACHE_WRITE, ABSENT),
                picoUsd.getOrDefault(Part.INPUT_AUDIO, ABSENT),
                picoUsd.getOrDefault(Part.INPUT_IMAGE, ABSENT),
                picoUsd.getOrDefault(Part.OUTPUT, ABSENT),
                picoUsd.getOrDefault(Part.REASONING, ABSENT),
                picoUsd.getOrDefault(Part.OUTPUT_AUDIO, ABSENT),
                picoUsd.getOrDefault(Part.OUTPUT_IMAGE, ABSENT));
    }

    /**
     * The same with the prices that follow from others: without their own, cached input and image
     * input cost what text input costs, and reasoning what text output costs. A price of audio or
     * of a generated image never follows from one of text.
     */
    Rates filled() {
        return new Rates(
                input,
                orElse(cacheRead, input),
                orElse(cacheWrite, input),
                inputAudio,
                orElse(inputImage, input),
                output,
                orElse(reasoning, output),
                outputAudio,
                outputImage);
    }

    /** The first part that was used and has no price here; null where all have one. */
    @Nullable Part missing(Usage usage) {
        if (!missesAny(usage)) {
            return null;
        }
        for (Part part : Part.values()) {
            if (part.tokens(usage) > 0 && part.rate(this) < 0) {
                return part;
            }
        }
        return null;
    }

    /**
     * The exact price of a usage that misses nothing, rounded once, half a nano-dollar upwards.
     * Empty where it is more than a long can hold.
     */
    OptionalLong nanoUsd(Usage usage) {
        if (mostTokens(usage) > FEW_TOKENS) {
            return exactNanoUsd(usage);
        }
        long picoUsd =
                usage.input() * input
                        + usage.cacheRead() * cacheRead
                        + usage.cacheWrite() * cacheWrite
                        + usage.inputAudio() * inputAudio
                        + usage.inputImage() * inputImage
                        + usage.output() * output
                        + usage.reasoning() * reasoning
                        + usage.outputAudio() * outputAudio
                        + usage.outputImage() * outputImage;
        return OptionalLong.of((picoUsd + PICO_IN_NANO / 2) / PICO_IN_NANO);
    }

    private OptionalLong exactNanoUsd(Usage usage) {
        BigInteger picoUsd = BigInteger.valueOf(PICO_IN_NANO / 2);
        for (Part part : Part.values()) {
            BigInteger tokens = BigInteger.valueOf(part.tokens(usage));
            picoUsd = picoUsd.add(tokens.multiply(BigInteger.valueOf(part.rate(this))));
        }
        BigInteger nanoUsd = picoUsd.divide(BigInteger.valueOf(PICO_IN_NANO));
        return nanoUsd.bitLength() < Long.SIZE
                ? OptionalLong.of(nanoUsd.longValue())
                : OptionalLong.empty();
    }

    // An absent rate has its sign bit set: shifted through the word, it lets only its tokens by.
    private boolean missesAny(Usage usage) {
        long missed =
                (usage.input() & input >> 63)
                        | (usage.cacheRead() & cacheRead >> 63)
                        | (usage.cacheWrite() & cacheWrite >> 63)
                        | (usage.inputAudio() & inputAudio >> 63)
                        | (usage.inputImage() & inputImage >> 63)
                        | (usage.output() & output >> 63)
                        | (usage.reasoning() & reasoning >> 63)
                        | (usage.outputAudio() & outputAudio >> 63)
                        | (usage.outputImage() & outputImage >> 63);
        return missed != 0;
    }

    // Not the largest count itself, but no smaller, and below 2^23 when they all are.
    private static long mostTokens(Usage usage) {
        return usage.input()
                | usage.cacheRead()
                | usage.cacheWrite()
                | usage.inputAudio()
                | usage.inputImage()
                | usage.output()
                | usage.reasoning()
                | usage.outputAudio()
                | usage.outputImage();
    }

    private static long orElse(long rate, long other) {
        return rate == ABSENT ? other : rate;
    }

    private static void check(Part part, long rate) {
        if (rate < ABSENT || rate > MAX_PICO_USD) {
            throw new IllegalArgumentException(
                    "the price of %s is %d pico-dollars a token, not between 0 and %d"
                            .formatted(part.description(), rate, MAX_PICO_USD));
        }
    }
}
