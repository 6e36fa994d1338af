package io.weir.emulator;

import io.weir.wire.ApiError;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * {@code POST /v1/chat/completions}.
 *
 * @see <a href="https://platform.openai.com/docs/api-reference/chat/create">The reference</a>
 */
final class Chat implements Operation {
    private final Press press;

    Chat(Press press) {
        this.press = press;
    }

    @Override
    public Answer answer(Request request) {
        Optional<ApiError> wrong = ChatCheck.wrong(request);
        if (wrong.isPresent()) {
            return new Answer.Refused(wrong.get());
        }
        Ask ask = ChatInput.ask(request, press.tokenCount());
        Composed composed = Composed.of(press.composer(), ask, request.choices());
        Origin origin = press.origin("chatcmpl-", 29);
        if (request.streamed()) {
            return new ChatStream(request, origin, composed, press.ids()).answer();
        }
        byte[] json = new ChatJson(request, origin, composed, press.ids()).bytes();
        return new Answer.Whole(json, composed.usage(), composed.steps());
    }

    /** The tier that serves a request. */
    static String tier(JsonNode body) {
        String wanted = body.path("service_tier").stringValue("auto");
        return wanted.equals("auto") ? "default" : wanted;
    }
}
