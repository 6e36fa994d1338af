package io.weir.replay;

/** Makes prompts of an exact length in tokens. */
@FunctionalInterface
public interface TextOfTokens {
    /**
     * A text that the model's tokenizer counts as exactly {@code tokens} tokens.
     *
     * @param tokens at least 1
     */
    String text(String model, long tokens);

    /**
     * One short word again and again: a word of one letter, with or without the space before it, is
     * one token in every encoding OpenAI's models use.
     */
    static TextOfTokens repeatedWord() {
        return (model, tokens) -> "a" + " a".repeat(Math.toIntExact(tokens - 1));
    }
}
