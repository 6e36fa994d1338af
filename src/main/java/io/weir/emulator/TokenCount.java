package io.weir.emulator;

/** Counts tokens as a model's own tokenizer does. */
@FunctionalInterface
public interface TokenCount {
    /**
     * The number of tokens in a text.
     *
     * @param model any name; one that no tokenizer knows counts as the newest models do
     */
    int count(String model, String text);
}
