package io.weir.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.weir.wire.PromptText;
import io.weir.wire.PromptText.Message;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenCounterTest {
    private static final TokenCounter COUNTER = new TokenCounter();

    @ParameterizedTest
    @CsvSource({
        "gpt-4o-2024-08-06, o200k_base",
        "gpt-4.1-mini, o200k_base",
        "gpt-5.4, o200k_base",
        "chatgpt-4o-latest, o200k_base",
        "o3-mini, o200k_base",
        "openai/o4-mini, o200k_base",
        "ft:gpt-4o-mini-2024-07-18:org::id, o200k_base",
        "ft:gpt-3.5-turbo:org::id, cl100k_base",
        "gpt-4, cl100k_base",
        "gpt-4-turbo, cl100k_base",
        "gpt-35-turbo, cl100k_base",
        "text-embedding-3-small, cl100k_base",
        "text-embedding-ada-002, cl100k_base",
        "davinci-002, cl100k_base",
        "text-davinci-003, p50k_base",
        "text-davinci-001, r50k_base",
        "davinci, r50k_base",
        "somebody-elses-model, o200k_base",
        "'', o200k_base",
    })
    void knowsTheEncodingOfAModel(String model, String encoding) {
        assertThat(COUNTER.encoding(model)).isEqualTo(encoding);
    }

    @Test
    void countsByTheModelsEncoding() {
        // From OpenAI's cookbook: the same text in three encodings.
        String text = "antidisestablishmentarianism";
        assertThat(COUNTER.count("text-davinci-001", text)).isEqualTo(5);
        assertThat(COUNTER.count("gpt-4", text)).isEqualTo(6);
        assertThat(COUNTER.count("gpt-4o", text)).isEqualTo(6);
        assertThat(COUNTER.count("gpt-4", "お誕生日おめでとう")).isEqualTo(9);
        assertThat(COUNTER.count("gpt-4o", "お誕生日おめでとう")).isEqualTo(8);
        assertThat(COUNTER.count("gpt-4o", "")).isZero();
    }

    @Test
    void countsSpecialTokensAsTheTextTheyAre() {
        assertThat(COUNTER.count("gpt-4o", "<|endoftext|>")).isEqualTo(7);
        assertThat(COUNTER.count("gpt-4", "<|im_start|>system")).isGreaterThan(1);
    }

    @Test
    void countsTheFramingOfAChat() {
        Message named = new Message("user", "bob", "hello");
        PromptText prompt = new PromptText(List.of(named), List.of(), 0, 0);
        // 3 and the role, 1 and the name, the text, and 3 for the answer's head
        assertThat(COUNTER.countChat("gpt-4o", prompt)).isEqualTo(3 + 1 + 1 + 1 + 1 + 3);
        assertThat(COUNTER.countChat("o3-mini", prompt)).isEqualTo(3 + 1 + 1 + 1 + 1 + 2);
    }

    @Test
    void countsTextsTokenNumbersAndImagesWithoutAnyFraming() {
        PromptText prompt = new PromptText(List.of(), List.of("hello", "hello"), 40, 1);
        assertThat(COUNTER.countChat("text-embedding-3-small", prompt)).isEqualTo(2 + 40 + 765);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpt-4o", "gpt-4", "text-davinci-003", "davinci"})
    void writesTextOfExactlySoManyTokens(String model) {
        Random random = new Random(5);
        for (int i = 0; i < 8; i++) {
            long tokens = i < 3 ? i : random.nextLong(20_000);
            assertThat(COUNTER.count(model, COUNTER.textOfTokens(model, tokens))).isEqualTo(tokens);
        }
        assertThatThrownBy(() -> COUNTER.textOfTokens(model, -1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void countsATextInPiecesAsTheWhole() {
        String text = COUNTER.textOfTokens("gpt-4o", 80_000);
        assertThat(text.length()).isBetween(1 << 18, TokenCounter.MAX_COUNTED_CHARS);
        assertThat(COUNTER.count("gpt-4o", text)).isEqualTo(80_000);
    }

    @Test
    void estimatesWhatIsLongerThanTheBound() {
        String text = COUNTER.textOfTokens("gpt-4o", 200_000);
        assertThat(text.length()).isGreaterThan(TokenCounter.MAX_COUNTED_CHARS);
        assertThat(COUNTER.count("gpt-4o", text)).isCloseTo(200_000, withinPercentage(1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a", " ", "\n", "!", "1", "é", "字", "😀", "\uD83D", "<|endoftext|>", "'s"})
    void endsOnTextWithoutPlacesToCut(String unit) {
        String text = unit.repeat(200_000 / unit.length());
        assertThat(COUNTER.count("gpt-4o", text)).isPositive();
        assertThat(COUNTER.count("gpt-4", text)).isPositive();
    }
}
