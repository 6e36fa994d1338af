package io.weir.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ProseTest {
    private static final List<String> MODELS = List.of("gpt-4o", "gpt-3.5-turbo");
    private final TokenCount count = new JtokkitCount();

    @Test
    void everyWordIsOneTokenInBothEncodings() {
        List<List<String>> lists =
                List.of(
                        Words.NOUNS,
                        Words.ADJECTIVES,
                        Words.VERBS,
                        Words.PREPOSITIONS,
                        Words.DETERMINERS,
                        Words.OPENERS);
        for (String model : MODELS) {
            for (List<String> words : lists) {
                assertThat(words).allMatch(word -> count.count(model, word) == 1);
            }
        }
    }

    @Test
    void thereAreAboutThreeHundredWords() {
        int words =
                Words.NOUNS.size()
                        + Words.ADJECTIVES.size()
                        + Words.VERBS.size()
                        + Words.PREPOSITIONS.size();
        assertThat(words).isGreaterThan(290);
    }

    @Test
    void everyBeginningOfAStoryHasAsManyTokensAsPieces() {
        for (int seed = 0; seed < 30; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            List<String> story = Prose.tell(random, Prose.OPENING, 20 + seed * 6, 200);
            assertThat(story).hasSize(200);
            for (int tokens = 1; tokens <= story.size(); tokens += 13) {
                String text = String.join("", story.subList(0, tokens));
                for (String model : MODELS) {
                    assertThat(count.count(model, text)).as(text).isEqualTo(tokens);
                }
            }
        }
    }

    @Test
    void everyBeginningOfACannedAnswerHasAsManyTokensAsPieces() {
        for (List<String> answer : CannedAnswers.all()) {
            for (int tokens = 1; tokens <= answer.size(); tokens++) {
                String text = String.join("", answer.subList(0, tokens));
                for (String model : MODELS) {
                    assertThat(count.count(model, text)).as(text).isEqualTo(tokens);
                }
            }
        }
    }

    @Test
    void aStoryHasAFullStopAtItsNaturalEnd() {
        for (int natural = 20; natural <= 200; natural++) {
            SplittableRandom random = new SplittableRandom(natural);
            List<String> story = Prose.tell(random, Prose.OPENING, natural, natural);
            assertThat(story).hasSize(natural).endsWith(".");
        }
    }

    @Test
    void aShortStoryIsTheBeginningOfALongOne() {
        List<String> longer = Prose.tell(new SplittableRandom(3), Prose.OPENING, 50, 500);
        List<String> shorter = Prose.tell(new SplittableRandom(3), Prose.OPENING, 50, 30);
        assertThat(longer.subList(0, 30)).isEqualTo(shorter);
    }

    @Test
    void cannedAnswersAdmitThatTheyAreEmulated() {
        assertThat(CannedAnswers.all())
                .allMatch(answer -> String.join("", answer).contains("emulated"));
    }
}
