package io.weir.app;

import io.weir.meter.TokenCount;
import io.weir.tokens.TokenCounter;
import io.weir.wire.PromptText;

/** The meter's and the emulator's view of the tokenizers. */
public final class ModelTokens implements TokenCount {
    private final TokenCounter tokens;

    /** Counts with those. */
    public ModelTokens(TokenCounter tokens) {
        this.tokens = tokens;
    }

    @Override
    public long count(String model, String text) {
        return tokens.count(model, text);
    }

    @Override
    public long countPrompt(String model, PromptText prompt) {
        return tokens.countChat(model, prompt);
    }

    /** The emulator's view of them. */
    public int tokens(String model, String text) {
        return Math.toIntExact(tokens.count(model, text));
    }
}
