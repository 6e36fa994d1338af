package io.weir.wire;

import io.weir.wire.Endpoint.Dialect;
import java.util.List;

/** Reads whole answers. Bytes that are no answer give no facts, never an exception. */
public final class AnswerReader {
    private AnswerReader() {}

    /** What the answer in these bytes says of itself. */
    public static AnswerFacts read(Dialect dialect, byte[] bytes, int start, int end) {
        if (dialect == Dialect.OPAQUE) {
            return AnswerFacts.NONE;
        }
        AnswerScan scan = new AnswerScan(dialect, false, null);
        scan.read(bytes, start, end);
        return scan.facts();
    }

    /** What the answer says of itself. */
    public static AnswerFacts read(Dialect dialect, byte[] bytes) {
        return read(dialect, bytes, 0, bytes.length);
    }

    /**
     * The answer's output text, one string a choice, tool calls' names and arguments included: for
     * counting tokens where it has no usage.
     *
     * @param maxChars the bound on all of it together
     */
    public static List<String> texts(Dialect dialect, byte[] bytes, int maxChars) {
        OutputText text = new OutputText(maxChars);
        if (dialect != Dialect.OPAQUE) {
            new AnswerScan(dialect, false, text).read(bytes, 0, bytes.length);
        }
        return text.texts();
    }
}
