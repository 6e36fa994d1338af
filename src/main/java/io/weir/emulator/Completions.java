package io.weir.emulator;

import io.weir.wire.ApiError;
import io.weir.wire.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * {@code POST /v1/completions}, the API from before chat: one or more prompts, as text or as
 * tokens.
 *
 * @see <a href="https://platform.openai.com/docs/api-reference/completions">The reference</a>
 */
final class Completions implements Operation {
    private static final int USUAL_LIMIT = 16;
    private static final int MOST_CHOICES = 2_048;

    private final Press press;

    Completions(Press press) {
        this.press = press;
    }

    @Override
    public Answer answer(Request request) {
        List<JsonNode> prompts = prompts(request.body().path("prompt"));
        Optional<ApiError> wrong = wrong(request, prompts.size());
        if (wrong.isPresent()) {
            return new Answer.Refused(wrong.get());
        }
        Composed composed = new Composed(List.of(), Usage.NONE);
        List<String> echoes = new ArrayList<>();
        for (JsonNode prompt : prompts) {
            Ask ask = ask(request, prompt);
            composed = composed.and(Composed.of(press.composer(), ask, request.choices()));
            boolean echoed = request.body().path("echo").booleanValue(false);
            String echo = echoed ? prompt.stringValue("") : "";
            for (int i = 0; i < request.choices(); i++) {
                echoes.add(echo);
            }
        }
        Origin origin = press.origin("cmpl-", 29);
        CompletionJson json = new CompletionJson(request, origin, composed, echoes);
        return request.streamed() ? json.stream() : json.whole();
    }

    private Ask ask(Request request, JsonNode given) {
        Prompt prompt = new Prompt(press.tokenCount(), request.model());
        if (given.isString()) {
            prompt.text(given.stringValue());
        } else {
            prompt.overhead(given.size());
            prompt.mark(given.hashCode());
        }
        prompt.mark(request.body().path("seed").longValue(0));
        int limit = request.limit("max_tokens");
        return new Ask(
                request.model(),
                request.quirk(),
                prompt.seed(),
                prompt.tokens(),
                given.stringValue(""),
                limit == Ask.UNLIMITED ? USUAL_LIMIT : limit,
                ChatInput.stops(request.body().path("stop")),
                new Form.Free(),
                Tools.NONE);
    }

    /** One node for each prompt: a text, or an array of token numbers. */
    private static List<JsonNode> prompts(JsonNode prompt) {
        boolean several = prompt.isArray() && !prompt.path(0).isNumber();
        return several ? prompt.valueStream().toList() : List.of(prompt);
    }

    private static Optional<ApiError> wrong(Request request, int prompts) {
        JsonNode body = request.body();
        JsonNode prompt = body.path("prompt");
        Check check =
                new Check(body)
                        .integer("max_tokens", 0, Integer.MAX_VALUE)
                        .integer("n", 1, 128)
                        .integer("best_of", 1, 20)
                        .integer("logprobs", 0, 5)
                        .bool("echo")
                        .string("user")
                        .string("suffix")
                        .required("prompt")
                        .that(
                                prompt.isString() || prompt.isArray(),
                                () ->
                                        Refusals.wrongType(
                                                "prompt",
                                                "a string or an array",
                                                Check.kind(prompt)))
                        .that(
                                prompt.isString() || !prompt.isEmpty(),
                                () -> Refusals.emptyArray("prompt"));
        ChatCheck.generation(check, request);
        if (check.error().isPresent()) {
            return check.error();
        }
        int choices = prompts * request.choices();
        return check.that(
                        choices <= MOST_CHOICES,
                        () -> Refusals.longArray("prompt", MOST_CHOICES, choices))
                .error();
    }
}
