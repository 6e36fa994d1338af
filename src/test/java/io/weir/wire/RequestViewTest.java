package io.weir.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.wire.Endpoint.Dialect;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class RequestViewTest {
    @Test
    void readsAChatRequest() {
        RequestView view =
                chat(
                        """
                        {"model":"gpt-4o","messages":[{"role":"user","content":"Grüße, \\"du\\""}],
                        "stream":true,"n":3,"max_completion_tokens":50,"max_tokens":7,"user":"old",
                        "safety_identifier":"u-1","service_tier":"flex","tools":[{},{"a":[1]}],
                        "response_format":{"json_schema":{"type":"no"},"type":"json_schema"},
                        "stream_options":{"include_usage":false}}\
                        """);
        assertThat(view.malformed()).isEmpty();
        assertThat(view.model()).contains("gpt-4o");
        assertThat(view.stream()).isTrue();
        assertThat(view.choices()).isEqualTo(3);
        assertThat(view.maxTokens()).hasValue(50);
        assertThat(view.endUser()).contains("u-1");
        assertThat(view.serviceTier()).contains("flex");
        assertThat(view.tools()).isEqualTo(2);
        assertThat(view.responseFormat()).contains("json_schema");
        assertThat(view.includeUsage()).contains(false);
        assertThat(view.duplicateKeys()).isEmpty();
    }

    @Test
    void readsARequestOfTheResponsesApi() {
        RequestView view =
                RequestView.of(
                        bytes(
                                """
                                {"model":"gpt-5","input":"hi","max_output_tokens":9,"user":"u",
                                "text":{"verbosity":"low","format":{"type":"json_object"}}}\
                                """),
                        Dialect.RESPONSES);
        assertThat(view.maxTokens()).hasValue(9);
        assertThat(view.responseFormat()).contains("json_object");
        assertThat(view.endUser()).contains("u");
    }

    @Test
    void leavesOutWhatDoesNotChangeAnAnswerWithTheCommaBefore() {
        String plain = "{\"model\":\"m\", \"n\":1}";
        assertThat(thatCounts(plain)).isEqualTo(plain);
        for (String aside :
                List.of(
                        "\"user\":\"a,\\\"b\"",
                        "\"safety_identifier\" : null",
                        "\"metadata\":{\"user\":[1,{}]}",
                        "\"prompt_cache_key\":\"k\"",
                        "\"prompt_cache_retention\":\"24h\"")) {
            assertThat(thatCounts("{\"model\":\"m\" , " + aside + ", \"n\":1}")).isEqualTo(plain);
            assertThat(thatCounts("{\"model\":\"m\", \"n\":1," + aside + "}")).isEqualTo(plain);
            assertThat(thatCounts("{" + aside + ",\"n\":1}")).isEqualTo("{,\"n\":1}");
        }
        String nested = "{\"tools\":[{\"user\":1}]}";
        assertThat(thatCounts(nested)).isEqualTo(nested);
    }

    @Test
    void knowsWhetherARequestStandsAlone() {
        assertThat(chat("{}").standsAlone()).isTrue();
        assertThat(chat("{\"background\":true}").background()).isFalse();
        assertThat(response("{\"background\":true}").background()).isTrue();
        assertThat(response("{\"background\":false}").background()).isFalse();
        assertThat(response("{\"background\":null}").background()).isFalse();
        assertThat(response("{}").background()).isFalse();
        assertThat(chat("{\"store\":false}").standsAlone()).isTrue();
        assertThat(chat("{\"store\":true}").standsAlone()).isFalse();
        assertThat(chat("{\"model\"").standsAlone()).isFalse();
        assertThat(response("{}").standsAlone()).isFalse();
        assertThat(response("{\"store\":null}").standsAlone()).isFalse();
        assertThat(response("{\"store\":false}").standsAlone()).isTrue();
        assertThat(
                        response(
                                        "{\"store\":false,\"conversation\":null,\"background\":false,\"previous_response_id\":null}")
                                .standsAlone())
                .isTrue();
        for (String more :
                List.of(
                        "\"previous_response_id\":\"r\"",
                        "\"conversation\":{\"id\":\"c\"}",
                        "\"background\":true")) {
            assertThat(response("{\"store\":false," + more + "}").standsAlone()).as(more).isFalse();
        }
    }

    private static RequestView response(String json) {
        return RequestView.of(bytes(json), Dialect.RESPONSES);
    }

    @Test
    void thePromptIsToolsThenInstructionsThenWhatIsSaid() {
        assertThat(
                        parts(
                                chat(
                                                """
                                                {"input":["c"], "model":"m", "instructions":"b","tools":[{"a":1}]}\
                                                """)
                                        ::eachPartOfPrompt))
                .isEqualTo("[{\"a\":1}]\"b\"[\"c\"]");
        assertThat(parts(chat("{\"model\":\"m\",\"messages\":[ 1 ]}")::eachPartOfPrompt))
                .isEqualTo("[ 1 ]");
        assertThat(parts(chat("{\"model\":\"m\"}")::eachPartOfPrompt)).isEmpty();
    }

    @Test
    void besidesThePromptIsWhatElseCounts() {
        assertThat(
                        parts(
                                chat(
                                                """
                                                {"input":"c","user":"u","model":"m","tools":[1],"metadata":{"a":"b"},"n":2}\
                                                """)
                                        ::eachPartBesidesPrompt))
                .isEqualTo("{\"input\":,\"model\":\"m\",\"tools\":,\"n\":2}");
        assertThat(parts(chat("{}")::eachPartBesidesPrompt)).isEqualTo("{}");
    }

    private static String thatCounts(String json) {
        return parts(chat(json)::eachPartThatCounts);
    }

    private static String parts(Consumer<RequestView.Part> given) {
        StringBuilder parts = new StringBuilder();
        given.accept((bytes, offset, length) ->
                parts.append(new String(bytes, offset, length, StandardCharsets.UTF_8)));
        return parts.toString();
    }

    @Test
    void whatIsAbsentIsEmpty() {
        RequestView view = chat("{}");
        assertThat(view.malformed()).isEmpty();
        assertThat(view.model()).isEmpty();
        assertThat(view.stream()).isFalse();
        assertThat(view.choices()).isEqualTo(1);
        assertThat(view.maxTokens()).isEqualTo(OptionalLong.empty());
        assertThat(view.endUser()).isEmpty();
        assertThat(view.includeUsage()).isEmpty();
    }

    @Test
    void membersOfAWrongTypeAreAbsent() {
        RequestView view =
                chat(
                        """
                        {"model":["gpt-4o"],"stream":"true","n":"3","max_tokens":-1,"user":{"a":1},
                        "service_tier":null,"tools":"x","response_format":7,"stream_options":5}\
                        """);
        assertThat(view.malformed()).isEmpty();
        assertThat(view.model()).isEmpty();
        assertThat(view.stream()).isFalse();
        assertThat(view.choices()).isEqualTo(1);
        assertThat(view.maxTokens()).isEmpty();
        assertThat(view.tools()).isZero();
        assertThat(view.responseFormat()).isEmpty();
        assertThat(view.includeUsage()).isEmpty();
    }

    @Test
    void theLastOfTwoModelsCountsAndIsReported() {
        RequestView view = chat("{\"model\":\"cheap\",\"n\":1,\"mod\\u0065l\":\"dear\"}");
        assertThat(view.model()).contains("dear");
        assertThat(view.duplicateKeys()).containsExactly("model");
    }

    @Test
    void reportsDuplicatesInsideStreamOptions() {
        RequestView view =
                chat("{\"stream_options\":{\"include_usage\":true,\"include_usage\":false}}");
        assertThat(view.duplicateKeys()).containsExactly("include_usage");
    }

    @Test
    void aNameMayBeUsedAgainInANestedObject() {
        assertThat(chat("{\"model\":\"a\",\"tools\":[{\"model\":1,\"n\":2}]}").duplicateKeys())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "\"model\"",
                "{\"model\":\"a\"}x",
                "{\"model\":\"a\",}",
                "a=b"
            })
    void saysWhatIsMalformed(String body) {
        assertThat(chat(body).malformed()).isPresent();
        assertThat(chat(body).withUsageAsked()).isEqualTo(bytes(body));
        assertThat(chat(body).promptText()).isEqualTo(PromptText.NONE);
    }

    @Test
    void sentencesSayWhere() {
        assertThat(chat("{\"model\":\"a\"").malformed())
                .contains("the body is not valid JSON: it ends too early at byte 12");
        assertThat(chat("[1]").malformed()).contains("the body is JSON, but not an object");
    }

    @Test
    void refusesOtherEncodings() {
        String body = "{\"model\":\"a\"}";
        assertThat(view(body.getBytes(StandardCharsets.UTF_16)).malformed()).isPresent();
        assertThat(view(body.getBytes(StandardCharsets.UTF_16LE)).malformed()).isPresent();
        assertThat(view("{\"model\":\"é\"}".getBytes(StandardCharsets.ISO_8859_1)).malformed())
                .contains("the body is not valid UTF-8");
    }

    @Test
    void tellsWhatItReadBeforeTheFault() {
        assertThat(chat("{\"model\":\"gpt-4o\",\"messages\":[").model())
                .isEqualTo(Optional.of("gpt-4o"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"stream\":true}|{\"stream_options\":{\"include_usage\":true},\"stream\":true}",
                "{ \"é\":\"日本\" , \"stream\": true}|{\"stream_options\":{\"include_usage\":true}, \"é\":\"日本\" , \"stream\": true}",
                "\uFEFF{\"stream\":true}|\uFEFF{\"stream_options\":{\"include_usage\":true},\"stream\":true}",
                "{\"a\":\"🌍\",\"stream_options\": null ,\"stream\":true}|{\"a\":\"🌍\",\"stream_options\": {\"include_usage\":true} ,\"stream\":true}",
                "{\"stream\":true,\"stream_options\":{ }}|{\"stream\":true,\"stream_options\":{\"include_usage\":true }}",
                "{\"stream\":true,\"stream_options\":{\"x\":1}}|{\"stream\":true,\"stream_options\":{\"include_usage\":true,\"x\":1}}",
                "{\"a\":\"é\",\"stream\":true,\"stream_options\":{\"include_usage\" : false }}|{\"a\":\"é\",\"stream\":true,\"stream_options\":{\"include_usage\" : true }}",
                "{\"stream\":true,\"stream_options\":{\"include_usage\":null,\"x\":{}}}|{\"stream\":true,\"stream_options\":{\"include_usage\":true,\"x\":{}}}",
                "{\"stream_options\":{\"include_usage\":true},\"stream\":true,\"stream_options\":null}|{\"stream_options\":{\"include_usage\":true},\"stream\":true,\"stream_options\":{\"include_usage\":true}}"
            })
    void asksForUsage(String body, String asking) {
        assertThat(new String(chat(body).withUsageAsked(), StandardCharsets.UTF_8))
                .isEqualTo(asking);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"stream\":false}",
                "{}",
                "{\"stream\":true,\"stream_options\":{\"include_usage\":true}}",
                "{\"stream\":true,\"stream_options\":[]}",
                "{\"stream\":true,\"stream_options\":{\"include_usage\":\"yes\"}}"
            })
    void leavesAloneWhatNeedNotOrCanNotAsk(String body) {
        byte[] bytes = bytes(body);
        assertThat(view(bytes).withUsageAsked()).isSameAs(bytes);
    }

    @Test
    void asksForUsageInChatAndCompletionsOnly() {
        byte[] body = bytes("{\"stream\":true}");
        assertThat(RequestView.of(body, Dialect.RESPONSES).withUsageAsked()).isSameAs(body);
        assertThat(RequestView.of(body, Dialect.GENERIC).withUsageAsked()).isSameAs(body);
        assertThat(RequestView.of(body, Dialect.COMPLETIONS).withUsageAsked()).isNotSameAs(body);
    }

    @Test
    void anyRequestThatAsksIsTheSameButForThat() {
        List<String> names =
                List.of("stream_options", "include_usage", "model", "n", "a", "messages", "tools");
        RandomJson json = new RandomJson(new Random(3), names);
        for (int i = 0; i < 20_000; i++) {
            String object = json.object(3);
            String body = "{" + json.space() + "\"stream\":true" + tail(object.substring(1));
            checkAsking(bytes(i % 3 == 0 ? "\uFEFF" + body : body));
        }
    }

    @ParameterizedTest
    @MethodSource("recorded")
    void readsRecordedRequests(Recorded recorded) {
        RequestView view = RequestView.of(recorded.request(), recorded.dialect());
        JsonNode tree = treeOrNull(recorded.request());
        if (tree == null || !tree.isObject()) {
            assertThat(view.malformed()).isPresent();
            return;
        }
        assertThat(view.malformed()).isEmpty();
        assertThat(view.duplicateKeys()).isEmpty();
        assertThat(view.model().orElse("")).isEqualTo(tree.path("model").asString(""));
        assertThat(view.stream()).isEqualTo(tree.path("stream").asBoolean(false));
        assertThat(view.choices()).isEqualTo(tree.path("n").asInt(1));
        assertThat(view.tools()).isEqualTo(tree.path("tools").size());
        checkAsking(recorded.request());
    }

    static List<Recorded> recorded() {
        return Recorded.all();
    }

    /** The result is the same tree plus the option, and its bytes differ in one place. */
    static void checkAsking(byte[] body) {
        byte[] asking = view(body).withUsageAsked();
        if (Arrays.equals(asking, body)) {
            return;
        }
        ObjectNode wanted = (ObjectNode) tree(body);
        JsonNode options = wanted.path("stream_options");
        ObjectNode set =
                options.isObject() ? (ObjectNode) options : wanted.putObject("stream_options");
        set.put("include_usage", true);
        assertThat(tree(asking)).isEqualTo(wanted);
        int prefix = Arrays.mismatch(body, asking);
        int suffix = 0;
        while (suffix < body.length - prefix
                && body[body.length - 1 - suffix] == asking[asking.length - 1 - suffix]) {
            suffix++;
        }
        assertThat(body.length - prefix - suffix).as("bytes replaced").isLessThanOrEqualTo(5);
    }

    private static String tail(String behindBrace) {
        return behindBrace.strip().equals("}") ? "}" : "," + behindBrace;
    }

    private static JsonNode tree(byte[] body) {
        return Json.MAPPER.readTree(body);
    }

    private static JsonNode treeOrNull(byte[] body) {
        try {
            return tree(body);
        } catch (JacksonException malformed) {
            return Json.MAPPER.nullNode();
        }
    }

    private static RequestView chat(String body) {
        return view(bytes(body));
    }

    private static RequestView view(byte[] body) {
        return RequestView.of(body, Dialect.CHAT);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
