package io.weir.emulator;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Answers to questions that a first visitor asks. Each admits that no model was asked. A bar parts
 * the tokens where a space or a full stop does not.
 */
final class CannedAnswers {
    private static final List<Canned> ALL =
            List.of(
                    new Canned(
                            List.of("book", "rainy"),
                            List.of(
                                    "The| Secret| Garden|,| and| The| Old| Man| and| the| Sea|.|"
                                            + " Put| the| kettle| on| first|.",
                                    "The| Shadow| of| the| Wind|,| and| A| Room| with| a| View|."
                                            + "| Both| go| well| with| a| blanket|.",
                                    "Little| Women|,| and| The| Call| of| the| Wild|.| One| for|"
                                            + " the| sofa|,| one| for| the| storm|.")),
                    new Canned(
                            List.of("capital", "france"),
                            List.of("The| capital| of| France| is| Paris|.")),
                    new Canned(
                            List.of("who", "are", "you"),
                            List.of(
                                    "I| am| nobody|:| a| small| machine| that| speaks| the|"
                                            + " language| of| a| model|.")),
                    new Canned(
                            List.of("joke"),
                            List.of(
                                    "A| token| walks| into| a| bar|.| The| bar| counts| it|,|"
                                            + " and| sends| the| bill|.")),
                    new Canned(
                            List.of("hello"),
                            List.of(
                                    "Hello|!| What| shall| we| pretend| to| talk| about|?",
                                    "Hello|,| and| welcome|.| Nothing| you| say| will| leave|"
                                            + " this| machine|.")),
                    new Canned(
                            List.of("meaning", "life"),
                            List.of("42|,| they| say|.| Please| do| not| quote| me|.")));

    private static final String ADMISSION = "| (|An| em|ulated| answer|:| no| model| was| asked|.)";

    private CannedAnswers() {}

    /** The pieces of an answer, where the question is a known one. */
    static Optional<List<String>> to(String question, long seed) {
        if (question.length() > 200) {
            return Optional.empty();
        }
        String asked = question.toLowerCase(Locale.ROOT);
        for (Canned canned : ALL) {
            if (canned.words.stream().allMatch(asked::contains)) {
                return Optional.of(canned.answer(seed));
            }
        }
        return Optional.empty();
    }

    /** Every answer there is. */
    static List<List<String>> all() {
        return ALL.stream()
                .flatMap(canned -> canned.answers.stream())
                .map(CannedAnswers::pieces)
                .toList();
    }

    private static List<String> pieces(String answer) {
        return List.of((answer + ADMISSION).split("\\|"));
    }

    private record Canned(List<String> words, List<String> answers) {
        List<String> answer(long seed) {
            return pieces(answers.get(Math.floorMod(seed, answers.size())));
        }
    }
}
