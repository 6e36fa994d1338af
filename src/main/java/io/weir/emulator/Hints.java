package io.weir.emulator;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names and numbers found in a question, to be used as values: the weather in Paris is asked about
 * Paris. Belongs to one thread.
 */
final class Hints {
    private static final Pattern NUMBER =
            Pattern.compile("(?<![\\w.])-?\\d{1,9}(?:\\.\\d{1,6})?(?!\\w)");
    private static final Pattern NAME =
            Pattern.compile("(?<=[a-z,] )\\p{Lu}\\p{L}{2,20}(?: \\p{Lu}\\p{L}{2,20})?");
    private static final int LONGEST_QUESTION = 2_000;

    private final Deque<String> names = new ArrayDeque<>();
    private final Deque<Double> numbers = new ArrayDeque<>();

    private Hints() {}

    /** The hints in a question; none in a long one. */
    static Hints in(String question) {
        Hints hints = new Hints();
        if (question.length() > LONGEST_QUESTION) {
            return hints;
        }
        Matcher name = NAME.matcher(question);
        while (name.find()) {
            hints.names.add(name.group());
        }
        Matcher number = NUMBER.matcher(question);
        while (number.find()) {
            hints.numbers.add(Double.valueOf(number.group()));
        }
        return hints;
    }

    /** The next name; each is given once. */
    Optional<String> name() {
        return Optional.ofNullable(names.poll());
    }

    /** The next number, if it lies within these bounds; each is given once. */
    Optional<Double> number(double min, double max) {
        Double next = numbers.peek();
        if (next == null || next < min || next > max) {
            return Optional.empty();
        }
        return Optional.of(numbers.remove());
    }
}
