package io.weir.alert;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class DefusedTest {
    @ParameterizedTest
    @MethodSource("io.weir.alert.Hostile#names")
    void aLineIsOneOfPlainCharacters(String name) {
        assertThat(Defused.line(name, 100))
                .hasSizeBetween(1, 100)
                .matches("[^\\p{C}\u2028\u2029]*");
    }

    @ParameterizedTest
    @MethodSource("io.weir.alert.Hostile#names")
    void nothingIsLeftThatAChatMakesSomethingOf(String name) {
        assertThat(Defused.of(Defused.line(name, 500)))
                .doesNotContain("<", ">", "&", "@", "*", "~", "`", "[", "]", "|", "#", "\\", "$")
                .doesNotContain("://", "www.evil", "evil.example", " _", "_ ");
    }

    @ParameterizedTest
    @CsvSource({
        "12.3 % of calls failed (model gpt-4o)",
        "gpt-3.5-turbo",
        "my_own_model",
        "ft:gpt-4o-mini:org::7p4lURel",
        "Ünïcode 模型 🚀"
    })
    void usualNamesAreLeftAsTheyAre(String name) {
        assertThat(Defused.of(Defused.line(name, 100))).isEqualTo(name);
    }

    @Test
    void aLineIsCutBetweenCharacters() {
        assertThat(Defused.line("🚀".repeat(5), 5)).isEqualTo("🚀".repeat(5));
        assertThat(Defused.line("🚀".repeat(6), 5)).isEqualTo("🚀".repeat(4) + "…");
        assertThat(Defused.line(" \n ", 5)).isEmpty();
    }
}
