package io.weir.emulator;

/**
 * A prompt while it is read: its tokens, and a fingerprint that the answer is drawn from. Belongs
 * to the thread that reads it.
 */
final class Prompt {
    private final TokenCount tokenCount;
    private final String model;
    private int tokens;
    private long fingerprint = 1;

    Prompt(TokenCount tokenCount, String model) {
        this.tokenCount = tokenCount;
        this.model = model;
    }

    /** Adds a text: its tokens and its mark. */
    void text(String text) {
        tokens += tokenCount.count(model, text);
        mark(text.hashCode());
    }

    /** Adds tokens that no text shows: framing, images. */
    void overhead(int more) {
        tokens += more;
    }

    /** Adds something that changes the answer but costs nothing. */
    void mark(long value) {
        fingerprint = fingerprint * 0x9E3779B97F4A7C15L + value;
    }

    /** The tokens so far. */
    int tokens() {
        return tokens;
    }

    /** What the answer to this prompt is drawn from. */
    long seed() {
        return fingerprint;
    }
}
