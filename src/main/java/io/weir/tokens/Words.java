package io.weir.tokens;

import java.util.List;

/** Text of an exact number of tokens, for recorded loads that know lengths and no content. */
final class Words {
    private static final int MOST = 20_000_000;

    // One token each in every encoding, at a text's beginning and behind a space.
    private static final List<String> WORDS =
            List.of(
                    "the", "river", "water", "stone", "light", "under", "green", "field", "long",
                    "road", "house", "people", "always", "carry", "small", "bridge");

    private Words() {}

    /** A text of exactly so many tokens, always the same. */
    static String ofTokens(long tokens) {
        if (tokens < 0 || tokens > MOST) {
            throw new IllegalArgumentException(
                    "a text of %d tokens, not between 0 and %d".formatted(tokens, MOST));
        }
        StringBuilder text = new StringBuilder((int) tokens * 6);
        for (int i = 0; i < tokens; i++) {
            if (i > 0) {
                text.append(' ');
            }
            text.append(WORDS.get(i % WORDS.size()));
        }
        return text.toString();
    }
}
