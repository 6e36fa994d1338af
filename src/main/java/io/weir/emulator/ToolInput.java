package io.weir.emulator;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads the tools of a request. Chat nests a function's facts in {@code function}, the Responses
 * API does not: {@code within} finds them in either.
 */
final class ToolInput {
    private ToolInput() {}

    /** The functions offered, and the choice among them. */
    static Tools tools(JsonNode body, UnaryOperator<JsonNode> within) {
        List<Tools.Function> functions = new ArrayList<>();
        for (JsonNode tool : body.path("tools")) {
            JsonNode function = within.apply(tool);
            if (tool.path("type").stringValue("").equals("function")) {
                functions.add(
                        new Tools.Function(
                                function.path("name").stringValue(""),
                                function.path("description").stringValue(""),
                                function.path("parameters")));
            }
        }
        if (functions.isEmpty()) {
            return Tools.NONE;
        }
        JsonNode choice = body.path("tool_choice");
        boolean parallel = body.path("parallel_tool_calls").booleanValue(true);
        return new Tools(functions, mode(choice), named(choice, within), parallel);
    }

    /** Adds what the tools and the form's schema cost to the prompt. */
    static void count(Tools tools, Form form, Prompt prompt) {
        for (Tools.Function function : tools.offered()) {
            prompt.text(function.name() + function.description() + function.parameters());
        }
        if (form instanceof Form.Shaped shaped) {
            prompt.text(shaped.schema().toString());
        }
    }

    /**
     * Checks tools and choice.
     *
     * @param at a function's place, {@code tools[%d].function} for instance
     */
    static void check(Check check, JsonNode body, String at, UnaryOperator<JsonNode> within) {
        JsonNode tools = body.path("tools");
        for (int i = 0; i < tools.size(); i++) {
            JsonNode tool = tools.path(i);
            String place = at.formatted(i);
            check.that(tool.path("type").isString(), () -> Refusals.missing(place + ".type"));
            check.that(
                    !tool.path("type").stringValue("").equals("function")
                            || within.apply(tool).path("name").isString(),
                    () -> Refusals.missing(place + ".name"));
        }
        JsonNode choice = body.path("tool_choice");
        check.that(
                choice.isMissingNode() || choice.isNull() || !tools.isEmpty(),
                () ->
                        Refusals.invalid(
                                null,
                                "tool_choice",
                                "Invalid value for 'tool_choice': 'tool_choice' is only allowed when"
                                        + " 'tools' are specified."));
        String named = named(choice, within);
        check.that(
                named == null || offers(tools, named, within),
                () ->
                        Refusals.invalid(
                                null,
                                "tool_choice",
                                "Tool choice '%s' not found in 'tools' parameter."
                                        .formatted(named)));
    }

    private static boolean offers(JsonNode tools, String name, UnaryOperator<JsonNode> within) {
        return tools.valueStream()
                .anyMatch(tool -> within.apply(tool).path("name").stringValue("").equals(name));
    }

    private static Tools.Mode mode(JsonNode choice) {
        return switch (choice.stringValue("auto")) {
            case "none" -> Tools.Mode.NEVER;
            case "required" -> Tools.Mode.REQUIRED;
            default -> Tools.Mode.AUTO;
        };
    }

    private static @Nullable String named(JsonNode choice, UnaryOperator<JsonNode> within) {
        return within.apply(choice).path("name").stringValue(null);
    }
}
