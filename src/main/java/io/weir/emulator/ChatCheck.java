package io.weir.emulator;

import io.weir.wire.ApiError;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Says what is wrong with a chat request, as the API does. */
final class ChatCheck {
    private static final Set<String> ROLES =
            Set.of("system", "assistant", "user", "function", "tool", "developer");
    private static final int MOST_STOPS = 4;
    private static final Pattern REASONING_FAMILIES = Pattern.compile("o1|o3|o4|gpt-5");

    private ChatCheck() {}

    /** What is wrong with a request, if anything is. */
    static Optional<ApiError> wrong(Request request) {
        JsonNode body = request.body();
        Check check =
                new Check(body)
                        .required("messages")
                        .filledArray("messages", "an array of objects")
                        .that(
                                !reasons(request.model()) || !body.hasNonNull("max_tokens"),
                                ChatCheck::useMaxCompletionTokens)
                        .integer("max_tokens", 1, Integer.MAX_VALUE)
                        .integer("max_completion_tokens", 1, Integer.MAX_VALUE)
                        .integer("n", 1, 128)
                        .bool("logprobs")
                        .integer("top_logprobs", 0, 20)
                        .that(
                                !body.hasNonNull("top_logprobs")
                                        || body.path("logprobs").booleanValue(false),
                                ChatCheck::logprobsFirst)
                        .string("user")
                        .string("service_tier")
                        .object("metadata")
                        .object("response_format")
                        .array("tools", 128)
                        .bool("parallel_tool_calls");
        generation(check, request);
        ToolInput.check(check, body, "tools[%d].function", tool -> tool.path("function"));
        if (check.error().isEmpty()) {
            messages(check, body.path("messages"));
            JsonNode format = body.path("response_format");
            JsonNode schemaAt = format.path("json_schema");
            FormInput.check(check, format, "response_format", schemaAt, body.path("messages"));
        }
        return check.error();
    }

    /** Checks how an answer is made and sent, which chat and completions say alike. */
    static void generation(Check check, Request request) {
        JsonNode stop = request.body().path("stop");
        boolean plain = stop.isMissingNode() || stop.isNull() || stop.isString() || stop.isArray();
        check.integer("seed", Long.MIN_VALUE, Long.MAX_VALUE)
                .decimal("temperature", 0, 2)
                .decimal("top_p", 0, 1)
                .decimal("presence_penalty", -2, 2)
                .decimal("frequency_penalty", -2, 2)
                .bool("stream")
                .object("stream_options")
                .that(
                        !request.body().hasNonNull("stream_options") || request.streamed(),
                        ChatCheck::streamFirst)
                .that(
                        plain,
                        () -> Refusals.wrongType("stop", "a string or an array", Check.kind(stop)))
                .that(
                        !stop.isArray() || stop.size() <= MOST_STOPS,
                        () -> Refusals.longArray("stop", MOST_STOPS, stop.size()));
    }

    /** Whether a model belongs to the families that know {@code max_completion_tokens} only. */
    private static boolean reasons(String model) {
        return REASONING_FAMILIES.matcher(model).lookingAt();
    }

    private static void messages(Check check, JsonNode messages) {
        boolean called = false;
        for (int i = 0; i < messages.size(); i++) {
            JsonNode message = messages.path(i);
            String at = "messages[" + i + "]";
            check.that(
                    message.isObject(),
                    () -> Refusals.wrongType(at, "an object", Check.kind(message)));
            role(check, message.path("role"), at + ".role");
            content(check, message, at);
            String role = message.path("role").stringValue("");
            boolean pending = called;
            check.that(!role.equals("tool") || pending, () -> orphan(at));
            check.that(
                    !role.equals("tool") || message.path("tool_call_id").isString(),
                    () -> Refusals.missing(at + ".tool_call_id"));
            called = role.equals("tool") ? called : !message.path("tool_calls").isEmpty();
        }
    }

    private static void role(Check check, JsonNode role, String at) {
        check.that(!role.isMissingNode(), () -> Refusals.missing(at));
        check.that(role.isString(), () -> Refusals.wrongType(at, "a string", Check.kind(role)));
        check.that(
                ROLES.contains(role.stringValue("")),
                () ->
                        Refusals.unsupportedValue(
                                at,
                                role.stringValue(""),
                                "'system', 'assistant', 'user', 'function', 'tool', and"
                                        + " 'developer'"));
    }

    private static void content(Check check, JsonNode message, String at) {
        JsonNode content = message.path("content");
        boolean given = content.isString() || content.isArray();
        boolean mayBeAbsent =
                message.path("role").stringValue("").equals("assistant")
                        && (content.isNull() || content.isMissingNode());
        check.that(
                given || mayBeAbsent,
                () ->
                        Refusals.wrongType(
                                at + ".content",
                                "one of a string or array of objects",
                                Check.kind(content)));
    }

    private static ApiError orphan(String at) {
        return Refusals.invalid(
                null,
                at + ".role",
                "Invalid parameter: messages with role 'tool' must be a response to a preceeding"
                        + " message with 'tool_calls'.");
    }

    private static ApiError useMaxCompletionTokens() {
        return Refusals.invalid(
                "unsupported_parameter",
                "max_tokens",
                "Unsupported parameter: 'max_tokens' is not supported with this model. Use"
                        + " 'max_completion_tokens' instead.");
    }

    private static ApiError logprobsFirst() {
        return Refusals.invalid(
                null,
                "top_logprobs",
                "The 'top_logprobs' parameter is only allowed when 'logprobs' is enabled.");
    }

    private static ApiError streamFirst() {
        return Refusals.invalid(
                null,
                "stream_options",
                "The 'stream_options' parameter is only allowed when 'stream' is enabled.");
    }
}
