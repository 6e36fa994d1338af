package io.weir.call;

/**
 * Where a number comes from. Stored and shown beside every token count and every amount of money.
 */
public enum Confidence {
    /** The provider said so. */
    PROVIDER,
    /**
     * The answer is whole, but its provider gave no usage: counted here with the model's tokenizer.
     */
    ESTIMATED,
    /** The answer was cut: what arrived was counted here, what the provider bills may be more. */
    PARTIAL,
    /** Nothing was used that could be counted. */
    NONE;

    /** The stored word, lower case. */
    public String word() {
        return switch (this) {
            case PROVIDER -> "provider";
            case ESTIMATED -> "estimated";
            case PARTIAL -> "partial";
            case NONE -> "none";
        };
    }

    /** The confidence with that {@link #word()}. */
    public static Confidence of(String word) {
        for (Confidence confidence : values()) {
            if (confidence.word().equals(word)) {
                return confidence;
            }
        }
        throw new IllegalArgumentException("no confidence is called '" + word + "'");
    }
}
