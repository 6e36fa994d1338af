package io.weir.wire;

/**
 * The text in the Responses API's {@code output}: that of messages, refusals, reasoning summaries,
 * and tool calls' names and arguments.
 */
final class OutputReader {
    private OutputReader() {}

    /** Reads the list of items the cursor stands at. */
    static void read(JsonCursor in, OutputText text) {
        if (!in.enterArray()) {
            return;
        }
        while (in.nextElement()) {
            if (!in.enterObject()) {
                continue;
            }
            for (String name = in.nextName(); name != null; name = in.nextName()) {
                switch (name) {
                    case "content", "summary" -> read(in, text);
                    case "text", "refusal", "name", "arguments", "input" -> append(in, text);
                    default -> in.skip();
                }
            }
        }
    }

    private static void append(JsonCursor in, OutputText text) {
        String piece = in.string();
        if (piece != null) {
            text.append(0, piece);
        }
    }
}
