package io.weir.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever a text holds, it has a count, and a plausible one. */
class TokenCounterFuzzTest {
    private static final TokenCounter COUNTER = new TokenCounter();

    @Test
    void countsRandomTextsInEveryEncoding() {
        Random random = new Random(6);
        for (int i = 0; i < 200; i++) {
            StringBuilder text = new StringBuilder();
            int length = random.nextInt(2_000);
            int range = 1 << random.nextInt(5, 17);
            for (int j = 0; j < length; j++) {
                text.append((char) random.nextInt(range));
            }
            countInEveryEncoding(text.toString());
        }
    }

    @FuzzTest
    void countsAnyText(FuzzedDataProvider bytes) {
        countInEveryEncoding(bytes.consumeRemainingAsString());
    }

    private static void countInEveryEncoding(String text) {
        for (String model : List.of("gpt-4o", "gpt-4", "text-davinci-003", "davinci")) {
            long tokens = COUNTER.count(model, text);
            // A token is at least one byte of UTF-8, and a character at most three.
            assertThat(tokens).isBetween(text.isEmpty() ? 0L : 1L, 3L * text.length());
        }
    }
}
