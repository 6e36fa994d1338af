package io.weir.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.wire.Endpoint.Dialect;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

class StreamFactsTest {
    private final StreamFacts chat = new StreamFacts(Dialect.CHAT);

    @ParameterizedTest
    @MethodSource("recorded")
    void findsInRecordedStreamsWhatTreesHold(Recorded recorded) {
        StreamFacts facts = new StreamFacts(recorded.dialect());
        List<SseEvent> events = SlowSse.events(recorded.answer());
        List<EventFacts> read = events.stream().map(event -> read(facts, event)).toList();
        assertThat(facts.facts()).isEqualTo(SlowFacts.streamed(recorded.dialect(), events));
        assertThat(String.join("", facts.texts())).isEqualTo(SlowFacts.deltas(events));
        boolean done = events.getLast().data().equals("[DONE]");
        assertThat(facts.chunks()).isEqualTo(done ? events.size() - 1 : events.size());
        assertThat(facts.ended()).isTrue();
        assertThat(read.getLast().terminal()).isTrue();
        assertThat(read).noneMatch(EventFacts::error);
    }

    static List<Recorded> recorded() {
        return Recorded.streams();
    }

    @Test
    void theRecordedStreamsHaveUsage() {
        assertThat(recorded())
                .filteredOn(recorded -> facts(recorded).facts().usage() != null)
                .hasSizeGreaterThan(17);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"delta\":{\"content\":\"a\"}}",
                "{\"delta\":{\"content\":[{\"type\":\"text\",\"text\":\"a\"}]}}",
                "{\"delta\":{\"refusal\":\"a\"}}",
                "{\"delta\":{\"reasoning_content\":\"a\",\"reasoning\":\"a\"}}",
                "{\"delta\":{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"a\"}}]}}",
                "{\"delta\":{\"tool_calls\":[{\"index\":0,\"function\":{\"name\":\"a\",\"arguments\":\"\"}}]}}",
                "{\"delta\":{\"function_call\":{\"arguments\":\"a\"}}}",
                "{\"delta\":{\"audio\":{\"transcript\":\"a\"}}}",
                "{\"text\":\"a\"}"
            })
    void seesContentAndKeepsItsText(String choice) {
        assertThat(read(chat, "{\"choices\":[" + choice + "]}").content()).isTrue();
        assertThat(chat.contentSeen()).isTrue();
        assertThat(chat.texts()).containsExactly("a");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"delta\":{\"role\":\"assistant\",\"content\":\"\",\"refusal\":null}}",
                "{\"delta\":{}}",
                "{\"delta\":null}",
                "{\"delta\":{\"tool_calls\":[{\"index\":0,\"id\":\"x\",\"function\":{\"arguments\":\"\"}}]}}",
                "{\"delta\":{\"audio\":{\"id\":\"x\",\"data\":\"\"}}}",
                "{\"text\":\"\",\"finish_reason\":\"stop\"}"
            })
    void anEmptyDeltaIsNoContent(String choice) {
        assertThat(read(chat, "{\"choices\":[" + choice + "]}").content()).isFalse();
        assertThat(chat.contentSeen()).isFalse();
    }

    @Test
    void audioIsContentWithoutText() {
        assertThat(
                        read(chat, "{\"choices\":[{\"delta\":{\"audio\":{\"data\":\"QQ==\"}}}]}")
                                .content())
                .isTrue();
        assertThat(chat.texts()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "response.output_text.delta, true", "response.refusal.delta, true",
        "response.function_call_arguments.delta, true",
                "response.reasoning_summary_text.delta, true",
        "response.audio.delta, false", "response.output_audio.delta, false"
    })
    void deltasOfTheResponsesApiAreContent(String type, boolean text) {
        StreamFacts facts = new StreamFacts(Dialect.RESPONSES);
        String event = "{\"type\":\"" + type + "\",\"item_id\":\"i\",\"delta\":\"a\"}";
        assertThat(read(facts, event).content()).isTrue();
        assertThat(String.join("", facts.texts())).isEqualTo(text ? "a" : "");
    }

    @ParameterizedTest
    @CsvSource({
        "response.completed, true", "response.failed, true", "response.incomplete, true",
        "response.cancelled, true", "response.created, false", "response.output_text.done, false"
    })
    void knowsTheLastEventOfTheResponsesApi(String type, boolean last) {
        StreamFacts facts = new StreamFacts(Dialect.RESPONSES);
        String event = "{\"type\":\"" + type + "\",\"response\":{\"status\":\"x\",\"usage\":null}}";
        EventFacts read = read(facts, event);
        assertThat(read.terminal()).isEqualTo(last);
        assertThat(read.hasCut()).isFalse();
        assertThat(facts.ended()).isEqualTo(last);
    }

    @Test
    void knowsTheUsageChunk() {
        String usage = "\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":4}}";
        assertThat(read(chat, "{\"choices\":[]," + usage).usageOnly()).isTrue();
        assertThat(chat.facts().usage()).isEqualTo(Usage.ofText(3, 4));
        assertThat(read(chat, "{\"choices\":[{\"delta\":{}}]," + usage).usageOnly()).isFalse();
        assertThat(read(chat, "{\"choices\":[],\"prompt_filter_results\":[]}").usageOnly())
                .isFalse();
        assertThat(read(chat, "{\"choices\":[],\"usage\":null}").usageOnly()).isFalse();
        assertThat(read(chat, "{" + usage).usageOnly()).isFalse();
    }

    @Test
    void theLastUsageCountsAndAnEventWithoutKeepsIt() {
        read(chat, "{\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":1}}");
        read(chat, "{\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":2}}");
        read(chat, "{\"usage\":null}");
        read(chat, "{\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":9}");
        assertThat(chat.facts().usage()).isEqualTo(Usage.ofText(3, 2));
    }

    @Test
    void knowsErrorsInEveryForm() {
        EventFacts inData = read(chat, "{\"error\":{\"message\":\"quota exceeded\"}}");
        assertThat(inData.error()).isTrue();
        assertThat(inData.terminal()).isTrue();
        assertThat(chat.facts().error()).isEqualTo(new AnswerError(null, null, "quota exceeded"));

        StreamFacts byType = new StreamFacts(Dialect.RESPONSES);
        read(byType, "{\"type\":\"error\",\"code\":\"400\",\"message\":\"not found\"}");
        assertThat(byType.facts().error()).isEqualTo(new AnswerError(null, "400", "not found"));

        StreamFacts byName = new StreamFacts(Dialect.CHAT);
        assertThat(read(byName, SseEvent.of("error", "no json")).error()).isTrue();
        assertThat(byName.facts().error()).isEqualTo(new AnswerError(null, null, null));

        StreamFacts failed = new StreamFacts(Dialect.RESPONSES);
        String event =
                """
                {"type":"response.failed","response":{"status":"failed","error":{"code":"server_error","message":"m"}}}\
                """;
        assertThat(read(failed, event).error()).isTrue();
        assertThat(failed.facts().error()).isEqualTo(new AnswerError(null, "server_error", "m"));
        assertThat(failed.facts().finishReasons()).containsExactly("failed");
    }

    @Test
    void keepsTextsOfChoicesApart() {
        read(chat, "{\"choices\":[{\"index\":1,\"delta\":{\"content\":\"b\"}}]}");
        read(chat, "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\"}}]}");
        read(chat, "{\"choices\":[{\"index\":1,\"delta\":{\"content\":\"c\"}}]}");
        assertThat(chat.texts()).containsExactly("a", "bc");
    }

    @Test
    void keepsNoMoreTextThanItsBound() {
        StreamFacts facts = new StreamFacts(Dialect.CHAT, 5);
        for (int i = 0; i < 4; i++) {
            read(facts, "{\"choices\":[{\"delta\":{\"content\":\"abc\"}}]}");
        }
        assertThat(facts.texts()).containsExactly("abcab");
        assertThat(facts.textTruncated()).isTrue();
        assertThat(facts.chunks()).isEqualTo(4);
    }

    @Test
    void readsStreamsOfSpeech() {
        StreamFacts facts = new StreamFacts(Dialect.GENERIC);
        assertThat(read(facts, "{\"type\":\"speech.audio.delta\",\"audio\":\"QQ==\"}").content())
                .isTrue();
        String last =
                """
                {"type":"speech.audio.done","usage":{"input_tokens":14,"output_tokens":101,"total_tokens":115}}\
                """;
        assertThat(read(facts, last).terminal()).isTrue();
        assertThat(facts.facts().usage()).isEqualTo(new Usage(14, 0, 0, 0, 0, 0, 0, 101, 0));
    }

    @Test
    void anOpaqueStreamIsCountedOnly() {
        StreamFacts facts = new StreamFacts(Dialect.OPAQUE);
        read(facts, "{\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":1}}");
        assertThat(facts.facts()).isEqualTo(AnswerFacts.NONE);
        assertThat(facts.chunks()).isEqualTo(1);
    }

    @Test
    void doneIsNoChunk() {
        EventFacts done = read(chat, "[DONE]");
        assertThat(done.terminal()).isTrue();
        assertThat(chat.ended()).isTrue();
        assertThat(chat.chunks()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"a\":1,\"usage\":null}|{\"a\":1}",
                "{\"a\":\"é🌍\",\"usage\":null,\"b\":[]}|{\"a\":\"é🌍\",\"b\":[]}",
                "{\"a\": 1, \"usage\": null, \"b\": 2}|{\"a\": 1, \"b\": 2}",
                "{\"a\": 1 ,  \"usage\" : null }|{\"a\": 1  }",
                "{\"usage\":null,\"a\":1}|{\"a\":1}",
                "{ \"usage\": null , \"a\": 1}|{ \"a\": 1}",
                "{\"usage\":null}|{}",
                "{\"a\":{\"usage\":null},\"us\\u0061ge\":null}|{\"a\":{\"usage\":null}}"
            })
    void cutsTheNullThatAskingBrought(String event, String without) {
        assertThat(cut(Dialect.CHAT, event)).isEqualTo(without);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"usage\":{\"prompt_tokens\":1}}", "{\"a\":{\"usage\":null}}", "{\"usage\":0}",
                "{\"a\":1,\"usage\":null", "{\"usage\":nul}", "[{\"usage\":null}]"
            })
    void cutsNothingElse(String event) {
        assertThat(cut(Dialect.CHAT, event)).isEqualTo(event);
        assertThat(cut(Dialect.RESPONSES, "{\"a\":1,\"usage\":null}"))
                .isEqualTo("{\"a\":1,\"usage\":null}");
    }

    @Test
    void anyChunkWithoutItsNullIsTheSameButForThat() {
        RandomJson json = new RandomJson(new Random(7), List.of("usage", "choices", "a", "id"));
        for (int i = 0; i < 20_000; i++) {
            String event = json.object(3).replace('\n', ' ').replace('\r', ' ');
            String without = cut(Dialect.CHAT, event);
            if (without.length() != event.length()) {
                ObjectNode tree = (ObjectNode) Json.MAPPER.readTree(event);
                assertThat(tree.get("usage").isNull()).isTrue();
                tree.remove("usage");
                ObjectNode left = (ObjectNode) Json.MAPPER.readTree(without);
                left.remove("usage");
                assertThat(left).as(event).isEqualTo(tree);
            }
        }
    }

    @Test
    void spoiltStreamsNeverThrow() {
        RandomJson json = new RandomJson(new Random(8), List.of());
        List<Recorded> recorded = recorded();
        for (int i = 0; i < 5_000; i++) {
            Recorded one = json.pick(recorded);
            byte[] spoilt = json.spoilt(one.answer());
            StreamFacts facts = new StreamFacts(one.dialect());
            new SseSplitter().feed(spoilt, 0, spoilt.length, sink(facts, new ArrayList<>()));
            assertThat(facts.facts()).as(Arrays.toString(spoilt)).isNotNull();
        }
    }

    static SseSink sink(StreamFacts facts, List<EventFacts> events) {
        return new SseSink() {
            @Override
            public void event(SseFrame frame) {
                events.add(facts.read(frame));
            }

            @Override
            public void oversized(byte[] buffer, int start, int end) {}

            @Override
            public void incomplete(SseFrame frame) {
                facts.read(frame);
            }
        };
    }

    private static StreamFacts facts(Recorded recorded) {
        StreamFacts facts = new StreamFacts(recorded.dialect());
        SlowSse.events(recorded.answer()).forEach(event -> read(facts, event));
        return facts;
    }

    /** What a client would be sent of an event whose usage it had not asked for. */
    private static String cut(Dialect dialect, String data) {
        byte[] bytes = SseEvent.of(data).bytes();
        SseFrame frame = new SseFrame();
        frame.set(bytes, 0, bytes.length, false);
        EventFacts read = new StreamFacts(dialect).read(frame);
        byte[] left = new Splice(read.cutStart(), read.cutEnd(), "").applyTo(bytes);
        String text = new String(read.hasCut() ? left : bytes, StandardCharsets.UTF_8);
        return text.substring("data: ".length(), text.length() - 2);
    }

    private static EventFacts read(StreamFacts facts, String data) {
        return read(facts, SseEvent.of(data));
    }

    private static EventFacts read(StreamFacts facts, SseEvent event) {
        List<EventFacts> events = new ArrayList<>();
        byte[] bytes = event.bytes();
        new SseSplitter().feed(bytes, 0, bytes.length, sink(facts, events));
        return events.getFirst();
    }
}
