package io.weir.prices;

import io.weir.wire.Usage;
import java.util.Map;

/** Usage from tokens by part. */
final class PartTokens {
    private PartTokens() {}

    static Usage usage(Map<Part, Long> tokens) {
        return new Usage(
                tokens.getOrDefault(Part.INPUT, 0L),
                tokens.getOrDefault(Part.CACHE_READ, 0L),
                tokens.getOrDefault(Part.CACHE_WRITE, 0L),
                tokens.getOrDefault(Part.INPUT_AUDIO, 0L),
                tokens.getOrDefault(Part.INPUT_IMAGE, 0L),
                tokens.getOrDefault(Part.OUTPUT, 0L),
                tokens.getOrDefault(Part.REASONING, 0L),
                tokens.getOrDefault(Part.OUTPUT_AUDIO, 0L),
                tokens.getOrDefault(Part.OUTPUT_IMAGE, 0L));
    }
}
