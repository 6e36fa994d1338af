package io.weir.meter;

import io.weir.wire.PromptText;

/** Counts tokens with a model's real tokenizer, where the provider did not say. */
public interface TokenCount {
    /** The tokens of a text the model wrote. */
    long count(String model, String text);

    /** The tokens a request will be billed for. */
    long countPrompt(String model, PromptText prompt);
}
