package io.weir.emulator;

import io.weir.wire.ApiError;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * {@code POST /v1/responses}. Nothing is stored: {@code previous_response_id} is repeated, not
 * looked up.
 *
 * @see <a href="https://platform.openai.com/docs/api-reference/responses">The reference</a>
 */
final class Responses implements Operation {
    private static final int LEAST_LIMIT = 16;
    private static final int PER_MESSAGE = 4;
    private static final int PRIMING = 3;

    private final Press press;

    Responses(Press press) {
        this.press = press;
    }

    @Override
    public Answer answer(Request request) {
        Optional<ApiError> wrong = wrong(request);
        if (wrong.isPresent()) {
            return new Answer.Refused(wrong.get());
        }
        Composed composed = Composed.of(press.composer(), ask(request), 1);
        Origin origin = press.origin("resp_", 48);
        ResponseJson json = new ResponseJson(request, origin, composed.usage());
        ResponseItems items = ResponseItems.of(request, composed, press.ids());
        if (request.streamed()) {
            return new ResponseStream(json, items, composed).answer();
        }
        byte[] document = json.ended(items).toString().getBytes(StandardCharsets.UTF_8);
        return new Answer.Whole(document, composed.usage(), composed.steps());
    }

    private Ask ask(Request request) {
        JsonNode body = request.body();
        Prompt prompt = new Prompt(press.tokenCount(), request.model());
        prompt.overhead(PRIMING);
        if (body.path("instructions").isString()) {
            message(body.path("instructions"), prompt);
        }
        JsonNode input = body.path("input");
        JsonNode last = input;
        if (input.isString()) {
            message(input, prompt);
        }
        for (JsonNode item : input) {
            item(item, prompt);
            last = item;
        }
        Form form = FormInput.form(body.path("text").path("format"));
        Tools tools = ToolInput.tools(body, tool -> tool);
        ToolInput.count(tools, form, prompt);
        prompt.mark(body.path("seed").longValue(0));
        boolean answersTool = last.path("type").stringValue("").equals("function_call_output");
        return new Ask(
                request.model(),
                request.quirk(),
                prompt.seed(),
                prompt.tokens(),
                question(last),
                request.limit("max_output_tokens"),
                List.of(),
                form,
                answersTool ? Tools.NONE : tools);
    }

    private static String question(JsonNode last) {
        if (last.isString()) {
            return last.stringValue();
        }
        boolean asked = last.path("role").stringValue("").equals("user");
        return asked ? ChatInput.text(last.path("content")) : "";
    }

    private static void message(JsonNode content, Prompt prompt) {
        prompt.overhead(PER_MESSAGE);
        ChatInput.content(content, prompt);
    }

    private static void item(JsonNode item, Prompt prompt) {
        message(item.path("content"), prompt);
        prompt.mark(item.path("role").stringValue("").hashCode());
        for (String field : new String[] {"name", "arguments", "output"}) {
            item.path(field).stringValueOpt().ifPresent(prompt::text);
        }
    }

    private static Optional<ApiError> wrong(Request request) {
        JsonNode body = request.body();
        JsonNode input = body.path("input");
        Check check =
                new Check(body)
                        .integer("max_output_tokens", LEAST_LIMIT, Integer.MAX_VALUE)
                        .decimal("temperature", 0, 2)
                        .decimal("top_p", 0, 1)
                        .integer("top_logprobs", 0, 20)
                        .bool("stream")
                        .bool("store")
                        .bool("parallel_tool_calls")
                        .string("instructions")
                        .string("previous_response_id")
                        .string("user")
                        .string("service_tier")
                        .string("truncation")
                        .object("metadata")
                        .object("reasoning")
                        .object("text")
                        .array("include", 20)
                        .array("tools", 128)
                        .required("input")
                        .that(
                                input.isString() || input.isArray(),
                                () ->
                                        Refusals.wrongType(
                                                "input",
                                                "one of a string or array of input items",
                                                Check.kind(input)));
        ToolInput.check(check, body, "tools[%d]", tool -> tool);
        JsonNode format = body.path("text").path("format");
        FormInput.check(check, format, "text.format", format, input);
        items(check, input);
        return check.error();
    }

    private static void items(Check check, JsonNode input) {
        for (int i = 0; i < input.size(); i++) {
            JsonNode item = input.path(i);
            String at = "input[" + i + "]";
            check.that(
                    item.isObject(), () -> Refusals.wrongType(at, "an object", Check.kind(item)));
            JsonNode role = item.path("role");
            check.that(
                    role.isMissingNode()
                            || role.stringValue("").matches("user|assistant|system|developer"),
                    () ->
                            Refusals.unsupportedValue(
                                    at + ".role",
                                    role.asString(""),
                                    "'assistant', 'system', 'developer', and 'user'"));
            check.that(
                    role.isString() || item.path("type").isString(),
                    () -> Refusals.missing(at + ".type"));
        }
    }
}
