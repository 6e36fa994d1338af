package io.weir.emulator;

import static io.weir.emulator.Exchange.chat;
import static io.weir.emulator.Exchange.post;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.wire.Json;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ChatTest {
    private static final String STREAM =
            "\"stream\":true,\"stream_options\":{\"include_usage\":true}";
    private static final String WEATHER =
            """
            "tools":[{"type":"function","function":{"name":"get_weather","description":"The weather",
            "parameters":{"type":"object","properties":{"city":{"type":"string"},
            "unit":{"type":"string","enum":["C","F"]}},"required":["city","unit"]}}},
            {"type":"function","function":{"name":"get_tides","description":"The tides",
            "parameters":{"type":"object","properties":{"port":{"type":"string"}},
            "required":["port"]}}}]
            """;
    private final TokenCount count = new JtokkitCount();

    @Test
    void writesExactlyAsManyTokensAsAreAllowed() {
        Random random = new Random(11);
        for (int i = 0; i < 60; i++) {
            int limit = 1 + random.nextInt(i % 2 == 0 ? 60 : 1_100);
            String name = i % 3 == 0 ? "max_completion_tokens" : "max_tokens";
            String more = "\"%s\":%d%s".formatted(name, limit, i % 2 == 0 ? "" : "," + STREAM);
            Exchange exchange = chat(i % 4 == 0 ? "gpt-3.5-turbo" : "gpt-4o-mini", "Go " + i, more);
            assertThat(exchange.usage().path("completion_tokens").asInt()).isEqualTo(limit);
            String model = i % 4 == 0 ? "gpt-3.5-turbo" : "gpt-4o-mini";
            assertThat(count.count(model, exchange.said())).isEqualTo(limit);
            assertThat(exchange.finishReason()).isEqualTo("length");
        }
    }

    @Test
    void endsNaturallyWhenNothingLimitsIt() {
        for (int i = 0; i < 40; i++) {
            Exchange exchange = chat("gpt-4o", "Tell me " + i, i % 2 == 0 ? "" : STREAM);
            int tokens = exchange.usage().path("completion_tokens").asInt();
            assertThat(tokens).isBetween(20, 200);
            assertThat(count.count("gpt-4o", exchange.said())).isEqualTo(tokens);
            assertThat(exchange.said()).endsWith(".");
            assertThat(exchange.finishReason()).isEqualTo("stop");
        }
    }

    @Test
    void takesAHighLimitForAMereBound() {
        Exchange exchange = chat("gpt-4o", "Tell me", "\"max_tokens\":4096");
        assertThat(exchange.usage().path("completion_tokens").asInt()).isLessThanOrEqualTo(200);
        assertThat(exchange.finishReason()).isEqualTo("stop");
    }

    @Test
    void countsThePromptAsTheCookbookDoes() {
        String body =
                """
                {"model":"gpt-4o","messages":[
                 {"role":"system","content":"You are a helpful assistant."},
                 {"role":"user","name":"ada","content":[{"type":"text","text":"Hello world"}]}]}
                """;
        int texts =
                count.count("gpt-4o", "You are a helpful assistant.")
                        + count.count("gpt-4o", "ada")
                        + count.count("gpt-4o", "Hello world");
        int framing = 3 * 2 + 2 + 1 + 3;
        JsonNode usage = post("/v1/chat/completions", body).usage();
        assertThat(usage.path("prompt_tokens").asInt()).isEqualTo(texts + framing);
        assertThat(usage.path("total_tokens").asInt())
                .isEqualTo(
                        usage.path("prompt_tokens").asInt()
                                + usage.path("completion_tokens").asInt());
    }

    @Test
    void saysTheSameToTheSameRequestOnly() {
        String first = chat("gpt-4o", "Tell me a story", "\"seed\":1").said();
        assertThat(chat("gpt-4o", "Tell me a story", "\"seed\":1").said()).isEqualTo(first);
        assertThat(chat("gpt-4o", "Tell me a story", "\"seed\":2").said()).isNotEqualTo(first);
        assertThat(chat("gpt-4o", "Tell me a fable", "\"seed\":1").said()).isNotEqualTo(first);
    }

    @Test
    void differsInIdOnlyWhenAskedTwice() {
        Emulator emulator = Exchange.emulator();
        String body = Exchange.chatBody("gpt-4o", "Again", "");
        Exchange one = Exchange.with(emulator, "POST", "/v1/chat/completions", body);
        Exchange two = Exchange.with(emulator, "POST", "/v1/chat/completions", body);
        assertThat(one.json().path("id")).isNotEqualTo(two.json().path("id"));
        assertThat(one.text().replaceAll("chatcmpl-\\w{29}", "ID"))
                .isEqualTo(two.text().replaceAll("chatcmpl-\\w{29}", "ID"));
    }

    @Test
    void streamsWhatItWouldSayAtOnce() {
        for (String more : List.of("", ",\"n\":3", ",\"max_tokens\":33", ",\"stop\":[\"the\"]")) {
            String rest = "\"seed\":5" + more;
            Exchange whole = chat("gpt-4o", "Tell me", rest);
            Exchange streamed = chat("gpt-4o", "Tell me", rest + "," + STREAM);
            for (int i = 0; i < whole.json().path("choices").size(); i++) {
                assertThat(streamed.said(i)).isEqualTo(whole.said(i));
            }
            assertThat(streamed.usage()).isEqualTo(whole.usage());
            assertThat(streamed.finishReason()).isEqualTo(whole.finishReason());
        }
    }

    @Test
    void saysNothingOfUsageInAStreamUnlessAsked() {
        Exchange plain = chat("gpt-4o", "Tell me", "\"stream\":true");
        assertThat(plain.text()).doesNotContain("usage").endsWith("data: [DONE]\n\n");
        List<JsonNode> events = chat("gpt-4o", "Tell me", STREAM).events();
        List<JsonNode> before = events.subList(0, events.size() - 1);
        assertThat(before).allMatch(event -> event.has("usage") && event.path("usage").isNull());
        assertThat(events.getLast().path("choices").isEmpty()).isTrue();
        assertThat(events.getLast().path("usage").path("total_tokens").asInt()).isPositive();
    }

    @Test
    void givesAsManyDistinctChoicesAsAsked() {
        String question = "What's a good book to read on a rainy day? please just name 2.";
        Exchange exchange = chat("gpt-4o-mini", question, "\"n\":3");
        Set<String> said = new HashSet<>();
        int tokens = 0;
        for (int i = 0; i < 3; i++) {
            said.add(exchange.said(i));
            tokens += count.count("gpt-4o-mini", exchange.said(i));
        }
        assertThat(said).hasSize(3).allMatch(text -> text.contains("emulated"));
        assertThat(exchange.usage().path("completion_tokens").asInt()).isEqualTo(tokens);
    }

    @Test
    void stopsBeforeAStopSequence() {
        Exchange exchange = chat("gpt-4o", "Tell me", "\"stop\":[\"answ\",\"zebra\"]");
        assertThat(exchange.said()).isEqualTo("This is a made up ");
        assertThat(exchange.finishReason()).isEqualTo("stop");
        assertThat(exchange.usage().path("completion_tokens").asInt())
                .isEqualTo(count.count("gpt-4o", "This is a made up "));
    }

    @Test
    void tellsLogProbabilitiesOfEveryToken() {
        String more = "\"logprobs\":true,\"top_logprobs\":3,\"max_tokens\":9";
        JsonNode choice = chat("gpt-4o", "Tell me", more).json().path("choices").path(0);
        JsonNode tokens = choice.path("logprobs").path("content");
        StringBuilder text = new StringBuilder();
        tokens.forEach(token -> text.append(token.path("token").asString()));
        assertThat(tokens).hasSize(9);
        assertThat(text.toString()).isEqualTo(choice.path("message").path("content").asString());
        for (JsonNode token : tokens) {
            assertThat(token.path("logprob").asDouble()).isNegative();
            assertThat(token.path("top_logprobs")).hasSize(3);
            assertThat(token.path("top_logprobs").path(0).path("token"))
                    .isEqualTo(token.path("token"));
        }
        List<JsonNode> events = chat("gpt-4o", "Tell me", more + ",\"stream\":true").events();
        assertThat(events.get(1).path("choices").path(0).path("logprobs").path("content").path(0))
                .isEqualTo(tokens.path(0));
    }

    @Test
    void callsTheFunctionThatFitsTheQuestion() {
        Exchange exchange = chat("gpt-4o", "How is the weather in Paris?", WEATHER);
        JsonNode message = exchange.json().path("choices").path(0).path("message");
        JsonNode function = message.path("tool_calls").path(0).path("function");
        JsonNode arguments = Json.MAPPER.readTree(function.path("arguments").asString());
        assertThat(message.path("content").isNull()).isTrue();
        assertThat(message.path("tool_calls")).hasSize(1);
        assertThat(function.path("name").asString()).isEqualTo("get_weather");
        assertThat(arguments.path("city").asString()).isEqualTo("Paris");
        assertThat(arguments.path("unit").asString()).isIn("C", "F");
        assertThat(exchange.finishReason()).isEqualTo("tool_calls");
    }

    @Test
    void callsFunctionsInParallelUnlessForbidden() {
        String question = "Tell me of weather and tides";
        JsonNode both = chat("gpt-4o", question, WEATHER).json().path("choices").path(0);
        assertThat(both.path("message").path("tool_calls")).hasSize(2);
        String one = WEATHER + ",\"parallel_tool_calls\":false";
        JsonNode single = chat("gpt-4o", question, one).json().path("choices").path(0);
        assertThat(single.path("message").path("tool_calls")).hasSize(1);
    }

    @Test
    void obeysTheToolChoice() {
        String forced =
                ",\"tool_choice\":{\"type\":\"function\",\"function\":{\"name\":\"get_tides\"}}";
        Exchange named = chat("gpt-4o", "Hm.", WEATHER + forced);
        assertThat(named.text()).contains("get_tides").doesNotContain("get_weather");
        assertThat(named.finishReason()).isEqualTo("stop");
        Exchange required = chat("gpt-4o", "Hm.", WEATHER + ",\"tool_choice\":\"required\"");
        assertThat(required.finishReason()).isEqualTo("tool_calls");
        Exchange none = chat("gpt-4o", "The weather?", WEATHER + ",\"tool_choice\":\"none\"");
        assertThat(none.finishReason()).isEqualTo("stop");
        assertThat(none.text()).doesNotContain("tool_calls");
        assertThat(chat("gpt-4o", "Hm.", WEATHER).said()).isNotEmpty();
    }

    @Test
    void answersInTextAfterATool() {
        String body =
                """
                {"model":"gpt-4o","messages":[{"role":"user","content":"The weather in Paris?"},
                {"role":"assistant","content":null,"tool_calls":[{"id":"call_1","type":"function",
                "function":{"name":"get_weather","arguments":"{}"}}]},
                {"role":"tool","tool_call_id":"call_1","content":"mild"}],%s}
                """
                        .formatted(WEATHER);
        Exchange exchange = post("/v1/chat/completions", body);
        assertThat(exchange.finishReason()).isEqualTo("stop");
        assertThat(exchange.said()).isNotEmpty();
    }

    @Test
    void streamsCallsInPieces() {
        Exchange whole = chat("gpt-4o", "Weather and tides", WEATHER);
        Exchange streamed = chat("gpt-4o", "Weather and tides", WEATHER + "," + STREAM);
        StringBuilder[] arguments = {new StringBuilder(), new StringBuilder()};
        for (JsonNode event : streamed.events()) {
            for (JsonNode call : event.path("choices").path(0).path("delta").path("tool_calls")) {
                arguments[call.path("index").asInt()].append(
                        call.path("function").path("arguments").asString(""));
            }
        }
        JsonNode calls = whole.json().path("choices").path(0).path("message").path("tool_calls");
        for (int i = 0; i < 2; i++) {
            assertThat(arguments[i].toString())
                    .isEqualTo(calls.path(i).path("function").path("arguments").asString());
        }
        assertThat(streamed.finishReason()).isEqualTo("tool_calls");
        assertThat(streamed.usage()).isEqualTo(whole.usage());
    }

    @Test
    void answersInJsonWhenAsked() {
        Exchange exchange =
                chat("gpt-4o", "As json", "\"response_format\":{\"type\":\"json_object\"}");
        assertThat(Json.MAPPER.readTree(exchange.said()).isObject()).isTrue();
        assertThat(exchange.usage().path("completion_tokens").asInt())
                .isEqualTo(count.count("gpt-4o", exchange.said()));
    }

    @Test
    void cutsJsonAtTheLimit() {
        String more =
                """
                "max_tokens":3,"response_format":{"type":"json_schema","json_schema":{"name":"x",
                "schema":{"type":"object","properties":{"city":{"type":"string","minLength":40}}}}}
                """;
        Exchange exchange = chat("gpt-4o", "Where?", more);
        assertThat(exchange.finishReason()).isEqualTo("length");
        assertThat(exchange.usage().path("completion_tokens").asInt()).isLessThanOrEqualTo(3);
        assertThat(count.count("gpt-4o", exchange.said()))
                .isEqualTo(exchange.usage().path("completion_tokens").asInt());
    }

    @Test
    void repeatsTierAndMetadata() {
        JsonNode json =
                chat(
                                "gpt-4o",
                                "Hm.",
                                "\"service_tier\":\"flex\",\"metadata\":{\"a\":\"b\"},\"user\":\"u\"")
                        .json();
        assertThat(json.path("service_tier").asString()).isEqualTo("flex");
        assertThat(json.path("metadata").path("a").asString()).isEqualTo("b");
    }
}
