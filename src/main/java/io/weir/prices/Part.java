package io.weir.prices;

import io.weir.wire.Usage;
import org.jspecify.annotations.Nullable;

/** A part of a {@link Usage} that has a price of its own. */
public enum Part {
    INPUT("input", "text input"),
    CACHE_READ("cache_read", "cached input"),
    CACHE_WRITE("cache_write", "input written to the cache"),
    INPUT_AUDIO("input_audio", "audio input"),
    INPUT_IMAGE("input_image", "image input"),
    OUTPUT("output", "text output"),
    REASONING("reasoning", "reasoning"),
    OUTPUT_AUDIO("output_audio", "audio output"),
    OUTPUT_IMAGE("output_image", "image output");

    private final String word;
    private final String description;

    Part(String word, String description) {
        this.word = word;
        this.description = description;
    }

    /** Its name in the price book's file. */
    public String word() {
        return word;
    }

    /** Its name in a sentence. */
    public String description() {
        return description;
    }

    /** The tokens of this part. */
    public long tokens(Usage usage) {
        return switch (this) {
            case INPUT -> usage.input();
            case CACHE_READ -> usage.cacheRead();
            case CACHE_WRITE -> usage.cacheWrite();
            case INPUT_AUDIO -> usage.inputAudio();
            case INPUT_IMAGE -> usage.inputImage();
            case OUTPUT -> usage.output();
            case REASONING -> usage.reasoning();
            case OUTPUT_AUDIO -> usage.outputAudio();
            case OUTPUT_IMAGE -> usage.outputImage();
        };
    }

    /** The price of this part in pico-dollars a token, {@link Rates#ABSENT} where it has none. */
    public long rate(Rates rates) {
        return switch (this) {
            case INPUT -> rates.input();
            case CACHE_READ -> rates.cacheRead();
            case CACHE_WRITE -> rates.cacheWrite();
            case INPUT_AUDIO -> rates.inputAudio();
            case INPUT_IMAGE -> rates.inputImage();
            case OUTPUT -> rates.output();
            case REASONING -> rates.reasoning();
            case OUTPUT_AUDIO -> rates.outputAudio();
            case OUTPUT_IMAGE -> rates.outputImage();
        };
    }

    /** The part with that {@link #word()}; null where there is none. */
    static @Nullable Part ofWord(String word) {
        for (Part part : values()) {
            if (part.word.equals(word)) {
                return part;
            }
        }
        return null;
    }
}
