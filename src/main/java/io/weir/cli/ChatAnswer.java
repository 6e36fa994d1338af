package io.weir.cli;

import io.weir.wire.Usage;
import java.util.List;
import java.util.Optional;

/**
 * An answer to a {@link ChatRequest}.
 *
 * @param texts one a choice
 * @param finishReasons one a choice, empty where none was given
 * @param model the model that answered, as the server names it
 * @param serviceTier the tier it was answered in
 * @param callId Weir's id of the call; empty when the server is not Weir
 * @param firstTokenNanos from the request to a stream's first content; 0 when not streamed
 * @param stopped whether its reader stopped it before its end
 */
record ChatAnswer(
        List<String> texts,
        List<String> finishReasons,
        String model,
        Optional<String> serviceTier,
        Optional<Usage> usage,
        Optional<String> callId,
        long elapsedNanos,
        long firstTokenNanos,
        boolean stopped) {
    ChatAnswer {
        texts = List.copyOf(texts);
        finishReasons = List.copyOf(finishReasons);
    }
}
