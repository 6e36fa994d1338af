package io.weir.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an answer says of itself; what it does not say is null.
 *
 * @param responseId its {@code id}
 * @param responseModel the model that answered
 * @param serviceTier the tier that answered
 * @param finishReasons one a choice, in the choices' order; for the Responses API its {@code
 *     incomplete_details.reason} or else its {@code status}
 * @param usage the provider's count; null where it gave none that can be read
 * @param error the error in it
 */
public record AnswerFacts(
        @Nullable String responseId,
        @Nullable String responseModel,
        @Nullable String serviceTier,
        List<String> finishReasons,
        @Nullable Usage usage,
        @Nullable AnswerError error) {
    /** Of an answer that is not read. */
    public static final AnswerFacts NONE = new AnswerFacts(null, null, null, List.of(), null, null);

    public AnswerFacts {
        finishReasons = List.copyOf(finishReasons);
    }
}
