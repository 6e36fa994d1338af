package io.weir.emulator;

import io.weir.wire.Json;
import io.weir.wire.Usage;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Makes the {@code response} object, as it begins and as it ends. */
record ResponseJson(Request request, Origin origin, Usage usage) {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** The response before anything is written. */
    ObjectNode begun() {
        return response("in_progress", null, NODES.arrayNode(), NODES.nullNode());
    }

    /** The response when all is written: completed, or incomplete and why. */
    ObjectNode ended(ResponseItems items) {
        ArrayNode output = NODES.arrayNode();
        items.items().forEach(item -> output.add(item.ended()));
        Optional<String> cut = whyIncomplete(items.finishReason());
        JsonNode spent =
                request.quirk() == Quirk.NO_USAGE
                        ? NODES.nullNode()
                        : Json.MAPPER.readTree(
                                JsonText.bytes(out -> UsageJson.responses(out, usage)));
        String status = cut.isPresent() ? "incomplete" : "completed";
        return response(status, cut.orElse(null), output, spent);
    }

    /** The Responses API's word for what chat calls the finish reason, unless it is a good one. */
    static Optional<String> whyIncomplete(String finishReason) {
        return switch (finishReason) {
            case Speech.LENGTH -> Optional.of("max_output_tokens");
            case Speech.CONTENT_FILTER -> Optional.of("content_filter");
            default -> Optional.empty();
        };
    }

    private ObjectNode response(
            String status, @Nullable String cut, ArrayNode output, JsonNode spent) {
        JsonNode body = request.body();
        ObjectNode response = NODES.objectNode();
        response.put("id", origin.id()).put("object", "response");
        response.put("created_at", origin.created()).put("status", status);
        response.put("background", false).putNull("error");
        if (cut == null) {
            response.putNull("incomplete_details");
        } else {
            response.putObject("incomplete_details").put("reason", cut);
        }
        echo(response, "instructions", NODES.nullNode());
        echo(response, "max_output_tokens", NODES.nullNode());
        response.put("model", request.model()).set("output", output);
        echo(response, "parallel_tool_calls", NODES.booleanNode(true));
        echo(response, "previous_response_id", NODES.nullNode());
        echo(response, "reasoning", NODES.objectNode().putNull("effort").putNull("summary"));
        response.put("service_tier", Chat.tier(body));
        echo(response, "store", NODES.booleanNode(true));
        echo(response, "temperature", NODES.numberNode(1.0));
        response.set("text", text(body.path("text")));
        echo(response, "tool_choice", NODES.stringNode("auto"));
        response.set("tools", tools(body.path("tools")));
        echo(response, "top_logprobs", NODES.numberNode(0));
        echo(response, "top_p", NODES.numberNode(1.0));
        echo(response, "truncation", NODES.stringNode("disabled"));
        response.set("usage", spent);
        echo(response, "user", NODES.nullNode());
        echo(response, "metadata", NODES.objectNode());
        return response;
    }

    private void echo(ObjectNode response, String name, JsonNode otherwise) {
        JsonNode given = request.body().path(name);
        response.set(name, given.isMissingNode() || given.isNull() ? otherwise : given);
    }

    private static ObjectNode text(JsonNode given) {
        ObjectNode text = NODES.objectNode();
        given.forEachEntry(text::set);
        if (!text.path("format").isObject()) {
            text.putObject("format").put("type", "text");
        }
        return text;
    }

    /** The tools with the fields that the API adds where they are not given. */
    private static ArrayNode tools(JsonNode given) {
        ArrayNode tools = NODES.arrayNode();
        for (JsonNode tool : given) {
            ObjectNode whole = NODES.objectNode();
            tool.forEachEntry(whole::set);
            if (tool.path("type").stringValue("").equals("function")) {
                whole.putIfAbsent("description", NODES.nullNode());
                whole.putIfAbsent("parameters", NODES.nullNode());
                whole.putIfAbsent("strict", NODES.booleanNode(true));
            }
            tools.add(whole);
        }
        return tools;
    }
}
