package io.weir.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.weir.wire.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Whatever is sent, there is an answer. */
class EmulatorFuzzTest {
    private static final List<String> PATHS =
            List.of(
                    "/v1/chat/completions",
                    "/v1/completions",
                    "/v1/responses",
                    "/v1/embeddings",
                    "/v1/moderations",
                    "/v1/models/x",
                    "/v1/else");
    private static final List<String> SEEDS =
            List.of(
                    """
                    {"model":"gpt-4o","n":2,"seed":3,"stop":["a"],"temperature":1,"max_tokens":20,
                     "logprobs":true,"top_logprobs":2,"stream":true,
                     "stream_options":{"include_usage":true},"metadata":{"a":"b"},
                     "messages":[{"role":"system","content":"Answer in json"},
                      {"role":"user","name":"x","content":[{"type":"text","text":"The weather in Rome?"},
                      {"type":"image_url","image_url":{"url":"u"}}]}],
                     "response_format":{"type":"json_schema","json_schema":{"name":"s","schema":
                      {"type":"object","properties":{"a":{"type":"string","pattern":"^a+$"},
                       "b":{"type":"array","items":{"$ref":"#"},"maxItems":2}},"required":["a","b"]}}}}
                    """,
                    """
                    {"model":"gpt-4o","messages":[{"role":"user","content":"The weather in Rome?"},
                     {"role":"assistant","content":null,"tool_calls":[{"id":"c","type":"function",
                      "function":{"name":"get_weather","arguments":"{}"}}]},
                     {"role":"tool","tool_call_id":"c","content":"mild"},
                     {"role":"user","content":"And the weather in Oslo?"}],
                     "tools":[{"type":"function","function":{"name":"get_weather","description":"d",
                      "parameters":{"type":"object","properties":{"n":{"type":"integer","minimum":1,
                      "maximum":3},"x":{"anyOf":[{"type":"null"},{"enum":["q"]}]}}}}}],
                     "tool_choice":"auto","parallel_tool_calls":true}
                    """,
                    """
                    {"model":"crlf-stream","prompt":["a",[1,2]],"n":2,"max_tokens":9,"logprobs":2,
                     "echo":true,"stop":"e","stream":true,"stream_options":{"include_usage":true}}
                    """,
                    """
                    {"model":"reasoning","instructions":"i","max_output_tokens":30,"stream":true,
                     "input":[{"role":"user","content":[{"type":"input_text","text":"weather"}]},
                      {"type":"function_call_output","call_id":"c","output":"o"}],
                     "text":{"format":{"type":"json_object"}},"include":["message.output_text.logprobs"],
                     "tools":[{"type":"function","name":"get_weather","parameters":{}}],
                     "reasoning":{"effort":"low"},"top_logprobs":1,"metadata":{}}
                    """,
                    """
                    {"model":"text-embedding-3-small","input":["a","b"],"dimensions":5,
                     "encoding_format":"base64"}
                    """,
                    "{\"input\":[{\"type\":\"text\",\"text\":\"kill\"},{\"type\":\"image_url\"}]}");
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    @FuzzTest(maxDuration = "60s")
    void answersAnyBytes(byte[] body) {
        Emulator emulator = Exchange.emulator();
        for (String path : PATHS) {
            check(Exchange.of(emulator.answer("POST", path, null, Exchange.KEY, body)));
        }
    }

    @Test
    void answersDistortedRequests() {
        Random random = new Random(20_261_122);
        Emulator emulator = Exchange.emulator();
        for (int i = 0; i < 3_000; i++) {
            JsonNode body = Json.MAPPER.readTree(SEEDS.get(i % SEEDS.size()));
            int changes = 1 + random.nextInt(3);
            for (int j = 0; j < changes; j++) {
                distort(body, random);
            }
            String path = PATHS.get(random.nextInt(PATHS.size()));
            check(Exchange.with(emulator, "POST", path, body.toString()));
        }
    }

    @Test
    void answersTornRequests() {
        Emulator emulator = Exchange.emulator();
        for (String seed : SEEDS) {
            byte[] bytes = seed.getBytes(StandardCharsets.UTF_8);
            for (int length = 0; length < bytes.length; length += 3) {
                byte[] torn = Arrays.copyOf(bytes, length);
                for (String path : PATHS) {
                    check(Exchange.of(emulator.answer("POST", path, "a=b", Exchange.KEY, torn)));
                }
            }
        }
    }

    private static void check(Exchange exchange) {
        assertThat(exchange.status()).isIn(200, 400, 404, 405, 500);
        if (exchange.status() != 200) {
            assertThat(exchange.error().path("message").asString()).isNotBlank();
        }
    }

    /** Puts a wrong value somewhere, or takes one away. */
    private static void distort(JsonNode body, Random random) {
        List<JsonNode> containers = new ArrayList<>();
        collect(body, containers);
        switch (containers.get(random.nextInt(containers.size()))) {
            case ObjectNode object when !object.isEmpty() -> {
                List<String> names = List.copyOf(object.propertyNames());
                String name = names.get(random.nextInt(names.size()));
                if (random.nextInt(4) == 0) {
                    object.remove(name);
                } else {
                    object.set(name, strange(random));
                }
            }
            case ArrayNode array when !array.isEmpty() ->
                    array.set(random.nextInt(array.size()), strange(random));
            default -> {}
        }
    }

    private static void collect(JsonNode node, List<JsonNode> containers) {
        if (node.isContainer()) {
            containers.add(node);
            node.forEach(child -> collect(child, containers));
        }
    }

    private static JsonNode strange(Random random) {
        return switch (random.nextInt(12)) {
            case 0 -> NODES.nullNode();
            case 1 -> NODES.booleanNode(random.nextBoolean());
            case 2 -> NODES.numberNode(-1);
            case 3 -> NODES.numberNode(Long.MAX_VALUE);
            case 4 -> NODES.numberNode(1e300);
            case 5 -> NODES.numberNode(0.5);
            case 6 -> NODES.stringNode("");
            case 7 -> NODES.stringNode("\ud800 \u0000 \"{}% 日本");
            case 8 -> NODES.arrayNode();
            case 9 -> NODES.arrayNode().add(1).addNull().add("a");
            case 10 -> NODES.objectNode();
            default -> NODES.objectNode().put("type", "object").put("$ref", "#");
        };
    }
}
