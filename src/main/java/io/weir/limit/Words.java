package io.weir.limit;

import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Words of which one has to be chosen. */
final class Words {
    private Words() {}

    /**
     * The one of that word.
     *
     * @throws IllegalArgumentException with the words there are
     */
    static <T> T one(T[] all, Function<T, String> words, String word) {
        return Arrays.stream(all)
                .filter(each -> words.apply(each).equals(word))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "'%s' is none of %s"
                                        .formatted(
                                                word,
                                                Arrays.stream(all)
                                                        .map(words)
                                                        .collect(Collectors.joining(", ")))));
    }
}
