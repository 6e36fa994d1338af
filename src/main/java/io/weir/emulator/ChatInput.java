package io.weir.emulator;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Reads chat requests. The prompt is counted as OpenAI's cookbook does: 3 tokens a message and 3
 * for the answer's beginning over the texts.
 *
 * @see <a href="https://cookbook.openai.com/examples/how_to_count_tokens_with_tiktoken">How to
 *     count tokens</a>
 */
final class ChatInput {
    private static final int PER_MESSAGE = 3;
    private static final int PER_NAME = 1;
    private static final int PRIMING = 3;

    /** What a low-detail image costs on GPT-4o. */
    static final int PER_IMAGE = 85;

    private ChatInput() {}

    /** What the request asks. */
    static Ask ask(Request request, TokenCount tokenCount) {
        JsonNode body = request.body();
        Prompt prompt = new Prompt(tokenCount, request.model());
        prompt.overhead(PRIMING);
        JsonNode last = body;
        for (JsonNode message : body.path("messages")) {
            read(message, prompt);
            last = message;
        }
        Form form = FormInput.form(body.path("response_format"));
        Tools tools = ToolInput.tools(body, tool -> tool.path("function"));
        ToolInput.count(tools, form, prompt);
        prompt.mark(body.path("seed").longValue(0));
        boolean asked = last.path("role").stringValue("").equals("user");
        return new Ask(
                request.model(),
                request.quirk(),
                prompt.seed(),
                prompt.tokens(),
                asked ? text(last.path("content")) : "",
                request.limit("max_completion_tokens", "max_tokens"),
                stops(body.path("stop")),
                form,
                answersTool(last) ? Tools.NONE : tools);
    }

    /** The stop sequences of a {@code stop} parameter. */
    static List<String> stops(JsonNode stop) {
        List<String> stops = new ArrayList<>();
        stop.stringValueOpt().ifPresent(stops::add);
        for (JsonNode one : stop) {
            one.stringValueOpt().ifPresent(stops::add);
        }
        stops.removeIf(String::isEmpty);
        return stops;
    }

    private static boolean answersTool(JsonNode message) {
        String role = message.path("role").stringValue("");
        return role.equals("tool") || role.equals("function");
    }

    private static void read(JsonNode message, Prompt prompt) {
        prompt.overhead(PER_MESSAGE);
        prompt.text(message.path("role").stringValue(""));
        content(message.path("content"), prompt);
        message.path("name")
                .stringValueOpt()
                .ifPresent(name -> {
                    prompt.overhead(PER_NAME);
                    prompt.text(name);
                });
        for (JsonNode call : message.path("tool_calls")) {
            prompt.text(call.path("function").path("name").stringValue(""));
            prompt.text(call.path("function").path("arguments").stringValue(""));
        }
    }

    /** Reads a message's content: a text, or parts. */
    static void content(JsonNode content, Prompt prompt) {
        content.stringValueOpt().ifPresent(prompt::text);
        for (JsonNode part : content) {
            String type = part.path("type").stringValue("");
            if (type.endsWith("text") || type.equals("refusal")) {
                prompt.text(part.path(type.equals("refusal") ? type : "text").stringValue(""));
            } else if (type.contains("image")) {
                prompt.overhead(PER_IMAGE);
                prompt.mark(part.hashCode());
            } else {
                prompt.mark(part.hashCode());
            }
        }
    }

    /** The text of a message's content. */
    static String text(JsonNode content) {
        StringBuilder text = new StringBuilder(content.stringValue(""));
        for (JsonNode part : content) {
            text.append(part.path("text").stringValue(""));
        }
        return text.toString();
    }
}
