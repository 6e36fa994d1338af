package io.weir.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The text of a request, cut the way its tokens are counted.
 *
 * @param messages each costs its tokens and a few more for its framing; the Responses API's {@code
 *     instructions} are a system message here
 * @param texts what is counted plainly: prompts, embedding inputs, the tools' JSON
 * @param countedTokens tokens that came as numbers already
 * @param images image parts, which text can not be counted for
 */
public record PromptText(
        List<Message> messages, List<String> texts, long countedTokens, int images) {
    /** No text at all. */
    public static final PromptText NONE = new PromptText(List.of(), List.of(), 0, 0);

    public PromptText {
        messages = List.copyOf(messages);
        texts = List.copyOf(texts);
    }

    /**
     * One message.
     *
     * @param text its text parts one after the other, tool calls' names and arguments included
     */
    public record Message(String role, @Nullable String name, String text) {}
}
