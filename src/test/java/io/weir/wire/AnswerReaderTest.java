package io.weir.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.weir.wire.Endpoint.Dialect;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerReaderTest {
    @ParameterizedTest
    @MethodSource("recorded")
    void findsInRecordedAnswersWhatATreeHolds(Recorded recorded) {
        AnswerFacts facts = AnswerReader.read(recorded.dialect(), recorded.answer());
        assertThat(facts).isEqualTo(SlowFacts.whole(recorded.dialect(), recorded.answer()));
    }

    static List<Recorded> recorded() {
        return Recorded.wholes();
    }

    @Test
    void theRecordingsHaveWhatIsToBeRead() {
        List<AnswerFacts> facts =
                recorded().stream().map(r -> AnswerReader.read(r.dialect(), r.answer())).toList();
        assertThat(facts).filteredOn(fact -> fact.usage() != null).hasSizeGreaterThan(50);
        assertThat(facts).filteredOn(fact -> fact.error() != null).hasSizeGreaterThan(20);
        assertThat(facts).filteredOn(fact -> fact.serviceTier() != null).hasSizeGreaterThan(10);
        assertThat(facts).filteredOn(fact -> fact.finishReasons().size() > 1).isNotEmpty();
    }

    @Test
    void readsAnIncompleteResponse() {
        AnswerFacts facts =
                read(
                        Dialect.RESPONSES,
                        """
                        {"id":"resp_1","model":"gpt-5","status":"incomplete","service_tier":"flex",
                        "incomplete_details":{"reason":"max_output_tokens"},"error":null,
                        "usage":{"input_tokens":9,"output_tokens":4}}\
                        """);
        assertThat(facts)
                .isEqualTo(
                        new AnswerFacts(
                                "resp_1",
                                "gpt-5",
                                "flex",
                                List.of("max_output_tokens"),
                                Usage.ofText(9, 4),
                                null));
    }

    @Test
    void readsErrorsInEveryForm() {
        assertThat(
                        read(
                                        Dialect.CHAT,
                                        "{\"error\":{\"message\":\"m\",\"type\":\"t\",\"code\":429}}")
                                .error())
                .isEqualTo(new AnswerError("t", "429", "m"));
        assertThat(read(Dialect.CHAT, "{\"error\":\"no\"}").error())
                .isEqualTo(new AnswerError(null, null, "no"));
        assertThat(read(Dialect.CHAT, "{\"error\":null}").error()).isNull();
        assertThat(read(Dialect.CHAT, "{\"error\":\"\"}").error()).isNull();
    }

    @Test
    void finishReasonsStandInTheOrderOfTheChoices() {
        String answer =
                """
                {"choices":[{"index":2,"finish_reason":"c"},{"index":0,"finish_reason":"a"},
                {"index":1,"finish_reason":null}]}\
                """;
        assertThat(read(Dialect.CHAT, answer).finishReasons()).containsExactly("a", "c");
    }

    @Test
    void anOpaqueAnswerIsNotRead() {
        assertThat(read(Dialect.OPAQUE, "{\"id\":\"x\",\"usage\":{\"input_tokens\":1}}"))
                .isEqualTo(AnswerFacts.NONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "null",
                "\"x\"",
                "not json",
                "{\"usage\":[1]}",
                "{\"usage\":{}}",
                "{\"usage\":{\"prompt_tokens\":\"9\",\"completion_tokens\":true}}",
                "{\"usage\":{\"prompt_tokens\":-5}}",
                "{\"usage\":{\"prompt_tokens\":99999999999999999999999,\"completion_tokens\":1e300}}",
                "{\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":1}",
                "{\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":1}}}",
                "{\"usage\":{\"type\":\"duration\",\"seconds\":7}}",
                "{\"choices\":{\"index\":0},\"error\":[],\"id\":{},\"model\":[[[]]]}"
            })
    void rubbishGivesNoUsage(String answer) {
        for (Dialect dialect : Dialect.values()) {
            assertThat(read(dialect, answer).usage()).isNull();
        }
    }

    @Test
    void deepNestingGivesNoUsage() {
        String deep = "{\"a\":" + "[".repeat(100_000) + ",\"usage\":{\"prompt_tokens\":1}}";
        assertThat(read(Dialect.CHAT, deep).usage()).isNull();
    }

    @Test
    void aCutAnswerNeverThrowsAndNeverBills() {
        for (Recorded recorded : recorded()) {
            byte[] answer = recorded.answer();
            int last = new String(answer, StandardCharsets.ISO_8859_1).lastIndexOf('}');
            for (int end = 0; end < last; end += 1 + end / 50) {
                AnswerFacts facts = AnswerReader.read(recorded.dialect(), answer, 0, end);
                assertThat(facts.usage()).isNull();
            }
        }
    }

    @Test
    void spoiltAnswersNeverThrow() {
        RandomJson json = new RandomJson(new Random(5), List.of());
        List<Recorded> recorded =
                recorded().stream().filter(r -> r.answer().length < 9_000).toList();
        for (int i = 0; i < 20_000; i++) {
            Recorded one = json.pick(recorded);
            byte[] spoilt = json.spoilt(one.answer());
            assertThatCode(() -> AnswerReader.read(one.dialect(), spoilt))
                    .as(() -> Arrays.toString(spoilt))
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void readsTheTextOfEveryChoice() {
        String chat =
                """
                {"choices":[{"index":0,"message":{"content":"Hé","refusal":null}},
                {"index":1,"message":{"content":null,"tool_calls":[{"function":
                {"name":"f","arguments":"{}"}}]}}]}\
                """;
        assertThat(texts(Dialect.CHAT, chat)).containsExactly("Hé", "f{}");
        String response =
                """
                {"output":[{"type":"reasoning","summary":[{"type":"summary_text","text":"s"}]},
                {"type":"message","content":[{"type":"output_text","text":"a"},{"refusal":"b"}]},
                {"type":"function_call","name":"f","arguments":"{}","call_id":"x"}]}\
                """;
        assertThat(texts(Dialect.RESPONSES, response)).containsExactly("sabf{}");
        assertThat(texts(Dialect.COMPLETIONS, "{\"choices\":[{\"text\":\"abcdef\"}]}"))
                .containsExactly("abcde");
    }

    private static List<String> texts(Dialect dialect, String answer) {
        int bound = dialect == Dialect.COMPLETIONS ? 5 : 1_000;
        return AnswerReader.texts(dialect, answer.getBytes(StandardCharsets.UTF_8), bound);
    }

    private static AnswerFacts read(Dialect dialect, String answer) {
        return AnswerReader.read(dialect, answer.getBytes(StandardCharsets.UTF_8));
    }
}
