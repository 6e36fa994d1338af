package io.weir.replay;

import org.jspecify.annotations.Nullable;

/**
 * One call of a recorded load.
 *
 * @param offsetMicros when it came, in microseconds after the trace's first call
 * @param inputTokens the length of its prompt, at least 1
 * @param outputTokens the length of its answer, at least 1
 * @param model the model it asked for; null where the trace does not say
 */
public record TraceCall(
        long offsetMicros, long inputTokens, long outputTokens, @Nullable String model) {
    public TraceCall {
        if (inputTokens < 1 || outputTokens < 1) {
            throw new IllegalArgumentException(
                    "tokens are at least 1, not %d in and %d out"
                            .formatted(inputTokens, outputTokens));
        }
    }
}
