package io.weir.wire;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The {@code choices} of chat completions and completions, whole ({@code message}) or streamed
 * ({@code delta}). Mutable; belongs to its {@link AnswerScan}.
 */
final class ChoiceReader {
    private static final int MAX_CHOICES = 128;

    private static final String[] MEMBERS = {
        "index",
        "finish_reason",
        "delta",
        "message",
        "text",
        "content",
        "reasoning_content",
        "reasoning",
        "refusal",
        "tool_calls",
        "function_call",
        "function",
        "custom",
        "name",
        "arguments",
        "input",
        "audio",
        "data",
        "transcript"
    };

    private final @Nullable OutputText text;
    private @Nullable String[] reasons = new @Nullable String[1];
    private boolean empty;
    private boolean content;
    private int choice;

    /** Reads the text too where there is something to keep it in. */
    ChoiceReader(@Nullable OutputText text) {
        this.text = text;
    }

    /** The names that a cursor must know for this reader. */
    static String[] members() {
        return MEMBERS.clone();
    }

    /** Whether the list that was read last had no choice in it. */
    boolean empty() {
        return empty;
    }

    /** Whether the list that was read last brought output. */
    boolean content() {
        return content;
    }

    /** Forgets the list that was read last, not the finish reasons. */
    void forget() {
        empty = false;
        content = false;
    }

    /** Every finish reason so far, in the choices' order. */
    List<String> finishReasons() {
        List<String> given = new ArrayList<>(reasons.length);
        for (String reason : reasons) {
            if (reason != null) {
                given.add(reason);
            }
        }
        return given;
    }

    /** Reads the list the cursor stands at. */
    void read(JsonCursor in) {
        if (!in.enterArray()) {
            return;
        }
        int position = 0;
        while (in.nextElement()) {
            choice = position++;
            if (in.enterObject()) {
                readChoice(in);
            }
        }
        empty = position == 0;
    }

    private void readChoice(JsonCursor in) {
        String reason = null;
        for (String name = in.nextName(); name != null; name = in.nextName()) {
            switch (name) {
                case "index" -> choice = Math.clamp(in.count(), 0, MAX_CHOICES - 1);
                case "finish_reason" -> reason = in.string();
                case "delta", "message" -> readMessage(in);
                case "text" -> readText(in);
                default -> in.skip();
            }
        }
        if (reason != null) {
            int index = Math.min(choice, MAX_CHOICES - 1);
            if (index >= reasons.length) {
                reasons = Arrays.copyOf(reasons, index + 1);
            }
            reasons[index] = reason;
        }
    }

    private void readMessage(JsonCursor in) {
        if (text == null) {
            in.skip();
            return;
        }
        if (!in.enterObject()) {
            return;
        }
        boolean reasoned = false;
        for (String name = in.nextName(); name != null; name = in.nextName()) {
            switch (name) {
                case "content" -> readContent(in);
                case "refusal" -> readText(in);
                case "reasoning_content", "reasoning" -> {
                    // Some servers send the same thought under both names.
                    if (reasoned) {
                        in.skip();
                    } else {
                        reasoned = in.peek() == '"';
                        readText(in);
                    }
                }
                case "tool_calls" -> readToolCalls(in);
                case "function_call" -> readCall(in);
                case "audio" -> readAudio(in);
                default -> in.skip();
            }
        }
    }

    /** A string, or with some servers a list of parts. */
    private void readContent(JsonCursor in) {
        if (in.peek() != '[') {
            readText(in);
            return;
        }
        in.enterArray();
        while (in.nextElement()) {
            if (!in.enterObject()) {
                continue;
            }
            for (String name = in.nextName(); name != null; name = in.nextName()) {
                if (name.equals("text")) {
                    readText(in);
                } else {
                    in.skip();
                }
            }
        }
    }

    private void readToolCalls(JsonCursor in) {
        if (!in.enterArray()) {
            return;
        }
        while (in.nextElement()) {
            if (!in.enterObject()) {
                continue;
            }
            for (String name = in.nextName(); name != null; name = in.nextName()) {
                switch (name) {
                    case "function", "custom" -> readCall(in);
                    default -> in.skip();
                }
            }
        }
    }

    /** The name counts as output: the model has written it. */
    private void readCall(JsonCursor in) {
        if (!in.enterObject()) {
            return;
        }
        for (String name = in.nextName(); name != null; name = in.nextName()) {
            switch (name) {
                case "name", "arguments", "input" -> readText(in);
                default -> in.skip();
            }
        }
    }

    private void readAudio(JsonCursor in) {
        if (!in.enterObject()) {
            return;
        }
        for (String name = in.nextName(); name != null; name = in.nextName()) {
            switch (name) {
                case "transcript" -> readText(in);
                case "data" -> {
                    int start = in.offset();
                    in.skip();
                    content |= in.offset() - start > "\"\"".length();
                }
                default -> in.skip();
            }
        }
    }

    private void readText(JsonCursor in) {
        if (text == null) {
            in.skip();
            return;
        }
        String piece = in.string();
        if (piece != null && !piece.isEmpty()) {
            content = true;
            text.append(choice, piece);
        }
    }
}
