package io.weir.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.web.Sentence.Part;
import org.junit.jupiter.api.Test;

class SentenceTest {
    @Test
    void isCutAtItsTimes() {
        assertThat(Sentence.of("slow since 2026-11-22T01:02:03Z, not before").parts())
                .containsExactly(
                        new Part("slow since ", false),
                        new Part("2026-11-22T01:02:03Z", true),
                        new Part(", not before", false));
    }

    @Test
    void aSpanIsWrittenWithADash() {
        assertThat(Sentence.of("2026-11-22T01:02Z/2026-11-23T01:02Z").parts())
                .containsExactly(
                        new Part("", false),
                        new Part("2026-11-22T01:02Z", true),
                        new Part(" – ", false),
                        new Part("2026-11-23T01:02Z", true),
                        new Part("", false));
    }

    @Test
    void withoutATimeItIsOnePart() {
        assertThat(Sentence.of("<b>/</b>").parts()).containsExactly(new Part("<b>/</b>", false));
    }
}
