package io.weir.metrics;

import io.weir.wire.Usage;
import java.util.function.ObjLongConsumer;

/** The parts of a call's usage by the words they are counted under. They never overlap. */
final class TokenTypes {
    private TokenTypes() {}

    /** Gives every part that is not zero. */
    static void each(Usage usage, ObjLongConsumer<String> part) {
        give("input", usage.input(), part);
        give("cache_read", usage.cacheRead(), part);
        give("cache_write", usage.cacheWrite(), part);
        give("input_audio", usage.inputAudio(), part);
        give("input_image", usage.inputImage(), part);
        give("output", usage.output(), part);
        give("reasoning", usage.reasoning(), part);
        give("output_audio", usage.outputAudio(), part);
        give("output_image", usage.outputImage(), part);
    }

    private static void give(String word, long tokens, ObjLongConsumer<String> part) {
        if (tokens > 0) {
            part.accept(word, tokens);
        }
    }
}
