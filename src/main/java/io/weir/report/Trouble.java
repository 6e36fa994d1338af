package io.weir.report;

import java.util.Arrays;
import java.util.List;

/** What can be wrong with a call. */
public enum Trouble {
    /** It took longer than most calls of its endpoint, or of its model, did before. */
    SLOW("slow", "slow"),
    /** It has a class of error. */
    FAILED("failed", "failed"),
    /** It costs money: every call with a price, as bad as it is dear. */
    COSTLY("costly", "cost");

    private final String word;
    private final String column;

    Trouble(String word, String column) {
        this.word = word;
        this.column = column;
    }

    /**
     * The troubles of words with commas between them.
     *
     * @throws IllegalArgumentException with the words there are
     */
    public static List<Trouble> list(String words) {
        return Arrays.stream(words.split(",", -1))
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .map(Trouble::of)
                .toList();
    }

    /** The word for it. */
    public String word() {
        return word;
    }

    /** The column of {@link WhyQuestion} that says how bad a call is; null where it is no case. */
    String column() {
        return column;
    }

    private static Trouble of(String word) {
        for (Trouble trouble : values()) {
            if (trouble.word.equals(word)) {
                return trouble;
            }
        }
        throw new IllegalArgumentException(
                "what is '%s', and has to be slow, failed or costly".formatted(word));
    }
}
