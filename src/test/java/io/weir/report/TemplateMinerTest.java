package io.weir.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.report.TemplateMiner.Template;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TemplateMinerTest {
    private final TemplateMiner miner = new TemplateMiner();

    @Test
    void findsWhatMessagesHaveInCommon() {
        Template first =
                miner.add(
                        "429",
                        "Rate limit reached for gpt-4o in organization org-abc123 on tokens per min (TPM): Limit 30000, Used 29500.");
        Template second =
                miner.add(
                        "429",
                        "Rate limit reached for gpt-4o-mini in organization org-xyz789 on tokens per min (TPM): Limit 200000, Used 1.");
        assertThat(second).isSameAs(first);
        assertThat(first.text())
                .isEqualTo(
                        "Rate limit reached for <*> in organization <*> on tokens per min (TPM): Limit <*>, Used <*>.");
    }

    @Test
    void keepsApartWhatSaysSomethingElse() {
        String tokens = "Rate limit reached on tokens per min (TPM): Limit 1, Used 2, Requested 3.";
        String requests = tokens.replace("tokens", "requests").replace("TPM", "RPM");
        Template one = miner.add("429", tokens);
        assertThat(miner.add("429", requests)).isNotSameAs(one);
        assertThat(miner.add("500", tokens)).isNotSameAs(one);
        assertThat(miner.add("429", tokens + " Wait.")).isNotSameAs(one);
        assertThat(miner.add("429", tokens.replace('1', '7'))).isSameAs(one);
    }

    @Test
    void makesAVariableOfOneWordThatDiffers() {
        Template template = miner.add("404", "The engine davinci is gone.");
        assertThat(miner.add("404", "The engine babbage is gone.")).isSameAs(template);
        assertThat(miner.add("404", "The engine curie is gone.")).isSameAs(template);
        assertThat(template.text()).isEqualTo("The engine <*> is gone.");
    }

    @Test
    void hasAWordForNoMessage() {
        assertThat(miner.add("499", " \n").text()).isEqualTo("(no message)");
    }

    @Test
    void makesNoMoreTemplatesThanItMay() {
        Set<Template> templates = new HashSet<>();
        for (int i = 0; i < 5 * TemplateMiner.MAX_TEMPLATES; i++) {
            String word = Integer.toString(i, 26).replaceAll("\\d", "x");
            templates.add(miner.add("kind " + i, word + " went wrong"));
        }
        assertThat(templates).hasSize(TemplateMiner.MAX_TEMPLATES + 1);
        assertThat(miner.add("kind 3", "a" + " b".repeat(10_000)).text()).isEqualTo("<*>");
        assertThat(new TemplateMiner().add("", "a" + " b".repeat(499)).text().split(" "))
                .hasSize(TemplateMiner.MAX_WORDS + 1)
                .endsWith("…");
    }

    @Test
    void makesTheSameOfTheSame() {
        List<String> messages = List.of("a b c d1", "a b c d2", "a b x d2", "b b b b", "a y c d3");
        TemplateMiner other = new TemplateMiner();
        for (String message : messages) {
            assertThat(miner.add("", message).text()).isEqualTo(other.add("", message).text());
        }
    }
}
